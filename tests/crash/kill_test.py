"""Killed at any moment: each commit and each import is there whole, or not at all."""
import signal
import threading
import time

import product
from product import COUNTS, GraphFiles, ProductTest

IMPORTS = 20
STREAMS = 4


class Kill(ProductTest):
    def test_during_import(self):
        graph = GraphFiles(self.folder)
        began = time.monotonic()
        self.assertEqual(self.run_product(*graph.arguments(self.path("whole"))).returncode, 0)
        whole = time.monotonic() - began
        for attempt in range(IMPORTS):
            database = self.path(f"db{attempt}")
            process = self.start(*graph.arguments(database))
            time.sleep(self.random.uniform(0.02, 1.1) * whole)
            process.send_signal(signal.SIGKILL)
            said, _ = process.communicate()
            self.assertEqual(self.run_product("query", database, "-c", "RETURN 1").returncode, 0)
            self.assert_sound(database)
            self.assertIn(self.ask(database, COUNTS), [graph.counts] if said else [graph.counts, ["0", "0"]])
            names = self.run_product("schema", database).stdout
            self.assertEqual("Gene" in names, self.ask(database, COUNTS) == graph.counts)

    def test_during_small_commits(self):
        script = self.path("commits.cypher")
        with open(script, "w") as out:
            out.writelines(f"CREATE (a:A {{i: {i}, s: 'x{i}'}})-[:R {{i: {i}}}]->(:B {{i: {i}}}) RETURN a.i;\n"
                           for i in range(50_000))
        for attempt in range(STREAMS):
            database = self.path(f"db{attempt}")
            process = self.start("query", database, "--format", "csv", "-f", script)
            acknowledged = []
            reader = threading.Thread(target=lambda: acknowledged.extend(l for l in process.stdout if l[0] != "a"))
            reader.start()
            time.sleep(self.random.uniform(0.2, 1.5))
            process.send_signal(signal.SIGKILL)
            reader.join()
            process.communicate()
            self.assert_sound(database)
            whole, last = self.ask(database, "MATCH (a:A)-[r:R]->(b:B) WHERE a.i = r.i AND a.i = b.i AND "
                                             "a.s = 'x' + a.i RETURN count(*), coalesce(max(a.i), -1)")
            self.assertEqual(int(whole), int(last) + 1)
            self.assertGreaterEqual(int(whole), len(acknowledged))
            self.assertEqual(self.ask(database, "MATCH (n) RETURN count(*)"), [str(2 * int(whole))])


class Readers(ProductTest):
    def test_follow_a_writer_in_another_process(self):
        script, database = self.path("commits.cypher"), self.path("db")
        with open(script, "w") as out:
            out.writelines(f"CREATE (:A {{i: {i}}})-[:R]->(:A);\n" for i in range(200_000))
        self.ask(database, "RETURN 1")
        writer = self.start("query", database, "-f", script)
        try:
            seen = []
            deadline = time.monotonic() + 60
            while len(seen) < 6 or (seen[-1] == seen[0] and time.monotonic() < deadline):
                time.sleep(0.1)
                nodes, pairs = map(int, self.ask(database, "MATCH (n) WITH count(*) AS nodes OPTIONAL MATCH "
                                                           "()-[r:R]->() RETURN nodes, count(r)", "--read-only"))
                self.assertEqual(nodes, 2 * pairs)
                seen.append(nodes)
            self.assertEqual(seen, sorted(seen))
            self.assertGreater(seen[-1], seen[0])
            second = self.run_product("query", database, "-c", "RETURN 1")
            self.assertEqual(second.returncode, 3)
            self.assertIn(f"is open for writing by process {writer.pid}", second.stderr)
        finally:
            writer.kill()
            writer.communicate()


if __name__ == "__main__":
    product.main()
