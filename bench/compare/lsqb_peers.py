#!/usr/bin/env python3
"""Loads an LSQB data set into a peer and times the nine queries; prints a JSON object {query: microseconds}.

  lsqb_peers.py ladybug|kuzu|duckdb FOLDER WORKLOAD.json SCRATCH [--threads N] [--runs N]

FOLDER has LSQB's files with Neo4j-admin headers and `|`. The peers are PyPI packages of the same names. Answers are
checked against WORKLOAD's counts when FOLDER's name is among its data sets.
"""
import argparse
import importlib
import json
import pathlib
import shutil
import statistics
import sys
import time

UNDIRECTED = "Person_knows_Person"  # stored once a pair

# Cypher's patterns as joins: nodes of LSQB are reached by foreign keys, so label checks are joins only where they filter.
SQL = {
    "q1": """SELECT count(*) FROM City_isPartOf_Country cc JOIN Person_isLocatedIn_City pc ON pc.b = cc.a
        JOIN Forum_hasMember_Person fm ON fm.b = pc.a JOIN Forum_containerOf_Post fp ON fp.a = fm.a
        JOIN Comment_replyOf_Post r ON r.b = fp.b JOIN Comment_hasTag_Tag t ON t.a = r.a
        JOIN Tag_hasType_TagClass tt ON tt.a = t.b""",
    "q2": """SELECT count(*) FROM knows k JOIN Comment_hasCreator_Person cc ON cc.b = k.a
        JOIN Comment_replyOf_Post r ON r.a = cc.a JOIN Post_hasCreator_Person pc ON pc.a = r.b AND pc.b = k.b""",
    "q3": """WITH home AS (SELECT p.a AS person, c.b AS country FROM Person_isLocatedIn_City p
          JOIN City_isPartOf_Country c ON c.a = p.b)
        SELECT count(*) FROM knows ab JOIN knows bc ON bc.a = ab.b JOIN knows ca ON ca.a = bc.b AND ca.b = ab.a
        JOIN home ha ON ha.person = ab.a JOIN home hb ON hb.person = bc.a AND hb.country = ha.country
        JOIN home hc ON hc.person = ca.a AND hc.country = ha.country""",
    "q4": """SELECT count(*) FROM hasTag t JOIN hasCreator c ON c.a = t.a JOIN likes l ON l.b = t.a
        JOIN replyOf r ON r.b = t.a""",
    "q5": """SELECT count(*) FROM hasTag t JOIN replyOf r ON r.b = t.a JOIN Comment_hasTag_Tag u ON u.a = r.a
        WHERE t.b <> u.b""",
    "q6": """SELECT count(*) FROM knows k JOIN knows l ON l.a = k.b JOIN Person_hasInterest_Tag i ON i.a = l.b
        WHERE k.a <> l.b""",
    "q7": """SELECT count(*) FROM hasTag t JOIN hasCreator c ON c.a = t.a LEFT JOIN likes l ON l.b = t.a
        LEFT JOIN replyOf r ON r.b = t.a""",
    "q8": """SELECT count(*) FROM hasTag t JOIN replyOf r ON r.b = t.a JOIN Comment_hasTag_Tag u ON u.a = r.a
        WHERE t.b <> u.b AND NOT EXISTS (SELECT 1 FROM Comment_hasTag_Tag x WHERE x.a = r.a AND x.b = t.b)""",
    "q9": """SELECT count(*) FROM knows k JOIN knows l ON l.a = k.b JOIN Person_hasInterest_Tag i ON i.a = l.b
        WHERE k.a <> l.b AND NOT EXISTS (SELECT 1 FROM knows x WHERE x.a = k.a AND x.b = l.b)""",
}
# The same relation from comments and posts, as Cypher's Message sees it. Ids of the two do not overlap only by kind: posts
# are kept apart by their sign.
UNIONS = {
    "hasTag": ("SELECT a, b FROM Comment_hasTag_Tag", "SELECT -a - 1, b FROM Post_hasTag_Tag"),
    "hasCreator": ("SELECT a, b FROM Comment_hasCreator_Person", "SELECT -a - 1, b FROM Post_hasCreator_Person"),
    "likes": ("SELECT a, b FROM Person_likes_Comment", "SELECT a, -b - 1 FROM Person_likes_Post"),
    "replyOf": ("SELECT a, b FROM Comment_replyOf_Comment", "SELECT a, -b - 1 FROM Comment_replyOf_Post"),
    "knows": (f"SELECT a, b FROM {UNDIRECTED}", f"SELECT b, a FROM {UNDIRECTED}"),
}


def fresh(path):
    """`path`, with what an earlier run left there removed."""
    for old in path.parent.glob(path.name + "*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    return str(path)


class DuckDb:
    def __init__(self, folder, workload, scratch, threads):
        self.connection = importlib.import_module("duckdb").connect(fresh(scratch / "lsqb.duckdb"))
        self.connection.execute(f"SET threads = {threads}")
        for name in workload["relations"]:
            self.connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv('{folder / (name + '.csv')}', delim='|', header=false, "
                "skip=1, columns={'a': 'BIGINT', 'b': 'BIGINT'})")
        for name, parts in UNIONS.items():
            self.connection.execute(f"CREATE TABLE {name} AS " + " UNION ALL ".join(parts))

    def run(self, query):
        return self.connection.execute(SQL[query["id"]]).fetchall()[0][0]


class Kuzu:
    def __init__(self, module, folder, workload, scratch, threads):
        engine = importlib.import_module(module)
        self.connection = engine.Connection(engine.Database(fresh(scratch / f"lsqb.{module}"), max_num_threads=threads))
        relations = workload["relations"]
        for node in sorted({part for name in relations for part in (name.split("_")[0], name.split("_")[2])}):
            self.connection.execute(f"CREATE NODE TABLE {node}(id INT64, PRIMARY KEY(id))")
            self.connection.execute(f"COPY {node} FROM '{folder / (node + '.csv')}' (HEADER=true, DELIM='|')")
        for kind in sorted(set(relations.values())):
            files = [name for name, k in relations.items() if k == kind]
            pairs = ", ".join(f"FROM {f.split('_')[0]} TO {f.split('_')[2]}" for f in files)
            self.connection.execute(f"CREATE REL TABLE {kind}({pairs})")
            for f in files:
                ends = f", from='{f.split('_')[0]}', to='{f.split('_')[2]}'" if len(files) > 1 else ""
                self.connection.execute(f"COPY {kind} FROM '{folder / (f + '.csv')}' (HEADER=true, DELIM='|'{ends})")

    def run(self, query):
        text = query["query"].replace(":Message", ":Comment:Post").replace("NOT (", "NOT EXISTS { MATCH (")
        if "NOT EXISTS" in text:
            text = text.replace(" RETURN", " } RETURN")
        return self.connection.execute(text).get_next()[0]


def measure(peer, query, runs):
    begin = time.perf_counter()
    answer = peer.run(query)
    if time.perf_counter() - begin > 20:
        return answer, (time.perf_counter() - begin) * 1e6
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        peer.run(query)
        times.append(time.perf_counter() - begin)
    return answer, statistics.median(times) * 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=["ladybug", "kuzu", "duckdb"])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("workload", type=pathlib.Path)
    parser.add_argument("scratch", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    workload = json.loads(arguments.workload.read_text())
    counts = workload["data"].get(arguments.folder.name)
    common = (arguments.folder, workload, arguments.scratch, arguments.threads)
    peer = DuckDb(*common) if arguments.engine == "duckdb" else Kuzu(arguments.engine, *common)
    found = {}
    for index, query in enumerate(workload["queries"]):
        try:
            answer, found[query["id"]] = measure(peer, query, arguments.runs)
        except Exception as error:  # a peer may refuse a query; the others still count
            print(f"{arguments.engine} {query['id']}: {error}", file=sys.stderr)
            continue
        if counts and answer != counts[index]:
            print(f"{arguments.engine} {query['id']}: answered {answer}, expected {counts[index]}", file=sys.stderr)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
