// Inference in all clauses that read: every query on a graph whose relations are declared gives what a query without
// inference gives on a graph in which the relationships that the oracle sees are stored. PLEXUS_INFERENCE_CASES=N asks
// for more schemas than usual, PLEXUS_INFERENCE_SEED=S for others.
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/catalog/catalog.h"
#include "core/storage/store.h"
#include "core/value/print.h"
#include "tests/core/inference/oracle.h"
#include "tests/setting.h"

namespace plexus {
namespace {

using inference::Oracle;
using inference::RelationType;
using inference::Seen;

constexpr unsigned kTypes = 4, kNodes = 6;

std::string nameOf(RelTypeId type) { return "t" + std::to_string(type); }

// Two databases: one that infers; and one that stores under each name `t1` what directed patterns see, and as
// `either_t1`, once for each way in which it can be walked, what undirected ones see. There `k` is what tells
// relationships apart.
class InferenceTest : public testing::Test {
 protected:
  InferenceTest() {
    for (const auto& database : {inferring_, stored_}) {
      auto transaction = database->store().begin();
      auto catalog = catalog::Catalog::of(transaction->view()).copy();
      for (unsigned i = 0; i < 2 * kTypes; ++i) catalog->relTypes.add(nameOf(static_cast<RelTypeId>(i)));
      const LabelId even = catalog->labels.add("Even");
      const PropertyKeyId key = catalog->propertyKeys.add("v");
      if (database == stored_) {
        for (unsigned i = 0; i < 2 * kTypes; ++i) catalog->relTypes.add("either_" + nameOf(static_cast<RelTypeId>(i)));
        k_ = catalog->propertyKeys.add("k");
        n_ = catalog->propertyKeys.add("n");
      }
      transaction->setAttachment(catalog);
      for (unsigned i = 0; i < kNodes; ++i) {
        const NodeId node = transaction->createNode(i % 2 == 0 ? std::vector<LabelId>{even} : std::vector<LabelId>{});
        transaction->setProperty(node, key, static_cast<std::int64_t>(i));
      }
      transaction->commit();
    }
  }

  bool declare(const std::vector<RelationType>& relations) {
    auto transaction = inferring_->store().begin();
    auto catalog = catalog::Catalog::of(transaction->view()).copy();
    try {
      catalog->setTypes(catalog::TypeSchema::build({}, relations, false, *catalog));
    } catch (const Error&) {
      return false;
    }
    transaction->setAttachment(catalog);
    transaction->commit();
    return true;
  }

  void fill(const std::vector<RelationType>& relations, std::mt19937& random) {
    inferring_->connect()->run("CYPHER inference=off MATCH ()-[r]->() DELETE r");
    stored_->connect()->run("MATCH ()-[r]->() DELETE r");
    std::vector<inference::Statement> statements;
    auto transaction = inferring_->store().begin();
    for (unsigned i = random() % 8; i > 0; --i) {
      const auto type = static_cast<RelTypeId>(random() % kTypes);
      const auto r = transaction->createRelationship(type, random() % kNodes, random() % kNodes);
      statements.push_back({type, r.start, r.end, r.id});
    }
    transaction->commit();
    const Oracle oracle{relations, statements};
    names_ = oracle.names();
    transaction = stored_->store().begin();
    for (const RelTypeId name : names_) {
      store(*transaction, oracle.directed(name), name, 0);
      store(*transaction, oracle.undirected(name), name, 2 * kTypes);
      directed_[name].clear();
      undirected_[name].clear();
      for (const RelTypeId other : names_) {
        if (!oracle.answers(other, name)) continue;
        directed_[name] += (directed_[name].empty() ? "" : "|") + nameOf(other);
        undirected_[name] += (undirected_[name].empty() ? "either_" : "|either_") + nameOf(other);
      }
    }
    transaction->commit();
  }

  // Those of `seen` that are of `name` itself.
  void store(storage::WriteTransaction& transaction, const std::vector<Seen>& seen, RelTypeId name, unsigned offset) {
    for (const Seen& s : seen) {
      if (s.name != name) continue;
      const auto r = transaction.createRelationship(static_cast<RelTypeId>(name + offset), s.start, s.end);
      const auto& [type, first, second] = s.identity;
      transaction.setProperty(r, k_,
                              Value{std::to_string(type) + "/" + std::to_string(first) + "/" + std::to_string(second)});
      transaction.setProperty(r, n_, Value{nameOf(name)});
    }
  }

  static void replace(std::string& query, const std::string& what, const std::string& with) {
    for (auto at = query.find(what); at != std::string::npos; at = query.find(what))
      query.replace(at, what.size(), with);
  }

  // `$T` and `$U` stand for two names; where nothing is inferred, for all names that answer to them, `$eT` and `$eU`
  // for the undirected ones, `$ALL` and `$eALL` for every name, and `differ(list)` says that no two of a list are one.
  std::string inferring(std::string query, RelTypeId t, RelTypeId u) const {
    replace(query, "$T", nameOf(t));
    replace(query, "$U", nameOf(u));
    return query;
  }
  std::string stored(std::string query, RelTypeId t, RelTypeId u) const {
    replace(query, "$eT", undirected_.at(t));
    replace(query, "$eU", undirected_.at(u));
    replace(query, "$T", directed_.at(t));
    replace(query, "$U", directed_.at(u));
    std::string all, allEither;
    for (const RelTypeId name : names_) {
      all += (all.empty() ? "" : "|") + nameOf(name);
      allEither += (allEither.empty() ? "either_" : "|either_") + nameOf(name);
    }
    replace(query, "$ALL", all);
    replace(query, "$eALL", allEither);
    for (auto at = query.find("differ("); at != std::string::npos; at = query.find("differ(")) {
      const auto end = query.find(')', at);
      const std::string list = query.substr(at + 7, end - at - 7);
      query.replace(at, end + 1 - at,
                    fmt::format("all(i IN range(0, size({0}) - 1) WHERE none(j IN range(0, i - 1) WHERE "
                                "({0})[i].k = ({0})[j].k))",
                                list));
    }
    return query;
  }

  static std::string answer(Database& database, const std::string& query) {
    auto result = database.connect()->run(query);
    std::vector<std::string> rows;
    for (const auto& row : result.rows()) {
      std::string text;
      for (const auto& value : row) text += toCypherText(value) + " ";
      rows.push_back(text);
    }
    std::sort(rows.begin(), rows.end());
    std::string out;
    for (const auto& row : rows) out += row + "\n";
    return out;
  }

  // The schema and what is asserted.
  std::string described() const {
    return answer(*inferring_, "SHOW RELATION TYPES YIELD declaration") +
           answer(*inferring_, "CYPHER inference=off MATCH (a)-[r]->(b) RETURN a.v, type(r), b.v");
  }

  std::shared_ptr<Database> inferring_ = Database::inMemory(), stored_ = Database::inMemory();
  PropertyKeyId k_ = 0, n_ = 0;
  std::vector<RelTypeId> names_;
  std::map<RelTypeId, std::string> directed_, undirected_;  // names that answer to a name
};

// What is asked, and what that is where it is all stored.
struct Question {
  const char* inferring;
  const char* stored;
};

const Question kQuestions[] = {
    // One relationship.
    {"MATCH (a)-[r:$T]->(b) RETURN a.v, type(r), b.v, startNode(r).v, endNode(r).v",
     "MATCH (a)-[r:$T]->(b) RETURN a.v, type(r), b.v, startNode(r).v, endNode(r).v"},
    {"MATCH (a)<-[r:$T]-(b) RETURN a.v, type(r), b.v", "MATCH (a)<-[r:$T]-(b) RETURN a.v, type(r), b.v"},
    {"MATCH (a)-[r:$T]-(b) RETURN a.v, type(r), b.v", "MATCH (a)-[r:$eT]->(b) RETURN a.v, r.n, b.v"},
    {"MATCH (a)-[r]->(b) RETURN a.v, type(r), b.v", "MATCH (a)-[r:$ALL]->(b) RETURN a.v, type(r), b.v"},
    {"MATCH (a)-[r]-(b) RETURN count(*), count(DISTINCT r)",
     "MATCH (a)-[r:$eALL]->(b) RETURN count(*), count(DISTINCT r.k)"},
    {"MATCH (a)-[r:$T|$U]->(b:Even) RETURN a.v, type(r), b.v",
     "MATCH (a)-[r:$T|$U]->(b:Even) RETURN a.v, type(r), b.v"},
    {"MATCH (a)-[r:!$T]->(b) RETURN a.v, type(r), b.v", "MATCH (a)-[r:($ALL)&!($T)]->(b) RETURN a.v, type(r), b.v"},
    {"MATCH (a)-[r]->(b) WHERE r:$T RETURN a.v, type(r), b.v", "MATCH (a)-[r:$T]->(b) RETURN a.v, type(r), b.v"},
    {"MATCH ()-[r:$T]->() RETURN count(*)", "MATCH ()-[r:$T]->() RETURN count(*)"},
    {"MATCH ()-[r:$T]-() RETURN count(r)", "MATCH ()-[r:$eT]->() RETURN count(r)"},
    {"MATCH (a)-[r:$T]->(a) RETURN a.v, type(r)", "MATCH (a)-[r:$T]->(a) RETURN a.v, type(r)"},
    {"MATCH (a)-[r:$T]-(a) RETURN a.v, type(r)", "MATCH (a)-[r:$eT]->(a) RETURN a.v, r.n"},
    // Several, which differ.
    {"MATCH (a)-[:$T]->(b)-[:$U]->(c) RETURN a.v, b.v, c.v",
     "MATCH (a)-[r:$T]->(b) MATCH (b)-[s:$U]->(c) WHERE differ([r, s]) RETURN a.v, b.v, c.v"},
    {"MATCH (a)-[:$T]->(b)-[:$T]->(c) RETURN count(*)",
     "MATCH (a)-[r:$T]->(b) MATCH (b)-[s:$T]->(c) WHERE differ([r, s]) RETURN count(*)"},
    {"MATCH (a)-[:$T]->(b)<-[:$U]-(c) RETURN a.v, count(*)",
     "MATCH (a)-[r:$T]->(b) MATCH (b)<-[s:$U]-(c) WHERE differ([r, s]) RETURN a.v, count(*)"},
    {"MATCH (a)-[:$T]-(b)-[:$T]-(c) RETURN count(*)",
     "MATCH (a)-[r:$eT]->(b) MATCH (b)-[s:$eT]->(c) WHERE differ([r, s]) RETURN count(*)"},
    {"MATCH (a)-[:$T]-(b)-[:$U]->(c) RETURN a.v, count(*), count(DISTINCT c)",
     "MATCH (a)-[r:$eT]->(b) MATCH (b)-[s:$U]->(c) WHERE differ([r, s]) RETURN a.v, count(*), count(DISTINCT c)"},
    {"MATCH (a)-[:$T]->(b)-[:$U]->(c)<-[:$T]-(a) RETURN count(*)",
     "MATCH (a)-[r:$T]->(b) MATCH (b)-[s:$U]->(c) MATCH (c)<-[t:$T]-(a) WHERE differ([r, s, t]) RETURN count(*)"},
    {"MATCH (a)-[:$T]->(b), (b)-[:$T]->(c), (c)-[:$U]->(a) RETURN a.v, b.v, c.v",
     "MATCH (a)-[r:$T]->(b) MATCH (b)-[s:$T]->(c) MATCH (c)-[t:$U]->(a) WHERE differ([r, s, t]) RETURN a.v, b.v, c.v"},
    {"MATCH (a)-[:$T]-(b)-[:$T]-(c)-[:$T]-(a) RETURN count(*)",
     "MATCH (a)-[r:$eT]->(b) MATCH (b)-[s:$eT]->(c) MATCH (c)-[t:$eT]->(a) WHERE differ([r, s, t]) RETURN count(*)"},
    {"MATCH (a)-[:$T]->(b) MATCH (b)-[:$T]->(c) RETURN count(*)",
     "MATCH (a)-[:$T]->(b) MATCH (b)-[:$T]->(c) RETURN count(*)"},
    {"MATCH (a)-[:$T]-(b), (c)-[:$U]->(d) RETURN count(*)",
     "MATCH (a)-[r:$eT]->(b) MATCH (c)-[s:$U]->(d) WHERE differ([r, s]) RETURN count(*)"},
    // Bound before.
    {"MATCH (a)-[r:$T]->(b) MATCH (c)-[r]->(d) RETURN a.v, b.v, c.v, d.v",
     "MATCH (a)-[r:$T]->(b) MATCH (c)-[s:$ALL]->(d) WHERE r.k = s.k RETURN a.v, b.v, c.v, d.v"},
    {"MATCH (a)-[r:$T]->(b) MATCH (b)-[r]->(c)-[:$U]->(d) RETURN a.v, b.v, c.v, d.v",
     "MATCH (a)-[r:$T]->(b) MATCH (b)-[s:$ALL]->(c) MATCH (c)-[t:$U]->(d) WHERE r.k = s.k AND t.k <> s.k RETURN a.v, "
     "b.v, c.v, "
     "d.v"},
    // Of variable length.
    {"MATCH (a)-[r:$T*1..2]->(b) RETURN a.v, b.v, size(r)",
     "MATCH (a)-[r:$T*1..2]->(b) WHERE differ(r) RETURN a.v, b.v, size(r)"},
    {"MATCH (a)-[r:$T*..3]-(b) RETURN a.v, b.v, size(r)",
     "MATCH (a)-[r:$eT*..3]->(b) WHERE differ(r) RETURN a.v, b.v, size(r)"},
    {"MATCH (a)-[:$T*..3]->(b) RETURN DISTINCT a.v, b.v",
     "MATCH (a)-[r:$T*..3]->(b) WHERE differ(r) RETURN DISTINCT a.v, b.v"},
    {"MATCH (a {v: 0})-[:$T*0..2]-(b) RETURN b.v", "MATCH (a {v: 0})-[r:$eT*0..2]->(b) WHERE differ(r) RETURN b.v"},
    {"MATCH (a)-[:$T*2]->(b)-[:$U]->(c) RETURN count(*)",
     "MATCH (a)-[r:$T*2]->(b) MATCH (b)-[s:$U]->(c) WHERE differ(r + s) RETURN count(*)"},
    {"MATCH (a {v: 0}), (b {v: 3}), p = shortestPath((a)-[:$T*]->(b)) RETURN length(p)",
     "MATCH (a {v: 0}), (b {v: 3}), p = shortestPath((a)-[:$T*]->(b)) RETURN length(p)"},
    {"MATCH (a {v: 0}), (b {v: 3}), p = shortestPath((a)-[:$T*]-(b)) RETURN length(p)",
     "MATCH (a {v: 0}), (b {v: 3}), p = shortestPath((a)-[:$eT*]->(b)) RETURN length(p)"},
    {"MATCH (a {v: 0}), (b {v: 3}), p = allShortestPaths((a)-[:$T|$U*]->(b)) RETURN length(p)",
     "MATCH (a {v: 0}), (b {v: 3}), p = allShortestPaths((a)-[:$T|$U*]->(b)) RETURN length(p)"},
    {"MATCH p = ANY SHORTEST (a {v: 0})-[:$T]-+(b {v: 3}) RETURN length(p)",
     "MATCH p = ANY SHORTEST (a {v: 0})-[:$eT]->+(b {v: 3}) RETURN length(p)"},
    {"MATCH (a) ((x)-[:$T]->(y)-[:$U]->(z)){1,2} (b) RETURN a.v, b.v",
     "MATCH (a) ((x)-[r:$T]->(y)-[s:$U]->(z)){1,2} (b) WHERE differ(r + s) RETURN a.v, b.v"},
    {"MATCH (a) ((x)-[:$T]-(y)){1,3} (b) RETURN a.v, b.v",
     "MATCH (a) ((x)-[r:$eT]->(y)){1,3} (b) WHERE differ(r) RETURN a.v, b.v"},
    // In expressions and optional.
    {"MATCH (a) RETURN a.v, EXISTS { (a)-[:$T]->(:Even) }, COUNT { (a)-[:$T]-() }, size(COLLECT { MATCH (a)-[:$U]->(b) "
     "RETURN b })",
     "MATCH (a) RETURN a.v, EXISTS { (a)-[:$T]->(:Even) }, COUNT { (a)-[:$eT]->() }, size(COLLECT { MATCH "
     "(a)-[:$U]->(b) "
     "RETURN b })"},
    {"MATCH (a), (b) WHERE (a)-[:$T]->(b) RETURN a.v, b.v", "MATCH (a), (b) WHERE (a)-[:$T]->(b) RETURN a.v, b.v"},
    {"MATCH (a), (b) WHERE NOT (a)-[:$T]-(b) RETURN count(*)",
     "MATCH (a), (b) WHERE NOT (a)-[:$eT]->(b) RETURN count(*)"},
    {"MATCH (a)-[:$T]->(b)-[:$U]->(c) WHERE NOT (a)-[:$T]->(c) RETURN count(*)",
     "MATCH (a)-[r:$T]->(b) MATCH (b)-[s:$U]->(c) WHERE differ([r, s]) AND NOT (a)-[:$T]->(c) RETURN count(*)"},
    {"MATCH (a) RETURN a.v, size([(a)-[:$T]->(b) | b.v])", "MATCH (a) RETURN a.v, size([(a)-[:$T]->(b) | b.v])"},
    {"MATCH (a) OPTIONAL MATCH (a)-[:$T]->(b) RETURN a.v, count(b)",
     "MATCH (a) OPTIONAL MATCH (a)-[:$T]->(b) RETURN a.v, count(b)"},
    {"MATCH (a) OPTIONAL MATCH (a)-[:$T]-(b)-[:$U]->(c) RETURN a.v, b.v, c.v",
     "MATCH (a) OPTIONAL MATCH (a)-[r:$eT]->(b) MATCH (b)-[s:$U]->(c) WHERE differ([r, s]) RETURN a.v, b.v, c.v "
     "UNION ALL MATCH (a) WHERE NOT EXISTS { MATCH (a)-[r:$eT]->(b) MATCH (b)-[s:$U]->(c) WHERE differ([r, s]) } "
     "RETURN a.v, null AS `b.v`, null AS `c.v`"},
};

TEST_F(InferenceTest, QueriesSeeWhatWouldBeStored) {
  std::mt19937 random{static_cast<unsigned>(test::setting("PLEXUS_INFERENCE_SEED", 7))};
  const std::uint64_t cases = test::setting("PLEXUS_INFERENCE_CASES", 100);
  for (unsigned done = 0; done < cases;) {
    const auto declared = inference::randomRelations(random, kTypes);
    if (!declare(declared)) continue;
    SCOPED_TRACE("case " + std::to_string(done++));
    fill(declared, random);
    for (const Question& question : kQuestions) {
      const RelTypeId t = names_[random() % names_.size()], u = names_[random() % names_.size()];
      const std::string ours = inferring(question.inferring, t, u), plain = stored(question.stored, t, u);
      EXPECT_EQ(answer(*inferring_, ours), answer(*stored_, plain)) << ours << "\n" << plain << "\n" << described();
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace plexus
