// Queries that are long or deep: each has an answer or ends in LimitExceeded; none uses up the stack.
#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

class LimitsTest : public QueryTest {
 protected:
  static std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
  }
};

constexpr const char* kTooLarge = "LimitExceeded: ";

TEST_F(LimitsTest, ScriptsOfManyCreateClausesRun) {
  EXPECT_EQ(run(repeat("CREATE (:A {k: 1})-[:R]->(:B) ", 3000)).counters.nodesCreated, 6000U);
  EXPECT_EQ(one("MATCH (a:A {k: 1})-[:R]->(b:B) RETURN count(*)"), "3000");
}

TEST_F(LimitsTest, ChainsOfClausesEndAtTheDeepestPlan) {
  EXPECT_EQ(one("WITH 1 AS x " + repeat("WITH x + 1 AS x ", 900) + "RETURN x"), "901");
  for (const char* clause : {"WITH x ", "WITH x + 1 AS x ", "WITH x WHERE x = 1 ", "UNWIND [1] AS y WITH x ",
                             "WITH x, count(*) AS n WITH x ", "MERGE (:A {k: x}) ", "WITH x CREATE (:A {k: x}) "}) {
    EXPECT_EQ(error("WITH 1 AS x " + repeat(clause, 2500) + "RETURN x"), kTooLarge) << clause;
  }
  const std::string calls = "} " + repeat("WITH x WHERE x = 1 ", 500) + "RETURN x AS y ";
  EXPECT_EQ(error("WITH 1 AS x " + repeat("CALL (x) { ", 5) + "RETURN x AS y " + repeat(calls, 5)), kTooLarge);
  EXPECT_EQ(one("RETURN 1 AS x" + repeat(" UNION RETURN 1 AS x", 5000)), "1");
}

TEST_F(LimitsTest, LongPatternsArePlanned) {
  run("CREATE " + repeat("(:A)-[:R]->", 450) + "(:A)");
  EXPECT_EQ(one("MATCH p = " + repeat("()-->", 450) + "() RETURN length(p)"), "450");
  EXPECT_EQ(one("MERGE p = " + repeat("(:A)-[:R]->", 450) + "(:A) RETURN length(p)"), "450");
  EXPECT_EQ(error("MATCH " + repeat("()-->", 2000) + "() RETURN 1"), kTooLarge);
}

TEST_F(LimitsTest, ValuesNestSoDeepAndNoDeeper) {
  const auto nest = [](int times) { return "reduce(l = [], i IN range(1, " + std::to_string(times) + ") | [l])"; };
  EXPECT_EQ(one("RETURN " + nest(999) + " = " + nest(999)), "true");
  EXPECT_EQ(error("RETURN " + nest(1000)), kTooLarge);
  EXPECT_EQ(error("RETURN " + nest(1000000) + " IS NULL"), kTooLarge);
  EXPECT_EQ(error("WITH reduce(m = {}, i IN range(1, 1000000) | {m: m}) AS m RETURN DISTINCT m ORDER BY m"), kTooLarge);
  EXPECT_EQ(error("UNWIND [1] AS i WITH " + nest(999) + " AS l RETURN collect(l)"), kTooLarge);
}

}  // namespace
}  // namespace plexus
