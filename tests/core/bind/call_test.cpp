// CALL of procedures and of subqueries.
#include <gtest/gtest.h>

#include "core/function/procedure.h"
#include "tests/core/bind/support.h"

namespace plexus::bind::test {
namespace {

using function::ProcedureEntry;

// my.proc(name :: STRING, limit? :: FLOAT) :: (a :: INTEGER, b :: STRING)
struct Procedures {
  ProcedureEntry entry;
  BindContext context;
  Procedures() {
    entry.name = "my.proc";
    entry.inputs = {{"name", TypeKind::kString, std::nullopt, true}, {"limit", TypeKind::kFloat, Value{1.5}, true}};
    entry.outputs = {{"a", TypeKind::kInteger, false}, {"b", TypeKind::kString, false}};
    context.findProcedure = [this](std::string_view name) { return name == entry.name ? &entry : nullptr; };
  }
};

TEST(CallProcedure, standaloneYieldsEverything) {
  const Procedures procedures;
  const Bound bound = bindText("CALL my.proc('x')", procedures.context);
  EXPECT_EQ(bound.columns(), "a, b");
  const auto& call = bound.clause<BoundCallProcedure>(0);
  EXPECT_EQ(call.arguments.size(), 2U) << "defaults are filled in";
  EXPECT_EQ(bindText("CALL my.proc", procedures.context).bound.parameters.size(), 2U);
}

TEST(CallProcedure, integersStandForFloats) {
  const Procedures procedures;
  EXPECT_EQ(errorOf("CALL my.proc('x', 3)", procedures.context), "");
  EXPECT_EQ(function::coerceArgument(procedures.entry, 1, Value{3}).floating(), 3.0);
  EXPECT_THROW(function::coerceArgument(procedures.entry, 0, Value{3}), Error);
}

TEST(CallProcedure, yieldIntroducesNames) {
  const Procedures procedures;
  EXPECT_EQ(bindText("CALL my.proc('x') YIELD b AS a, a AS c RETURN *", procedures.context).columns(), "a, c");
  EXPECT_EQ(errorOf("WITH 1 AS a CALL my.proc('x') YIELD a RETURN a", procedures.context),
            "SyntaxError: VariableAlreadyBound");
  EXPECT_EQ(errorOf("CALL my.proc('x') YIELD z RETURN z", procedures.context), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("CALL my.proc('x') YIELD * RETURN a", procedures.context), "SyntaxError: UnexpectedSyntax");
}

TEST(CallProcedure, errors) {
  Procedures procedures;
  EXPECT_EQ(errorOf("CALL other()", procedures.context), "ProcedureError: ProcedureNotFound");
  EXPECT_EQ(errorOf("CALL my.proc()", procedures.context), "SyntaxError: InvalidNumberOfArguments");
  EXPECT_EQ(errorOf("CALL my.proc(true)", procedures.context), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("CALL my.proc YIELD a RETURN a", procedures.context), "SyntaxError: InvalidArgumentPassingMode");
  const std::vector<std::string> none;
  procedures.context.parameters = &none;
  EXPECT_EQ(errorOf("CALL my.proc", procedures.context), "ParameterMissing: MissingParameter");
}

TEST(CallSubquery, importsByWith) {
  const Bound bound = bindText("MATCH (a) CALL { WITH a MATCH (a)-->(b) RETURN count(b) AS c } RETURN a, c");
  const auto& call = bound.clause<BoundCallSubquery>(1);
  EXPECT_TRUE(call.returns);
  EXPECT_EQ(call.outer.size(), 1U);
  EXPECT_EQ(errorOf("MATCH (a) CALL { MATCH (b) WHERE b.x = a.x RETURN b } RETURN b"),
            "SyntaxError: UndefinedVariable");
}

TEST(CallSubquery, importsByScopeClause) {
  EXPECT_EQ(errorOf("MATCH (a) CALL (a) { MATCH (a)-->(b) WITH b RETURN a.x + b.x AS c } RETURN c"), "");
  EXPECT_EQ(errorOf("MATCH (a), (z) CALL (a) { RETURN z.x AS c } RETURN c"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("MATCH (a) CALL (*) { RETURN a.x AS c } RETURN c"), "");
  EXPECT_EQ(errorOf("MATCH (a) CALL (a) { RETURN 1 AS a } RETURN a"), "SyntaxError: VariableAlreadyBound");
}

TEST(CallSubquery, unitSubqueriesLeaveRowsAlone) {
  const Bound bound = bindText("UNWIND [1, 2] AS x CALL (x) { CREATE (:N {v: x}) } RETURN x");
  EXPECT_FALSE(bound.clause<BoundCallSubquery>(1).returns);
  EXPECT_TRUE(bound.query().writes);
}

TEST(Warnings, nameWhatTheDatabaseDoesNotHave) {
  catalog::Catalog catalog;
  catalog.labels.add("Drug");
  catalog.relTypes.add("TREATS");
  catalog.propertyKeys.add("name");
  BindContext context;
  context.catalog = &catalog;
  const Bound bound = bindText("MATCH (d:Drgu)-[:TREATS]->(x) RETURN d.nmae", context);
  ASSERT_EQ(bound.bound.warnings.size(), 2U);
  EXPECT_EQ(bound.bound.warnings[0], "label `Drgu` is not in the database; did you mean `Drug`?");
  EXPECT_EQ(bindText("CREATE (n:New {k: 1}) RETURN n.k", context).bound.warnings.size(), 0U);
}

}  // namespace
}  // namespace plexus::bind::test
