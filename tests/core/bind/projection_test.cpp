// WITH and RETURN: names, scopes, aggregation, ORDER BY.
#include <gtest/gtest.h>

#include "core/function/registry.h"
#include "tests/core/bind/support.h"

namespace plexus::bind::test {
namespace {

TEST(Projection, columnsAreNamedByTheirSource) {
  EXPECT_EQ(bindText("RETURN 1 +  2, 'a' AS b, cOuNt( * )").columns(), "1 +  2, b, cOuNt( * )");
  EXPECT_EQ(bindText("MATCH (n) RETURN n.name, n").columns(), "n.name, n");
}

TEST(Projection, starIsAlphabetical) {
  EXPECT_EQ(bindText("MATCH (b)-[a]->() RETURN *, 1 AS c").columns(), "a, b, c");
  EXPECT_EQ(errorOf("MATCH () RETURN *"), "SyntaxError: NoVariablesInScope");
  EXPECT_EQ(errorOf("MATCH (a) WITH *, 1 AS b RETURN a, b"), "");
}

TEST(Projection, typesGoThroughWith) {
  const Bound bound = bindText("MATCH (n)-[r*]->() WITH n AS m, r AS rs, [1, 2.0] AS l RETURN m, rs, l, 'a' + 'b'");
  EXPECT_EQ(bound.typeOf(0), "NODE");
  EXPECT_EQ(bound.typeOf(1), "LIST<RELATIONSHIP>");
  EXPECT_EQ(bound.typeOf(2), "LIST<INTEGER | FLOAT>");
  EXPECT_EQ(bound.typeOf(3), "STRING");
}

TEST(Projection, namesEndAtWith) {
  EXPECT_EQ(errorOf("MATCH (a), (b) WITH a RETURN b"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(messageOf("MATCH (drug) RETURN dru.name"), "variable `dru` is not defined; did you mean `drug`?");
  EXPECT_EQ(errorOf("RETURN 1 AS a, 2 AS a"), "SyntaxError: ColumnNameConflict");
  EXPECT_EQ(errorOf("MATCH (a) WITH a.name RETURN 1"), "SyntaxError: NoExpressionAlias");
}

TEST(Aggregation, itemsWithoutAggregatesAreKeys) {
  const Bound bound = bindText("MATCH (n) RETURN n.age AS age, count(*) AS c, sum(n.x) + count(*) AS s");
  const auto& projection = bound.clause<BoundProjection>(1);
  ASSERT_TRUE(projection.aggregating);
  ASSERT_EQ(projection.groupBy.size(), 1U);
  EXPECT_EQ(projection.groupBy[0].expression->kind(), BoundKind::kProperty);
  ASSERT_EQ(projection.aggregates.size(), 2U) << "count(*) is computed once";
  EXPECT_EQ(projection.aggregates[0].function, nullptr);
  EXPECT_EQ(projection.items.size(), 3U);
  EXPECT_EQ(projection.items[0].expression->as<Variable>().variable, projection.groupBy[0].variable);
}

TEST(Aggregation, whatMayStandBesideAnAggregate) {
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN a.age, a.age + count(b)"), "");
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN a, a.age + count(b)"), "");
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN $x + count(b)"), "");
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN a.name, {x: a.name = 'A', k: collect(b.name)}"), "");
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN a.age + count(b)"), "SyntaxError: AmbiguousAggregationExpression");
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN a.x + b.x, a.x + b.x + count(*)"),
            "SyntaxError: AmbiguousAggregationExpression");
  EXPECT_EQ(errorOf("RETURN count(count(*))"), "SyntaxError: NestedAggregation");
  EXPECT_EQ(errorOf("RETURN count(rand())"), "SyntaxError: NonConstantExpression");
  EXPECT_EQ(errorOf("MATCH (a) WHERE count(a) > 1 RETURN a"), "SyntaxError: InvalidAggregation");
  EXPECT_EQ(errorOf("MATCH (n) RETURN [x IN [1] | count(*)]"), "SyntaxError: InvalidAggregation");
}

TEST(OrderBy, readsNewNamesThenOldOnes) {
  const Bound bound = bindText("MATCH (n) RETURN n.name AS name ORDER BY name, n.age");
  const auto& projection = bound.clause<BoundProjection>(1);
  EXPECT_EQ(projection.orderBy[0].expression->as<Variable>().variable, projection.items[0].variable);
  EXPECT_EQ(projection.orderBy[1].expression->kind(), BoundKind::kProperty);
  ASSERT_EQ(projection.hidden.size(), 1U);
  EXPECT_EQ(bound.variable(projection.hidden[0].variable).name, "n");
}

TEST(OrderBy, recognisesColumns) {
  const Bound bound = bindText("MATCH (n) RETURN DISTINCT n.name AS name ORDER BY n.name DESC");
  const auto& projection = bound.clause<BoundProjection>(1);
  EXPECT_EQ(projection.orderBy[0].expression->as<Variable>().variable, projection.items[0].variable);
  EXPECT_TRUE(projection.orderBy[0].descending);
  EXPECT_TRUE(projection.hidden.empty());
  EXPECT_EQ(errorOf("MATCH (n) RETURN n.num AS n, count(n) AS c ORDER BY count(n), n.num"), "");
}

TEST(OrderBy, afterRowsWereMergedOnlyColumnsAreLeft) {
  EXPECT_EQ(errorOf("MATCH (a) RETURN DISTINCT a.name ORDER BY a.age"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("MATCH (a) RETURN a.name, count(*) ORDER BY a.age"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("MATCH (a)--(b) WITH count(b.x) AS c ORDER BY a.x + count(b.x) RETURN c"),
            "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("MATCH (a)--(b) RETURN a.x + b.x, count(*) AS c ORDER BY a.x + b.x + count(*)"),
            "SyntaxError: AmbiguousAggregationExpression");
  EXPECT_EQ(errorOf("MATCH (a) RETURN a.x AS x ORDER BY count(*)"), "SyntaxError: InvalidAggregation");
  EXPECT_EQ(errorOf("MATCH (a) RETURN a, count(*) AS c ORDER BY a.age + count(*)"), "");
  EXPECT_EQ(errorOf("MATCH (a) WITH DISTINCT a AS x ORDER BY size([(a)-->() | 1]) RETURN x"), "");
}

TEST(With, whereMayReadWhatIsNotProjected) {
  const Bound bound = bindText("MATCH (a) WITH a.name AS name WHERE a.age > 3 RETURN *");
  const auto& first = bound.clause<BoundProjection>(1);
  EXPECT_EQ(first.items.size(), 2U);
  ASSERT_NE(first.where, nullptr);
  EXPECT_EQ(bound.clause<BoundProjection>(2).items.size(), 1U);
  EXPECT_EQ(bound.columns(), "name");
}

TEST(RowCounts, mustBeConstantIntegers) {
  EXPECT_EQ(errorOf("MATCH (n) RETURN n SKIP 1 LIMIT $x"), "");
  EXPECT_EQ(errorOf("MATCH (n) RETURN n LIMIT toInteger(ceil(1.7))"), "");
  EXPECT_EQ(errorOf("MATCH (n) RETURN n SKIP n.count"), "SyntaxError: NonConstantExpression");
  EXPECT_EQ(errorOf("MATCH (n) RETURN n LIMIT -1"), "SyntaxError: NegativeIntegerArgument");
  EXPECT_EQ(errorOf("MATCH (n) RETURN n LIMIT 1.7"), "SyntaxError: InvalidArgumentType");
}

TEST(Union, columnsMustAgree) {
  const Bound bound = bindText("RETURN 1 AS a, 2 AS b UNION RETURN 3 AS b, 4 AS a");
  EXPECT_EQ(bound.columns(), "a, b");
  EXPECT_EQ(bound.variable(bound.query().parts[1].outputs[0]).name, "a");
  EXPECT_EQ(errorOf("RETURN 1 AS a UNION RETURN 2 AS b"), "SyntaxError: DifferentColumnsInUnion");
  EXPECT_EQ(errorOf("RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a"),
            "SyntaxError: InvalidClauseComposition");
}

TEST(Queries, endWithSomethingThatMatters) {
  EXPECT_EQ(errorOf("MATCH (n)"), "SyntaxError: InvalidClauseComposition");
  EXPECT_EQ(errorOf("RETURN 1 AS a MATCH (n) RETURN n"), "SyntaxError: InvalidClauseComposition");
}

}  // namespace
}  // namespace plexus::bind::test
