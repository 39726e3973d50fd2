// Types and shapes of expressions.
#include <gtest/gtest.h>

#include "core/function/registry.h"
#include "tests/core/bind/support.h"

namespace plexus::bind::test {
namespace {

const BoundExpression& firstItem(const Bound& bound, std::size_t clause = 0) {
  return *bound.clause<BoundProjection>(clause).items[0].expression;
}

TEST(Expression, staticTypesFindMistakes) {
  EXPECT_EQ(errorOf("RETURN 123 AND true"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("RETURN NOT 'a'"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("RETURN 1 IN true"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("RETURN any(x IN ['a'] WHERE x % 2 = 0)"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("WITH 123 AS x RETURN x.num"), "TypeError: InvalidArgumentType");
  EXPECT_EQ(errorOf("MATCH p = ()-->() RETURN p.name"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("MATCH (n) RETURN type(n)"), "SyntaxError: InvalidArgumentType");
}

TEST(Expression, whatIsNotKnownWaits) {
  EXPECT_EQ(errorOf("RETURN $p AND true"), "");
  EXPECT_EQ(errorOf("RETURN null AND true"), "");
  EXPECT_EQ(errorOf("RETURN range(true, 1, 1)"), "");
  EXPECT_EQ(errorOf("RETURN [x IN [1, true, 'a'] | toInteger(x)]"), "");
  EXPECT_EQ(errorOf("WITH $p AS x RETURN x.num, x[0], x['a']"), "");
}

TEST(Expression, functionsAreChecked) {
  EXPECT_EQ(errorOf("RETURN foo(1)"), "SyntaxError: UnknownFunction");
  EXPECT_EQ(messageOf("RETURN lenght([1])"), "there is no function `lenght`; did you mean `length`?");
  EXPECT_EQ(errorOf("RETURN size()"), "SyntaxError: InvalidNumberOfArguments");
}

TEST(Expression, comparisonsChain) {
  const Bound bound = bindText("RETURN 1 < 2 <= 3");
  const auto& conjunction = firstItem(bound).as<Function>();
  EXPECT_EQ(conjunction.function, &function::operatorEntry("AND"));
  const auto& left = conjunction.arguments[0]->as<Function>();
  const auto& right = conjunction.arguments[1]->as<Function>();
  EXPECT_EQ(left.arguments[1], right.arguments[0]);
}

TEST(Expression, comprehensionsHaveTheirOwnNames) {
  EXPECT_EQ(bindText("RETURN [x IN [1, 2] WHERE x > 1 | x * 1.5] AS l").typeOf(0), "LIST<FLOAT>");
  EXPECT_EQ(errorOf("RETURN [x IN [1] | x] AS l, x"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("RETURN reduce(s = 0, x IN [1, 2] | s + x) AS sum"), "");
}

TEST(Expression, caseComparesItsSubjectOnce) {
  const Bound bound = bindText("WITH 1 AS x RETURN CASE x WHEN 1, 2 THEN 'a' WHEN > 5 THEN 'b' END AS c");
  const auto& choice = firstItem(bound, 1).as<Case>();
  EXPECT_NE(choice.subject, nullptr);
  EXPECT_EQ(choice.branches.size(), 2U);
  EXPECT_EQ(choice.branches[0].first->as<Function>().function, &function::operatorEntry("OR"));
  EXPECT_EQ(bound.typeOf(0), "STRING");
}

TEST(Expression, mapProjections) {
  const Bound bound = bindText("MATCH (n) WITH n, 1 AS city RETURN n {.name, .*, age: n.x + 1, city} AS m");
  const auto& map = firstItem(bound, 2).as<Case>().otherwise->as<MapExpression>();
  ASSERT_EQ(map.entries.size(), 4U);
  EXPECT_TRUE(map.isAll[1]);
  EXPECT_EQ(map.entries[3].first, "city");
}

TEST(Expression, parametersAreListed) {
  EXPECT_EQ(bindText("MATCH (n {id: $id}) WHERE n.x = $x OR n.y = $id RETURN n LIMIT $l").bound.parameters,
            (std::vector<std::string>{"id", "x", "l"}));
}

}  // namespace
}  // namespace plexus::bind::test
