// Inference in all clauses that read: every query on a graph whose relations are declared gives what the same query
// without inference gives on a graph in which the entailed relationships are stored.
#include <random>

#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/catalog/catalog.h"
#include "core/storage/store.h"
#include "core/value/print.h"
#include "tests/core/inference/oracle.h"

namespace plexus {
namespace {

using inference::Oracle;
using inference::RelationType;

constexpr unsigned kTypes = 4, kNodes = 6;

std::string nameOf(RelTypeId type) { return "t" + std::to_string(type); }

// Two databases: one that infers, one that has it all stored.
class InferenceTest : public testing::Test {
 protected:
  InferenceTest() {
    for (const auto& database : {inferring_, stored_}) {
      auto transaction = database->store().begin();
      auto catalog = catalog::Catalog::of(transaction->view()).copy();
      for (unsigned i = 0; i < 2 * kTypes; ++i) catalog->relTypes.add(nameOf(static_cast<RelTypeId>(i)));
      const LabelId even = catalog->labels.add("Even");
      const PropertyKeyId key = catalog->propertyKeys.add("v");
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

  // Symmetric relations are left to tests of their own: no stored graph matches them once in either direction.
  static std::vector<RelationType> relations(std::mt19937& random) {
    auto out = inference::randomRelations(random, kTypes);
    for (auto& r : out) r.symmetric = false;
    return out;
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
    transaction = stored_->store().begin();
    subNames_.clear();
    for (const RelTypeId name : oracle.names()) {
      for (const auto& seen : oracle.directed(name)) {
        if (seen.name == name) transaction->createRelationship(name, seen.start, seen.end);
      }
      std::string types = nameOf(name);
      for (const RelTypeId other : oracle.names()) {
        if (other != name && oracle.answers(other, name)) types += "|" + nameOf(other);
      }
      subNames_[name] = types;
    }
    transaction->commit();
    names_ = oracle.names();
  }

  // `$T` and `$U` in a query stand for two names; where nothing is inferred, for all names that answer to them.
  std::string expand(std::string query, RelTypeId t, RelTypeId u, bool inferring) const {
    const auto replace = [&](const std::string& what, RelTypeId name) {
      const std::string with = inferring ? nameOf(name) : subNames_.at(name);
      for (auto at = query.find(what); at != std::string::npos; at = query.find(what)) {
        query.replace(at, what.size(), with);
      }
    };
    replace("$T", t);
    replace("$U", u);
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

  std::shared_ptr<Database> inferring_ = Database::inMemory(), stored_ = Database::inMemory();
  std::vector<RelTypeId> names_;
  std::map<RelTypeId, std::string> subNames_;
};

const char* const kQueries[] = {
    "MATCH (a)-[r:$T]->(b) RETURN a.v, type(r), b.v, startNode(r).v, endNode(r).v",
    "MATCH (a)<-[r:$T]-(b) RETURN a.v, type(r), b.v",
    "MATCH (a)-[r:$T]-(b) RETURN a.v, type(r), b.v",
    "MATCH (a)-[r]->(b) RETURN a.v, type(r), b.v",
    "MATCH (a)-[r]-(b) RETURN count(*), count(DISTINCT r)",
    "MATCH (a)-[r:$T|$U]->(b:Even) RETURN a.v, type(r), b.v",
    "MATCH (a)-[:$T]->(b)-[:$U]->(c) RETURN a.v, b.v, c.v",
    "MATCH (a)-[:$T]->(b)-[:$T]->(c) RETURN count(*)",
    "MATCH (a)-[:$T]->(b)<-[:$U]-(c) RETURN a.v, count(*)",
    "MATCH (a)-[:$T]-(b)-[:$T]-(c) RETURN count(*)",
    "MATCH (a)-[:$T]->(b)-[:$U]->(c)<-[:$T]-(a) RETURN count(*)",
    "MATCH (a)-[:$T]->(b), (b)-[:$T]->(c), (c)-[:$U]->(a) RETURN a.v, b.v, c.v",
    "MATCH (a)-[r:$T*1..2]->(b) RETURN a.v, b.v, size(r)",
    "MATCH (a)-[:$T*]->(b) RETURN DISTINCT a.v, b.v",
    "MATCH (a {v: 0})-[:$T*0..2]-(b) RETURN b.v",
    "MATCH (a {v: 0}), (b {v: 3}), p = shortestPath((a)-[:$T*]->(b)) RETURN length(p)",
    "MATCH (a {v: 0}), (b {v: 3}), p = allShortestPaths((a)-[:$T|$U*]-(b)) RETURN length(p)",
    "MATCH (a) ((x)-[:$T]->(y)-[:$U]->(z)){1,2} (b) RETURN a.v, b.v",
    "MATCH (a) RETURN a.v, EXISTS { (a)-[:$T]->(:Even) }, COUNT { (a)-[:$T]-() }, size(COLLECT { MATCH (a)-[:$U]->(b) "
    "RETURN b })",
    "MATCH (a), (b) WHERE (a)-[:$T]->(b) RETURN a.v, b.v",
    "MATCH (a) RETURN a.v, size([(a)-[:$T]->(b) | b.v])",
    "MATCH (a) OPTIONAL MATCH (a)-[:$T]->(b) RETURN a.v, count(b)",
    "MATCH (a)-[r]->(b) WHERE r:$T RETURN a.v, type(r), b.v",
    "MATCH ()-[r:$T]->() RETURN count(*)",
    "MATCH ()-[r:$T]-() RETURN count(r)",
};

TEST_F(InferenceTest, QueriesSeeWhatWouldBeStored) {
  std::mt19937 random{7};
  for (int cases = 0; cases < 60;) {
    const auto declared = relations(random);
    if (!declare(declared)) continue;
    SCOPED_TRACE("case " + std::to_string(cases++));
    fill(declared, random);
    for (const char* query : kQueries) {
      const RelTypeId t = names_[random() % names_.size()], u = names_[random() % names_.size()];
      const std::string ours = expand(query, t, u, true);
      EXPECT_EQ(answer(*inferring_, ours), answer(*stored_, expand(query, t, u, false))) << ours;
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace plexus
