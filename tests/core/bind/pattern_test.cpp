// Patterns: what names mean, and how conditions, paths and selectors are lowered.
#include <gtest/gtest.h>

#include "tests/core/bind/support.h"

namespace plexus::bind::test {
namespace {

const PatternGraph& graphOf(const Bound& bound, std::size_t clause = 0) {
  return bound.clause<BoundMatch>(clause).graph;
}

TEST(Pattern, oneNodePerName) {
  const Bound bound = bindText("MATCH (a:A)-[r:T|U]->(b)<--(a:B) RETURN a");
  const auto& graph = graphOf(bound);
  ASSERT_EQ(graph.nodes.size(), 2U);
  EXPECT_EQ(graph.nodes[0].labels->kind, BoundLabels::Kind::kAnd);
  ASSERT_EQ(graph.relationships.size(), 2U);
  EXPECT_EQ(graph.relationships[0].direction, Direction::kOut);
  EXPECT_EQ(graph.relationships[0].types->kind, BoundLabels::Kind::kOr);
  EXPECT_EQ(graph.relationships[1].direction, Direction::kIn);
  EXPECT_EQ(graph.relationships[1].right, 0U);
  EXPECT_EQ(bound.variable(graph.relationships[1].variable).name.front(), ' ');
}

TEST(Pattern, namesInScopeAreBound) {
  const Bound bound = bindText("MATCH (a) MATCH (a)-->(b) RETURN b");
  EXPECT_TRUE(graphOf(bound, 1).nodes[0].bound);
  EXPECT_FALSE(graphOf(bound, 1).nodes[1].bound);
}

TEST(Pattern, kindsMustAgree) {
  EXPECT_EQ(errorOf("MATCH (r)-[r]->() RETURN r"), "SyntaxError: VariableTypeConflict");
  EXPECT_EQ(errorOf("MATCH r = ()-->(), (r) RETURN r"), "SyntaxError: VariableTypeConflict");
  EXPECT_EQ(errorOf("MATCH (r), r = ()-->() RETURN r"), "SyntaxError: VariableAlreadyBound");
  EXPECT_EQ(errorOf("WITH 1 AS n MATCH (n) RETURN n"), "SyntaxError: VariableTypeConflict");
  EXPECT_EQ(errorOf("MATCH (n) WITH [n] AS ns MATCH (ns)-->(m) RETURN m"), "SyntaxError: VariableTypeConflict");
  EXPECT_EQ(errorOf("WITH null AS n OPTIONAL MATCH (n) RETURN n"), "");
  EXPECT_EQ(errorOf("MATCH (n $p) RETURN n"), "SyntaxError: InvalidParameterUse");
}

TEST(Pattern, conditionsBecomePredicates) {
  const Bound bound =
      bindText("MATCH (a {x: 1, y: b.y} WHERE a.z)-[r {w: 2}]->(b) WHERE a.p AND b.p AND r.q = 1 RETURN a");
  EXPECT_EQ(graphOf(bound).predicates.size(), 7U);
}

TEST(Pattern, variableLengthConditionsHoldForEachStep) {
  const Bound bound = bindText("MATCH (a)-[r:T*2.. {year: 1988} WHERE r.x > 1]->(b) RETURN r");
  const auto& relationship = graphOf(bound).relationships[0];
  EXPECT_EQ(relationship.length->min, 2U);
  EXPECT_FALSE(relationship.length->max);
  EXPECT_EQ(relationship.stepPredicates.size(), 2U);
  EXPECT_EQ(bound.variable(relationship.stepVariable).type.text(), "RELATIONSHIP");
  EXPECT_EQ(bound.typeOf(0), "LIST<RELATIONSHIP>");
}

TEST(Pattern, namedPathsListTheirSteps) {
  const Bound bound = bindText("MATCH p = (a)<-[r]-()-[*]-(c) RETURN p");
  const auto& path = graphOf(bound).paths.at(0);
  ASSERT_EQ(path.steps.size(), 5U);
  EXPECT_EQ(path.steps[3].kind, PatternPath::Step::Kind::kRelationship);
  EXPECT_EQ(bound.typeOf(0), "PATH");
}

TEST(Pattern, quantifiedPatternsHaveGroups) {
  const Bound bound = bindText("MATCH (a)((x:X)-[r]->(y) WHERE x.v < y.v){1,3}(b) RETURN x, r");
  const auto& quantified = graphOf(bound).quantified.at(0);
  EXPECT_EQ(quantified.length.max, 3U);
  EXPECT_EQ(quantified.groups.size(), 3U);
  EXPECT_EQ(quantified.graph->predicates.size(), 1U);
  EXPECT_EQ(bound.typeOf(0), "LIST<NODE>");
  EXPECT_EQ(bound.typeOf(1), "LIST<RELATIONSHIP>");
}

TEST(Pattern, plainQuantifiersAreVariableLength) {
  const Bound bound = bindText("MATCH (a)-[r:T]->+(b)(()-[:U]->()){2}(c) RETURN r");
  const auto& graph = graphOf(bound);
  EXPECT_TRUE(graph.quantified.empty());
  ASSERT_EQ(graph.relationships.size(), 2U);
  EXPECT_EQ(graph.relationships[0].length->min, 1U);
  EXPECT_EQ(graph.relationships[1].length->max, 2U);
}

TEST(Pattern, shortestPathTakesItsConditions) {
  const Bound bound = bindText(
      "MATCH (a {id: 1}), (b) MATCH p = shortestPath((a)-[r*]-(b)) "
      "WHERE any(x IN r WHERE x.ok) AND all(x IN r WHERE x.good) AND none(n IN nodes(p) WHERE n.bad) AND a.y RETURN p");
  const auto& graph = graphOf(bound, 1);
  ASSERT_EQ(graph.shortest.size(), 1U);
  EXPECT_TRUE(graph.relationships[0].inShortest);
  EXPECT_EQ(graph.shortest[0].predicates.size(), 1U);           // any()
  EXPECT_EQ(graph.relationships[0].stepPredicates.size(), 2U);  // all(), and none() of the ends of each step
  EXPECT_EQ(graph.predicates.size(), 3U);                       // none() of the ends, and a.y
  EXPECT_TRUE(graph.paths.empty());
}

TEST(Pattern, selectors) {
  const Bound bound = bindText("MATCH p = SHORTEST 2 (a)-[:T]->+(b) WHERE a.x = 1 RETURN p");
  EXPECT_EQ(graphOf(bound).shortest.at(0).k, 2U);
  EXPECT_EQ(graphOf(bound).predicates.size(), 1U);
}

TEST(PatternPredicate, mayNotIntroduceNames) {
  const Bound bound = bindText("MATCH (n) WHERE (n)-[:T]->() RETURN n");
  const auto& subquery = graphOf(bound).predicates.at(0)->as<Subquery>();
  EXPECT_EQ(subquery.subquery, SubqueryKind::kExists);
  EXPECT_EQ(subquery.outer.size(), 1U);
  EXPECT_EQ(errorOf("MATCH (n) WHERE (n)-[r]->() RETURN n"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("MATCH (n) WHERE (n) RETURN n"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("MATCH (n) RETURN (n)-->()"), "SyntaxError: UnexpectedSyntax");
  EXPECT_EQ(errorOf("MATCH (n) RETURN exists((n)-->()) AS e"), "");
}

TEST(PatternComprehension, isACollectingSubquery) {
  const Bound bound = bindText("MATCH (n) RETURN [p = (n)-[r]->(m) WHERE m.x > n.x | m.name] AS names");
  EXPECT_EQ(bound.typeOf(0), "LIST<ANY>");
  const auto& subquery = bound.clause<BoundProjection>(1).items[0].expression->as<Subquery>();
  EXPECT_EQ(subquery.subquery, SubqueryKind::kCollect);
  EXPECT_EQ(subquery.outer.size(), 1U);
  EXPECT_EQ(subquery.query->columns.size(), 1U);
}

TEST(Subquery, seesTheScopesAroundIt) {
  const Bound bound = bindText("MATCH (a), (b) RETURN COUNT { MATCH (a)-->(c) WHERE EXISTS { (c)-->(b) } } AS n");
  const auto& subquery = bound.clause<BoundProjection>(1).items[0].expression->as<Subquery>();
  EXPECT_EQ(subquery.outer.size(), 2U);
  EXPECT_EQ(errorOf("MATCH (n) WHERE EXISTS { MATCH (n) SET n.x = 1 } RETURN n"),
            "SyntaxError: InvalidClauseComposition");
}

}  // namespace
}  // namespace plexus::bind::test
