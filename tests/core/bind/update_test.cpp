// CREATE, MERGE, SET, REMOVE, DELETE, FOREACH.
#include <gtest/gtest.h>

#include "tests/core/bind/support.h"

namespace plexus::bind::test {
namespace {

TEST(Create, nodesComeBeforeTheirRelationships) {
  const Bound bound = bindText("MATCH (a) CREATE p = (a)<-[r:T {x: 1}]-(b:B:C), (d) RETURN p");
  const auto& create = bound.clause<BoundCreate>(1);
  ASSERT_EQ(create.elements.size(), 3U);
  const auto& node = std::get<CreateNode>(create.elements[0]);
  EXPECT_EQ(node.labels, (std::vector<std::string>{"B", "C"}));
  const auto& relationship = std::get<CreateRelationship>(create.elements[1]);
  EXPECT_EQ(relationship.type, "T");
  EXPECT_EQ(relationship.start, node.variable);
  EXPECT_EQ(bound.variable(relationship.end).name, "a");
  ASSERT_EQ(create.paths.size(), 1U);
  EXPECT_EQ(create.paths[0].nodes.size(), 2U);
}

TEST(Create, errors) {
  EXPECT_EQ(errorOf("MATCH (a) CREATE (a)"), "SyntaxError: VariableAlreadyBound");
  EXPECT_EQ(errorOf("CREATE (a), (a {})-[:T]->()"), "SyntaxError: VariableAlreadyBound");
  EXPECT_EQ(errorOf("MATCH ()-[r]->() CREATE ()-[r]->()"), "SyntaxError: VariableAlreadyBound");
  EXPECT_EQ(errorOf("CREATE ()-[:T]-()"), "SyntaxError: RequiresDirectedRelationship");
  EXPECT_EQ(errorOf("CREATE ()-->()"), "SyntaxError: NoSingleRelationshipType");
  EXPECT_EQ(errorOf("CREATE ()-[:A|B]->()"), "SyntaxError: NoSingleRelationshipType");
  EXPECT_EQ(errorOf("CREATE ()-[:T*2]->()"), "SyntaxError: CreatingVarLength");
  EXPECT_EQ(errorOf("CREATE (b {name: missing})"), "SyntaxError: UndefinedVariable");
  EXPECT_EQ(errorOf("CREATE (n $properties)"), "");
}

TEST(Merge, looksForWhatItMakes) {
  const Bound bound = bindText("MATCH (a) MERGE p = (a)-[r:T {x: 1}]-(b:B {y: 2}) ON CREATE SET b.z = 3 RETURN p");
  const auto& merge = bound.clause<BoundMerge>(1);
  ASSERT_EQ(merge.graph.nodes.size(), 2U);
  EXPECT_EQ(merge.graph.relationships[0].direction, Direction::kBoth);
  EXPECT_EQ(merge.graph.predicates.size(), 2U);
  EXPECT_EQ(merge.graph.paths.size(), 1U);
  EXPECT_EQ(merge.create.elements.size(), 2U);
  EXPECT_EQ(merge.onCreate.size(), 1U);
  EXPECT_EQ(errorOf("CREATE (a:Foo) MERGE (a)-[r:KNOWS]->(a:Bar)"), "SyntaxError: VariableAlreadyBound");
  EXPECT_EQ(errorOf("MERGE (n $p) RETURN n"), "SyntaxError: InvalidParameterUse");
}

TEST(Delete, takesEntitiesOnly) {
  EXPECT_EQ(errorOf("MATCH (n) DELETE n:Person"), "SyntaxError: InvalidDelete");
  EXPECT_EQ(errorOf("MATCH () DELETE 1 + 1"), "SyntaxError: InvalidArgumentType");
  EXPECT_EQ(errorOf("MATCH p = ()-->() WITH collect(p) AS ps DETACH DELETE ps[0]"), "");
}

TEST(Set, items) {
  const Bound bound = bindText("MATCH (n) SET n.x = 1, n += {y: 2}, n:A:B, n['k'] = 3 REMOVE n.z, n:C");
  EXPECT_EQ(bound.clause<BoundSet>(1).items.size(), 4U);
  EXPECT_EQ(bound.clause<BoundRemove>(2).items.size(), 2U);
  EXPECT_TRUE(bound.query().writes);
  EXPECT_EQ(errorOf("MATCH (n) SET n.x = missing"), "SyntaxError: UndefinedVariable");
}

TEST(Foreach, bodyHasItsOwnScope) {
  const Bound bound = bindText("MATCH (n) FOREACH (x IN [1, 2] | CREATE (m {v: x})-[:T]->(n) SET m.w = x)");
  EXPECT_EQ(bound.clause<BoundForeach>(1).body.size(), 2U);
  EXPECT_EQ(errorOf("FOREACH (x IN [1] | CREATE (m)) RETURN m"), "SyntaxError: UndefinedVariable");
}

}  // namespace
}  // namespace plexus::bind::test
