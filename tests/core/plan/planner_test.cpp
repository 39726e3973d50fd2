#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/plan/rewrite/passes.h"
#include "tests/core/plan/plan_fixture.h"

namespace plexus::plan {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

std::string explain(const std::string& query, const std::set<std::string>& disabled = {"message-aggregate"}) {
  std::string text = planText(query, hetionet(), disabled)->explain();
  std::printf("%s\n%s\n", query.c_str(), text.c_str());
  return text;
}

TEST(Planner, StartsAtTheMostSelectiveNode) {
  const auto plan = explain("MATCH (c:Compound {id: 'x'})-[:TREATS_CtD]->(d:Disease) RETURN d.name");
  EXPECT_THAT(plan, HasSubstr("IndexSeek"));
  EXPECT_THAT(plan, ContainsRegex("Expand +[0-9.]+  \\(c\\)-\\[#[0-9]+:TREATS_CtD\\]->\\(d:Disease\\)"));
  EXPECT_THAT(plan, Not(HasSubstr("Filter")));  // the seek fulfils the equality, the expansion the label
}

TEST(Planner, WalksBackwardsWhereThatIsCheaper) {
  const auto plan = explain(
      "MATCH (c:Compound)-[:BINDS_CbG]->(g:Gene)<-[:ASSOCIATES_DaG]-(d:Disease {id: 'x'}) RETURN c.name, count(*)");
  EXPECT_THAT(plan, ContainsRegex("IndexSeek +[0-9.]+  \\(d:Disease\\) id = 'x'"));
  EXPECT_THAT(plan, HasSubstr("(d)-["));
  EXPECT_THAT(plan, HasSubstr("(g)<-["));
}

TEST(Planner, RelationshipsDifferOnlyWhereTypesMeet) {
  const auto same =
      explain("MATCH (a:Gene)-[r:PARTICIPATES_GpBP]->(p)<-[s:PARTICIPATES_GpBP]-(b:Gene) RETURN count(*)");
  EXPECT_THAT(same, HasSubstr("differs from"));
  const auto other = explain("MATCH (c)-[:BINDS_CbG]->(g)<-[:ASSOCIATES_DaG]-(d) RETURN count(*)");
  EXPECT_THAT(other, Not(HasSubstr("differs from")));
  const auto clauses =
      explain("MATCH (a:Gene)-[:PARTICIPATES_GpBP]->(p) MATCH (p)<-[:PARTICIPATES_GpBP]-(b:Gene) RETURN count(*)");
  EXPECT_THAT(clauses, Not(HasSubstr("differs from")));
}

TEST(Planner, TrianglesIntersectNeighbourLists) {
  const auto plan = explain(
      "MATCH (a:Gene)-[:INTERACTS_GiG]-(b:Gene)-[:INTERACTS_GiG]-(c:Gene)-[:INTERACTS_GiG]-(a) RETURN count(*)");
  EXPECT_THAT(plan, HasSubstr("MultiwayIntersect"));
}

TEST(Planner, PredicatesAreAppliedAsSoonAsTheyCan) {
  const auto plan =
      explain("MATCH (c:Compound)-[:BINDS_CbG]->(g:Gene) WHERE c.name = 'a' AND g.name = 'b' RETURN c, g");
  const auto expand = plan.find("Expand"), first = plan.find("Filter"), second = plan.find("Filter", first + 1);
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(first, expand);
  EXPECT_GT(second, expand);
}

TEST(Planner, ExistsBecomesASemiJoin) {
  const std::string query =
      "MATCH (c:Compound)-[:PALLIATES_CpD]->(d:Disease) WHERE NOT (c)-[:TREATS_CtD]->(d) RETURN count(*)";
  const auto plan = explain(query);
  EXPECT_THAT(plan, HasSubstr("anti with"));
  EXPECT_THAT(plan, HasSubstr(" into"));
  const auto plain = explain(query, {"semi-join", "message-aggregate"});
  EXPECT_THAT(plain, Not(HasSubstr("Apply")));
  EXPECT_THAT(plain, HasSubstr("EXISTS subquery"));
}

TEST(Planner, OptionalMatchIsAnApply) {
  const auto plan = explain("MATCH (c:Compound) OPTIONAL MATCH (c)-[:TREATS_CtD]->(d) WHERE d.x = 1 RETURN c, d");
  EXPECT_THAT(plan, HasSubstr("optional with c"));
  EXPECT_THAT(plan, HasSubstr("| Filter"));
}

TEST(Planner, UnreadVariablesArePruned) {
  const auto plan = planText("MATCH p = (c:Compound)-[r:BINDS_CbG]->(g) RETURN c.name", hetionet());
  const LogicalOperator* op = plan->root.get();
  ASSERT_EQ(op->kind(), LogicalKind::kProject);
  op = op->children[0].get();
  ASSERT_EQ(op->kind(), LogicalKind::kExpand);
  EXPECT_EQ(op->output.size(), 1U);
}

TEST(Planner, DistinctEndsGoBreadthFirst) {
  const auto plan =
      explain("MATCH (a:Gene {id: 1})-[:INTERACTS_GiG*1..3]-(b:Gene) WHERE b <> a RETURN count(DISTINCT b)");
  EXPECT_THAT(plan, HasSubstr("distinct ends"));
  EXPECT_THAT(explain("MATCH (a:Gene {id: 1})-[:INTERACTS_GiG*1..3]-(b:Gene) RETURN count(b)"),
              Not(HasSubstr("distinct ends")));
  EXPECT_THAT(explain("MATCH (a:Gene {id: 1})-[:INTERACTS_GiG*1..3]-(b:Gene) RETURN count(DISTINCT b)"),
              HasSubstr("distinct ends"));
  EXPECT_THAT(explain("MATCH (a:Gene {id: 1})-[:INTERACTS_GiG*2..3]-(b:Gene) RETURN count(DISTINCT b)"),
              Not(HasSubstr("distinct ends")));  // a shortest walk may be too short
  EXPECT_THAT(explain("MATCH (a:Gene {id: 1}) ((x)-[:INTERACTS_GiG]->(y))+ (b) RETURN count(DISTINCT b)"),
              HasSubstr("distinct ends"));
  EXPECT_THAT(explain("MATCH (a:Gene {id: 1}) ((x)-[:INTERACTS_GiG]->()-->(y))+ (b) RETURN count(DISTINCT b)"),
              Not(HasSubstr("distinct ends")));  // a shortest walk of longer steps may repeat a relationship
}

TEST(Planner, TopK) {
  const auto plan = explain("MATCH (d:Disease) RETURN d.name AS n ORDER BY n SKIP 2 LIMIT 10");
  EXPECT_THAT(plan, HasSubstr("n first 12"));
  EXPECT_THAT(plan, HasSubstr("skip 2 limit 10"));
}

TEST(Planner, Writes) {
  EXPECT_THAT(explain("MATCH (c:Compound) CREATE (c)-[:X]->(:Y)"), HasSubstr("EmptyResult"));
  EXPECT_THAT(explain("MERGE (c:Compound {id: 'x'}) RETURN c"), HasSubstr("Merge"));
  const auto after = explain("CREATE (x:Disease) WITH x MATCH (y:Disease) RETURN count(*)");
  EXPECT_THAT(after, HasSubstr("Apply"));  // the scan must see what was created
  EXPECT_THAT(explain("MATCH (c:Compound) SET c.x = 1 REMOVE c.y DETACH DELETE c"), HasSubstr("detach"));
  EXPECT_THAT(explain("UNWIND [1, 2] AS x FOREACH (y IN [x] | CREATE (:N {v: y}))"), HasSubstr("Foreach"));
}

TEST(Planner, SubqueriesAndUnions) {
  EXPECT_THAT(explain("MATCH (c:Compound) RETURN COUNT { (c)-[:BINDS_CbG]->() } AS n"), HasSubstr("COUNT subquery"));
  EXPECT_THAT(explain("MATCH (c:Compound) CALL { WITH c MATCH (c)-[:TREATS_CtD]->(d) RETURN d } RETURN c, d"),
              HasSubstr("Apply"));
  EXPECT_THAT(explain("RETURN 1 AS x UNION RETURN 2 AS x"), HasSubstr("Union"));
  EXPECT_THAT(
      explain("MATCH (c:Compound {id: 1}), (d:Disease {id: 2}), p = shortestPath((c)-[*]-(d)) RETURN length(p)"),
      HasSubstr("ShortestPath"));
  EXPECT_THAT(explain("MATCH p = (a:Gene {id: 1}) ((x)-[r:INTERACTS_GiG]->(y)){1,3} (b) RETURN p, [n IN x | n.id]"),
              HasSubstr("QuantifiedExpand"));
}

TEST(Planner, MatchesOfTreesAreCounted) {
  const auto paths = explain(
      "MATCH (c:Compound)-[:BINDS_CbG]->(g1:Gene)-[:PARTICIPATES_GpBP]->(p:BiologicalProcess)"
      "<-[:PARTICIPATES_GpBP]-(g2:Gene)<-[:ASSOCIATES_DaG]-(d:Disease) RETURN count(*)",
      {});
  EXPECT_THAT(paths, HasSubstr("MessageAggregate"));
  EXPECT_THAT(paths, HasSubstr("1 corrections"));
  EXPECT_THAT(paths, Not(HasSubstr("Expand")));
  const auto grouped = explain(
      "MATCH (g:Gene)-[:PARTICIPATES_GpBP]->(p:BiologicalProcess)<-[:PARTICIPATES_GpBP]-(g2:Gene) "
      "RETURN p.name, count(g2), min(p.id)",
      {});
  EXPECT_THAT(grouped, ContainsRegex("MessageAggregate +[0-9]+  \\(p:BiologicalProcess\\)"));
  const auto optional = explain(
      "MATCH (g:Gene)-[:PARTICIPATES_GpBP]->(p) OPTIONAL MATCH (p)<-[:PARTICIPATES_GpBP]-(g2) RETURN count(*)", {});
  EXPECT_THAT(optional, HasSubstr("optional"));
  EXPECT_THAT(optional, HasSubstr("MessageAggregate"));
}

// However many there are: the corners' countries are a column, not nodes to bind.
TEST(Planner, TrianglesOfASharedImageAreCounted) {
  FakeNumbers n;
  n.label("Person", 49460);
  n.label("City", 1343);
  n.label("Country", 111);
  n.type("IS_PART_OF", "City", "Country", 1343);
  n.type("IS_LOCATED_IN", "Person", "City", 49460);
  n.type("KNOWS", "Person", "Person", 903115);
  const auto plan = planText(
                        "MATCH (k:Country) MATCH (a:Person)-[:IS_LOCATED_IN]->(:City)-[:IS_PART_OF]->(k) "
                        "MATCH (b:Person)-[:IS_LOCATED_IN]->(:City)-[:IS_PART_OF]->(k) "
                        "MATCH (c:Person)-[:IS_LOCATED_IN]->(:City)-[:IS_PART_OF]->(k) "
                        "MATCH (a)-[:KNOWS]-(b)-[:KNOWS]-(c)-[:KNOWS]-(a) RETURN count(*)",
                        n)
                        ->explain();
  EXPECT_THAT(plan, HasSubstr("MessageAggregate"));
  EXPECT_THAT(plan, Not(HasSubstr("MultiwayIntersect")));
}

TEST(Planner, MatchesOfWhichTwoNodesAreReadAreCountedByPairs) {
  EXPECT_THAT(explain("MATCH (a:Gene)-[:INTERACTS_GiG]-(b)-[:INTERACTS_GiG]-(c) RETURN a.x, c.x, count(*)", {}),
              ContainsRegex("MessageAggregate +[0-9]+  pairs \\(a:Gene\\)\\(c\\)"));
}

TEST(Planner, WalksOfFewLengthsAreCounted) {
  const auto fixed = explain("MATCH (a:Gene)-[:INTERACTS_GiG*2]->(b:Gene) RETURN a, b");
  EXPECT_THAT(fixed, Not(HasSubstr("VarLengthExpand")));
  const auto counted = explain("MATCH (a:Gene)-[:INTERACTS_GiG*1..2]-(b) RETURN count(*)", {});
  EXPECT_THAT(counted, ContainsRegex("MessageAggregate .* 1 longer, 1 corrections"));
  EXPECT_THAT(explain("MATCH (a:Gene)-[r:INTERACTS_GiG*1..2]-(b) RETURN sum(size(r))", {}),
              Not(HasSubstr("MessageAggregate")));
}

TEST(Planner, DistinctNodesOfGroupsAreCountedWithoutPairs) {
  const auto distinct =
      explain("MATCH (a:Gene)-[:PARTICIPATES_GpBP]->(p)<-[:PARTICIPATES_GpBP]-(c) RETURN a.x, count(DISTINCT c)", {});
  EXPECT_THAT(distinct, HasSubstr("distinct c by a.x"));
  EXPECT_THAT(distinct, ContainsRegex("Aggregate +[0-9]+  count\\(\\*\\)"));
  EXPECT_THAT(
      explain("MATCH (a:Gene)-[:PARTICIPATES_GpBP]->(p)<-[:PARTICIPATES_GpBP]-(c) RETURN a.x, count(DISTINCT c.x)", {}),
      HasSubstr("count(DISTINCT"));
}

TEST(Planner, MatchesOfWhichMoreIsReadAreEnumerated) {
  EXPECT_THAT(explain("MATCH (a:Gene)-[r:INTERACTS_GiG]-(b)-[:INTERACTS_GiG]-(c) RETURN sum(r.x)", {}),
              Not(HasSubstr("MessageAggregate")));
  EXPECT_THAT(explain("MATCH (a:Gene)-[:INTERACTS_GiG]-(b)-[:INTERACTS_GiG]-(c) RETURN a.x, b.x, c.x, count(*)", {}),
              Not(HasSubstr("MessageAggregate")));
}

TEST(Planner, BoundRelationshipsGiveTheirEnds) {
  EXPECT_THAT(explain("MATCH ()-[r:TREATS_CtD]->() WITH r MATCH (a)-[r]->(b) RETURN a, b"), HasSubstr(" ends"));
}

TEST(Planner, ManyRelationshipsAreOrderedGreedily) {
  std::string query = "MATCH (n0:Gene {id: 1})";
  for (int i = 0; i < 30; ++i) query += "-[:INTERACTS_GiG]->(n" + std::to_string(i + 1) + ")";
  EXPECT_THAT(explain(query + " RETURN count(*)"), HasSubstr("n30"));
}

}  // namespace
}  // namespace plexus::plan
