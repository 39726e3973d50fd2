// Counting by messages against enumeration: the same answers on random graphs, whatever the pattern.
#include <random>

#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/value/print.h"

namespace plexus {
namespace {

// What `<` says of it differs from what ORDER BY does.
const char* const kMixed[] = {"1",
                              "2",
                              "2.5",
                              "'a'",
                              "'b'",
                              "true",
                              "[]",
                              "[1]",
                              "[1, 2]",
                              "['a']",
                              "0.0 / 0.0",
                              "date('2024-02-29')",
                              "duration('P1D')",
                              "null",
                              "'a'",
                              "3"};

// Nodes of three labels (some with two), relationships of three types with loops and parallels. `m` has values of all
// kinds, `o` of those that are not lists.
void fill(Connection& connection, unsigned seed) {
  std::mt19937 random{seed};
  const auto upTo = [&](unsigned n) { return std::uniform_int_distribution<unsigned>{0, n - 1}(random); };
  std::string create = "CREATE ";
  constexpr unsigned kNodes = 14;
  for (unsigned i = 0; i < kNodes; ++i) {
    create += std::string{i == 0 ? "" : ", "} + "(n" + std::to_string(i) + (upTo(2) == 0 ? ":A" : ":B");
    if (upTo(3) == 0) create += ":C";
    std::string mixed = kMixed[upTo(16)];
    create += " {v: " + std::to_string(upTo(4)) + ", m: " + mixed;
    if (mixed[0] != '[') create += ", o: " + mixed;
    create += "})";
  }
  for (unsigned i = 0; i < 40; ++i) {
    create += ", (n" + std::to_string(upTo(kNodes)) + ")-[:" + (upTo(3) == 0 ? "S" : "T") + "]->(n" +
              std::to_string(upTo(kNodes)) + ")";
  }
  connection.run(create);
}

std::string answer(Connection& connection, const std::string& query, const std::set<std::string>& disabled) {
  connection.options().disabledRewrites = disabled;
  auto result = connection.run(query);
  std::string out;
  for (const auto& row : result.rows()) {
    for (const auto& value : row) out += toCypherText(value) + " ";
    out += "\n";
  }
  return out;
}

const char* const kQueries[] = {
    "MATCH (a)-[:T]->(b)-[:S]->(c) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:T]->(c) RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(c) RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c) RETURN count(*)",
    "MATCH (a:A)-[:T]-(b)-[:T]-(c:B)-[:T]-(d) RETURN count(*)",
    "MATCH (a:A)-[:T]->(b:B)<-[:T]-(c:A)-[:S]->(d) RETURN count(*)",
    "MATCH (a)-[r1]->(b)<-[r2]-(c) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:T]->(c)-[:T]->(d) RETURN count(*)",
    "MATCH (a)-[:T|S]->(b)<-[:T]-(c) RETURN count(*)",
    "MATCH (a {v: 1})-[:T]->(b)-[:S]-(c) WHERE c.v < 3 RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:S]->(d) WHERE a <> c RETURN count(*)",
    "MATCH (a)-[:T]->(b) MATCH (b)-[:T]->(c) RETURN count(*)",
    "MATCH (a)-[:T]->(b) MATCH (b)<-[:T]-(c) WHERE a <> c RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c), (b)-[:T]->(d:C) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:T]->(c) RETURN a.v AS v, count(*) AS n ORDER BY v, n",
    "MATCH (a)-[:T]-(b)-[:S]-(c) RETURN b.v AS v, count(*) AS n, sum(b.v) AS s, count(DISTINCT b) AS d ORDER BY v",
    "MATCH (a)-[:T]-(b)-[:S]-(c) RETURN DISTINCT c.v AS v ORDER BY v",
    "MATCH (a)-[:T]->(b) OPTIONAL MATCH (b)-[:S]->(c) RETURN count(*)",
    "MATCH (a)-[:T]->(b) OPTIONAL MATCH (b)-[:S]->(c) OPTIONAL MATCH (b)<-[:T]-(d:A) RETURN count(*)",
    ("MATCH (a)-[:T]->(b) OPTIONAL MATCH (b)-[:S]->(c)-[:T]->(d) WHERE d.v > 0 RETURN b.v AS v, count(*) AS n ORDER BY "
     "v"),
    "MATCH (a)-[:T]->(b) OPTIONAL MATCH (b)-[:S]->(c) OPTIONAL MATCH (c)-[:T]->(d) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE NOT (b)-[:T]->(:C) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE EXISTS { (c)<-[:T]-(x) WHERE x.v = 2 } RETURN count(*)",
    "MATCH (a)-[:T]->(b) WITH b MATCH (b)-[:S]->(c) WHERE b.v > 0 RETURN count(*)",
    "MATCH (a)-[:T]->(a)-[:S]->(b) RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(a) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(a)-[:T]->(c) RETURN count(*)",
    "MATCH (a) RETURN a.v AS v, COUNT { (a)-[:T]->()-[:S]->() } AS n ORDER BY v, n",
    "MATCH (a)-[:X]->(b)-[:T]->(c) RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:T]-(a) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:T]->(c)-[:T]->(a) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c)-[:T]-(a), (c)-[:T]->(d) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c)-[:T]-(d)-[:S]-(a) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c)-[:T]-(a), (c)-[:T]->(d) RETURN d.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a <> c AND NOT (a)-[:T]-(c) RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:S]->(d) WHERE NOT (a)-[:T]->(c) RETURN count(*)",
    "MATCH (a)<-[:T]-(b)<-[:S]-(c)-[:T]->(d) WHERE a <> d AND NOT (c)-[:T]->(a) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE EXISTS { (a)-[:T]-(c) } RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE NOT (a)-[:T]->(b) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE EXISTS { (a)-[:T]->(b) } RETURN count(*)",
    "MATCH (a:A)-[:T]->(b)<-[:T]-(c) RETURN a.v AS v, c.v AS w, count(*) AS n ORDER BY v, w",
    "MATCH (a)-[:T]->(b)-[:S]-(c)-[:T]-(d) RETURN a.v AS v, d.v AS w, count(*) AS n ORDER BY v, w",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:S]->(d) RETURN b.v AS v, c.v AS w, sum(b.v) AS s, count(*) AS n ORDER BY v, w",
    "MATCH (a:A)-[:T]->(b)<-[:T]-(c) RETURN a.v AS v, c.v AS w, count(*) AS n ORDER BY n DESC, v, w LIMIT 3",
    "MATCH (a)-[:T]->(b)-[:S]-(c) RETURN a, c, count(*) AS n ORDER BY n DESC, id(a), id(c) LIMIT 5",
    "MATCH (a)-[:T]->(b)-[:S]-(d) RETURN a, d.v AS w, count(*) AS n ORDER BY n DESC, id(a), w SKIP 1 LIMIT 4",
    "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a <> c RETURN c.v AS w, a.v AS v, count(*) AS n ORDER BY n DESC, v, w LIMIT 2",
    "MATCH (a)-[:T]-(b)-[:T]-(c) RETURN c.v AS w, a, count(*) AS n ORDER BY n DESC, w, id(a) LIMIT 0",
    "MATCH (k) MATCH (a)-[:S]->(k) MATCH (b)-[:S]->(k) MATCH (a)-[:T]-(b) RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:T]-(a), (a)-[:S]-(d), (b)-[:S]->(e) RETURN count(*)",
    "MATCH (a)-[:T*1..2]->(b) RETURN count(*)",
    "MATCH (a)-[:T*2]-(b) RETURN b.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T*0..2]-(b:C) RETURN b.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a:A)-[:T*..2]-(b)-[:S]->(c) RETURN a.v AS v, c.v AS w, count(*) AS n ORDER BY v, w",
    "MATCH (a)-[:T*1..2]->(b)-[:T]->(c) RETURN count(*)",
    "MATCH (a)-[:T*0..1]-(b)-[:S*1..2]->(c) WHERE a <> c RETURN c.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T*0..1]->(b), (b)-[:S]->(c) RETURN a.v AS v, b.v AS w, count(*) AS n ORDER BY n DESC, v, w LIMIT 3",
    "MATCH (a)-[:T*1..2]->(b)-[:S]->(a) RETURN count(*)",
    "MATCH (a)-[:T]->(b) OPTIONAL MATCH (b)-[:S*1..2]->(c) RETURN count(*)",
    "MATCH (a)-[:T]->(b)-[:S]-(c) RETURN a.v AS v, count(DISTINCT c) AS n ORDER BY v",
    "MATCH (a)-[:T]-(b)-[:T]-(c) RETURN a, count(DISTINCT c) AS n ORDER BY id(a)",
    "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a <> c RETURN c.v AS v, count(DISTINCT a) AS n ORDER BY v",
    "MATCH (a)-[:T*1..2]-(b:B)-[:S]->(c) RETURN b.v AS v, b.w AS w, count(DISTINCT c) AS n ORDER BY v, w",
    "MATCH (a)-[:T]->(b) RETURN a.v AS v, count(DISTINCT b) AS n ORDER BY v",
    "MATCH (a)-[:X]->(b)-[:T]->(c) RETURN a.v AS v, count(DISTINCT c) AS n ORDER BY v",
    "MATCH (a) RETURN a.v AS v, COUNT { (b)-[:T]->(a)<-[:T]-(c) WHERE b.v < c.v } AS n ORDER BY v, n",
    "MATCH (a) RETURN a.v AS v, COUNT { (a)-[:T]->(b)-[:T]->(c) WHERE a.v < b.v AND b.v >= c.v } AS n ORDER BY v, n",
    "MATCH (a)-[:T]-(b)-[:T]->(c)-[:T]-(d) RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:T]-(d) RETURN d.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]->(b)-[:S]-(c)-[:T]-(d) RETURN a.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]-(b)-[:T]-(c)-[:T]-(d)-[:T]->(e) RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(c) WHERE a.v < c.v RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(c) WHERE a.v <= c.v RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(c) WHERE id(a) > id(c) RETURN b.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]->(b)<-[:T]-(c) WHERE a.o >= c.o RETURN a.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a.m < c.m RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(c)-[:S]-(d) WHERE a.v < c.v RETURN d.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]->(b)<-[:T]-(c)-[:S]-(d)-[:T]->(e) WHERE id(a) < id(c) RETURN e.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:S]->(b)-[:T]->(c)<-[:T]-(d) WHERE b.v <= d.v RETURN a.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE a.v < b.v RETURN c.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]->(b)-[:S]->(c) WHERE a.o < b.o AND b.v > c.v RETURN count(*)",
    "MATCH (a)-[:T]->(b)<-[:T]-(c), (b)-[:S]->(d) WHERE a.v < c.v AND c.v < d.v RETURN count(*)",
    ("MATCH (a)-[:T]->(b)<-[:T]-(c), (b)-[:S]->(d) WHERE a.v < c.v AND c.o < d.o RETURN c.v AS v, count(*) AS n ORDER "
     "BY v"),
    "MATCH (a)-[:T]->(b)<-[:T]-(c)-[:S]-(d) WHERE id(a) < id(c) RETURN c.v AS v, count(*) AS n ORDER BY v",
    "MATCH (a)-[:T]->(b)<-[:T]-(c)-[:S]-(d) WHERE id(a) < id(c) RETURN b.v AS v, d.v AS w, count(*) AS n ORDER BY v, w",
    ("MATCH (a)-[:S]->(b)-[:T]->(c)-[:T]->(d) WHERE id(a) < id(b) RETURN b.v AS v, d.v AS w, count(*) AS n ORDER BY v, "
     "w"),
    "MATCH (a)-[:T]->(b), (c)-[:T]->(b), (d)-[:T]->(b) WHERE id(a) < id(c) AND id(c) < id(d) RETURN count(*)",
    "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a <> c AND a.v < c.v AND b.v >= a.v RETURN count(*)",
};

TEST(MessageAggregate, CountsWhatEnumerationFinds) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    auto database = Database::inMemory();
    auto connection = database->connect();
    fill(*connection, seed);
    for (const char* query : kQueries) {
      const auto enumerated = answer(*connection, query, {"message-aggregate"});
      EXPECT_EQ(answer(*connection, query, {"message-cost"}), enumerated) << query << " seed " << seed;
      EXPECT_EQ(answer(*connection, query, {}), enumerated) << query << " seed " << seed;
      EXPECT_EQ(answer(*connection, query, {"merge-matches", "semi-join", "message-cost"}), enumerated)
          << query << " seed " << seed;
    }
  }
}

// A chain of random steps: labels, types, directions, conditions, a grouping or none.
std::string randomQuery(std::mt19937& random) {
  const auto upTo = [&](unsigned n) { return std::uniform_int_distribution<unsigned>{0, n - 1}(random); };
  const char* const labels[] = {"", ":A", ":B", ":C", ""};
  const char* const types[] = {":T", ":S", ":T", ""};
  const unsigned nodes = 3 + upTo(2);
  std::string pattern, where;
  for (unsigned i = 1; i < nodes; ++i) {  // a random tree, each edge a path of its own
    const std::string left = "(x" + std::to_string(upTo(i)) + ")";
    const std::string right = "(x" + std::to_string(i) + labels[upTo(5)] + ")";
    const unsigned direction = upTo(3);
    const char* const lengths[] = {"", "", "", "*1..2", "*0..1", "*2"};
    pattern += (i == 1 ? "" : ", ") + left + (direction == 1 ? "<-[" : "-[");
    pattern.append(types[upTo(4)]).append(lengths[upTo(6)]).append(direction == 0 ? "]->" : "]-").append(right);
  }
  if (upTo(2) == 0) where = " WHERE x0 <> x2";
  if (upTo(3) == 0) where += (where.empty() ? " WHERE x1.v >= " : " AND x1.v >= ") + std::to_string(upTo(3));
  const char* const orders[] = {" < ", " <= ", " > ", " >= "};
  const char* const keys[] = {".v", ".o", ".m", ".v"};
  for (unsigned i = 0, count = upTo(3); i < count; ++i) {
    const char* const key = keys[upTo(4)];
    where += (where.empty() ? " WHERE x" : " AND x") + std::to_string(upTo(nodes)) + key + orders[upTo(4)] + "x" +
             std::to_string(upTo(nodes)) + (upTo(4) == 0 ? ".v" : key);
  }
  const std::string root = "x" + std::to_string(upTo(nodes));
  const std::string other = "x" + std::to_string(upTo(nodes));
  const std::string ends[] = {" RETURN count(*) AS n", " RETURN " + root + ".v AS v, count(*) AS n ORDER BY v",
                              " RETURN " + root + ".v AS v, " + other + ".v AS w, count(*) AS n ORDER BY v, w",
                              " RETURN " + root + ".v AS v, count(DISTINCT " + other + ") AS n ORDER BY v"};
  const std::string end = ends[upTo(4)];
  return "MATCH " + pattern + where + end;
}

TEST(MessageAggregate, AgreesOnRandomTrees) {
  std::mt19937 random{7};
  for (unsigned seed = 20; seed < 26; ++seed) {
    auto database = Database::inMemory();
    auto connection = database->connect();
    fill(*connection, seed);
    for (int i = 0; i < 60; ++i) {
      const std::string query = randomQuery(random);
      EXPECT_EQ(answer(*connection, query, {"message-cost"}), answer(*connection, query, {"message-aggregate"}))
          << query << " seed " << seed;
    }
  }
}

// A random connected graph of few nodes with more edges than a tree has, and perhaps pairs that must not be related.
std::string randomCycle(std::mt19937& random) {
  const auto upTo = [&](unsigned n) { return std::uniform_int_distribution<unsigned>{0, n - 1}(random); };
  const char* const labels[] = {"", ":A", ":B", "", ""};
  const char* const types[] = {":T", ":S", ":T", ":T|S"};
  const unsigned nodes = 3 + upTo(3), edges = nodes + upTo(2);
  const auto edge = [&](unsigned from, unsigned to, const char* label) {
    const unsigned direction = upTo(3);
    return "(x" + std::to_string(from) + ")" + (direction == 1 ? "<-[" : "-[") + types[upTo(4)] +
           (direction == 0 ? "]->" : "]-") + "(x" + std::to_string(to) + label + ")";
  };
  std::string pattern, where;
  for (unsigned i = 1; i <= edges; ++i) {
    const unsigned to = i < nodes ? i : upTo(nodes), from = i < nodes ? upTo(i) : upTo(nodes);
    // Matches of their own: no more conditions than are taken.
    pattern += (upTo(3) == 0 || i == 1 ? " MATCH " : ", ") + edge(from, to, i < nodes ? labels[upTo(5)] : "");
  }
  const auto condition = [&](const std::string& text) { where += (where.empty() ? " WHERE " : " AND ") + text; };
  if (upTo(3) == 0) condition("x0 <> x2");
  if (upTo(2) == 0) condition("NOT " + edge(upTo(nodes), upTo(nodes), ""));
  if (upTo(4) == 0) condition("EXISTS { " + edge(0, nodes - 1, "") + " }");
  const std::string root = "x" + std::to_string(upTo(nodes));
  return pattern + where +
         (upTo(2) == 0 ? " RETURN count(*) AS n" : " RETURN " + root + ".v AS v, count(*) AS n ORDER BY v");
}

TEST(MessageAggregate, AgreesOnRandomCycles) {
  std::mt19937 random{11};
  int used = 0;
  for (unsigned seed = 40; seed < 46; ++seed) {
    auto database = Database::inMemory();
    auto connection = database->connect();
    fill(*connection, seed);
    for (int i = 0; i < 60; ++i) {
      const std::string query = randomCycle(random);
      EXPECT_EQ(answer(*connection, query, {"message-cost"}), answer(*connection, query, {"message-aggregate"}))
          << query << " seed " << seed;
      const auto plan = answer(*connection, "EXPLAIN " + query, {"message-cost"});
      used += plan.find("MessageAggregate") != std::string::npos ? 1 : 0;
    }
  }
  EXPECT_GE(used, 100);
}

// Ranges of many nodes, so that counts are arrays: the same answers as by enumeration.
TEST(MessageAggregate, AgreesOnManyNodes) {
  auto database = Database::inMemory();
  auto connection = database->connect();
  connection->run("UNWIND range(0, 799) AS i CREATE (:A {v: i % 4})");
  connection->run("UNWIND range(0, 699) AS i CREATE (:B {v: i % 3})");
  connection->run("UNWIND range(0, 599) AS i CREATE (:A:C {v: i % 4})");
  connection->run(
      "MATCH (n) WITH collect(n) AS all UNWIND range(0, 4999) AS i WITH all, i, (i * 7919 + i * i * 31) % 2100 AS a, "
      "(i * 104729 + i * i * 17) % 2100 AS b WITH all[a] AS x, all[b] AS y, i WHERE i % 3 > 0 CREATE (x)-[:T]->(y)");
  connection->run(
      "MATCH (n) WITH collect(n) AS all UNWIND range(0, 2099) AS i WITH all[i] AS x, all[(i * 37) % 50] AS y CREATE "
      "(x)-[:S]->(y)");
  for (const char* query : kQueries) {
    const std::string_view text{query};
    if (text.find("[r1]") != text.npos || text.find("-(d)-[:T]->(e)") != text.npos) continue;  // too many to enumerate
    EXPECT_EQ(answer(*connection, query, {"message-cost"}), answer(*connection, query, {"message-aggregate"})) << query;
  }
}

// Cycles with n:1 relations, total (Q) or not (P), so that ends are read as columns.
TEST(MessageAggregate, AgreesOnImages) {
  auto database = Database::inMemory();
  auto connection = database->connect();
  connection->run("UNWIND range(0, 1199) AS i CREATE (:A {v: i % 4})");
  connection->run("UNWIND range(0, 599) AS i CREATE (:B {v: i % 3})");
  connection->run(
      "MATCH (n) WITH collect(n) AS all UNWIND range(0, 1799) AS i WITH all, i WHERE i % 3 > 0 "
      "WITH all[i] AS x, all[(i * 37 + i / 7) % 90] AS y CREATE (x)-[:P]->(y)");
  connection->run(
      "MATCH (n) WITH collect(n) AS all UNWIND range(0, 5999) AS i WITH all, i, (i * 7919 + i * i * 31) % 1800 AS a, "
      "(i * 104729 + i * i * 17) % 120 AS b WITH all[a] AS x, all[b] AS y CREATE (x)-[:T]->(y)");
  connection->run(
      "MATCH (n) WITH collect(n) AS all UNWIND all AS x WITH x, all[(id(x) * 13 + id(x) / 11) % 60] AS y CREATE "
      "(x)-[:Q]->(y)");
  connection->run(
      "MATCH (n) WITH collect(n) AS all UNWIND range(0, 899) AS i WITH all[(i * i * 7 + i) % 90] AS x, "
      "all[(i * i * i + i * 5) % 90] AS y CREATE (x)-[:T]->(y)");
  for (const char* query : {
           "MATCH (c)-[:P]->(a), (c)-[:Q]->(b), (a)-[:T]-(b) RETURN count(*)",
           "MATCH (c:A)-[:P]->(a:A), (c)-[:Q]->(b:A), (a)-[:T]->(b) RETURN count(*)",
           "MATCH (c)-[:P]->(a), (c)-[:Q]->()-[:Q]->(b), (b)-[:T]->(a) RETURN count(*)",
           "MATCH (c)-[:P]->(a)-[:T]->(z)<-[:T]-(c) RETURN count(*)",
           "MATCH (c)-[:P]->(a)-[:T]->(z:A)<-[:T]-(c) RETURN count(*)",
           "MATCH (c)-[:P]->(a)-[:T]->(z)<-[:T]-(b)<-[:Q]-(c) RETURN count(*)",
           "MATCH (c)-[:P]->(a)-[:T]->(z)<-[:T]-(c), (z)-[:Q]->(), (z)-[:T]->(w) RETURN count(*)",
           "MATCH (c)-[:P]->(a)-[:T]->(z)<-[:T]-(c)-[:T]->(u), (a)<-[:P]-(v) RETURN count(*)",
           "MATCH (t)<-[:T]-(m)<-[:P]-(c)-[:T]->(u) WHERE t <> u RETURN count(*)",
           "MATCH (t)<-[:T]-(m)<-[:P]-(c)-[:T]->(u) WHERE t <> u AND NOT (c)-[:T]->(t) RETURN count(*)",
           "MATCH (c {v: 2})-[:P]->(a), (c)-[:Q]->(b), (a)-[:T]-(b) RETURN count(*)",
       }) {
    const auto enumerated = answer(*connection, query, {"message-aggregate"});
    EXPECT_EQ(answer(*connection, query, {"message-cost"}), enumerated) << query;
    EXPECT_EQ(answer(*connection, query, {}), enumerated) << query;
    EXPECT_NE(enumerated, "0 \n") << query;
  }
}

// Of which all terms, or what it costs to enumerate them, are beyond any number.
TEST(MessageAggregate, LongPatternsArePlanned) {
  auto database = Database::inMemory();
  auto connection = database->connect();
  fill(*connection, 1);
  for (const char* edge : {"-->", "--", "-[:T]->", "-[:T*1..2]-"}) {
    std::string pattern = "(n0)";
    for (int i = 1; i <= 300; ++i) pattern += edge + ("(n" + std::to_string(i) + ")");
    EXPECT_NE(answer(*connection, "EXPLAIN MATCH " + pattern + " RETURN count(*)", {}), "") << edge;
    EXPECT_NE(answer(*connection, "EXPLAIN MATCH " + pattern + " RETURN count(*)", {"message-cost"}), "") << edge;
  }
}

// Else the tests above would compare enumeration with itself.
TEST(MessageAggregate, IsUsed) {
  auto database = Database::inMemory();
  auto connection = database->connect();
  fill(*connection, 1);
  int used = 0, grouped = 0, queries = 0;
  for (const char* query : kQueries) {
    const auto plan = answer(*connection, std::string{"EXPLAIN "} + query, {"message-cost"});
    ++queries;
    used += plan.find("MessageAggregate") != std::string::npos ? 1 : 0;
    grouped += plan.find(", highest ") != std::string::npos ? 1 : 0;
  }
  EXPECT_GE(used, queries - 8);
  EXPECT_EQ(grouped, 6);
}

}  // namespace
}  // namespace plexus
