#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

// Each with batches of two rows and of many.
class ExpressionTest : public QueryTest, public testing::WithParamInterface<std::size_t> {
 protected:
  ExpressionTest() { connection_->options().batchRows = GetParam(); }
};
INSTANTIATE_TEST_SUITE_P(BatchRows, ExpressionTest, testing::Values(2, 2048));

TEST_P(ExpressionTest, ConnectivesDoNotLookAtDecidedRows) {
  EXPECT_EQ(rows("UNWIND [0, 1, 2] AS x RETURN x <> 0 AND 2 / x = 1"), (Lines{"false", "false", "true"}));
  EXPECT_EQ(rows("UNWIND [0, 1, 2] AS x RETURN x = 0 OR 2 / x = 1"), (Lines{"true", "false", "true"}));
  EXPECT_EQ(rows("UNWIND [true, false, null] AS x RETURN x AND null, x OR null"),
            (Lines{"null | true", "false | null", "null | null"}));
}

TEST_P(ExpressionTest, CaseAndCoalesceEvaluateWhatTheyTake) {
  EXPECT_EQ(rows("UNWIND [0, 1, null] AS x RETURN CASE WHEN x = 0 THEN 'zero' WHEN 1 / x = 1 THEN 'one' END"),
            (Lines{"'zero'", "'one'", "null"}));
  EXPECT_EQ(rows("UNWIND [1, 'a', null] AS x RETURN CASE x WHEN 1 THEN 'i' WHEN 'a' THEN 's' ELSE 'e' END"),
            (Lines{"'i'", "'s'", "'e'"}));
  EXPECT_EQ(rows("UNWIND [1, 0] AS x RETURN coalesce(CASE WHEN x = 1 THEN x END, 5, 1 / 0)"), (Lines{"1", "5"}));
}

TEST_P(ExpressionTest, InWithFixedLists) {
  EXPECT_EQ(rows("UNWIND [1, 4, null, 'x'] AS v RETURN v IN [1, 2, 3]"), (Lines{"true", "false", "null", "false"}));
  EXPECT_EQ(rows("UNWIND ['a', 'b'] AS v RETURN v IN $l", {{"l", List{"a", Value{}}}}), (Lines{"true", "null"}));
}

TEST_P(ExpressionTest, Comprehensions) {
  EXPECT_EQ(rows("UNWIND [[1, 2, 3], [], null, [4]] AS l RETURN [x IN l WHERE x <> 2 | x * 10]"),
            (Lines{"[10, 30]", "[]", "null", "[40]"}));
  EXPECT_EQ(rows("UNWIND [2, 3] AS n RETURN [x IN range(1, n) | [y IN range(1, x) | x * y + n]]"),
            (Lines{"[[3], [4, 6]]", "[[4], [5, 7], [6, 9, 12]]"}));
  EXPECT_EQ(rows("UNWIND [[1, 2], [], null] AS l RETURN reduce(s = 0, x IN l | s + x)"), (Lines{"3", "0", "null"}));
}

TEST_P(ExpressionTest, QuantifiersKnowNull) {
  EXPECT_EQ(rows("UNWIND [[1, null], [null], [2], []] AS l "
                 "RETURN any(x IN l WHERE x = 1), all(x IN l WHERE x = 1), none(x IN l WHERE x = 1), "
                 "single(x IN l WHERE x = 1)"),
            (Lines{"true | null | false | null", "null | null | null | null", "false | false | true | false",
                   "false | true | true | false"}));
}

TEST_P(ExpressionTest, PropertiesOfEverything) {
  run("CREATE (:A {x: 1})-[:R {y: 'a'}]->({x: 'mixed'})-[:S {y: 2.5}]->()");
  EXPECT_EQ(sorted("MATCH (n)-[r]->() RETURN n.x, r.y, n.none"), (Lines{"'mixed' | 2.5 | null", "1 | 'a' | null"}));
  EXPECT_EQ(one("RETURN {a: {b: 7}}.a.b + date('2020-02-03').month"), "9");
}

TEST_P(ExpressionTest, LabelsAndTypes) {
  run("CREATE (:A:B)-[:R]->(:A)");
  EXPECT_EQ(sorted("MATCH (n) RETURN n:A&!B, n:B|C, n:%"), (Lines{"false | true | true", "true | false | true"}));
  EXPECT_EQ(rows("MATCH ()-[r]->() RETURN r:R, r:S"), (Lines{"true | false"}));
  EXPECT_EQ(rows("UNWIND [1, 'a', null, [1]] AS v RETURN v IS :: INTEGER, v IS :: INTEGER NOT NULL, v IS :: LIST<ANY>"),
            (Lines{"true | true | false", "false | false | false", "true | false | true", "false | false | true"}));
}

TEST_P(ExpressionTest, Subqueries) {
  run("CREATE (a:A {i: 1})-[:R]->(:B {j: 1}), (a)-[:R]->(:B {j: 2}), (:A {i: 2}), (a)-[:S]->(a)");
  EXPECT_EQ(rows("MATCH (a:A) RETURN a.i, COUNT { (a)-[:R]->() } AS r, COUNT { (a)--() } AS all, "
                 "EXISTS { (a)-[:R]->(:B {j: 2}) } AS e, COLLECT { MATCH (a)-[:R]->(b) RETURN b.j ORDER BY b.j } AS l "
                 "ORDER BY a.i"),
            (Lines{"1 | 2 | 3 | true | [1, 2]", "2 | 0 | 0 | false | []"}));
  EXPECT_EQ(rows("MATCH (a:A) WHERE NOT (a)-[:R]->() RETURN a.i"), (Lines{"2"}));
  EXPECT_EQ(rows("MATCH (a:A) RETURN [x IN [1, 2] | size([(a)-[:R]->(b) WHERE b.j = x | b.j])] AS l ORDER BY a.i"),
            (Lines{"[1, 1]", "[0, 0]"}));
}

TEST_P(ExpressionTest, ErrorsPointAtTheExpression) {
  const std::string text = "UNWIND [1, 0] AS x RETURN 10 / x";
  try {
    run(text);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kArithmeticError);
    const auto span = std::get<Span>(error.where());
    EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "10 / x");
  }
}

}  // namespace
}  // namespace plexus
