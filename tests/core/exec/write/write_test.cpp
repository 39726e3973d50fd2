#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

using WriteTest = QueryTest;

TEST_F(WriteTest, CreateMakesOnePatternARow) {
  run("UNWIND [1, 2] AS i CREATE p = (a:A {i: i})-[:R {w: i * 10}]->(:B)");
  EXPECT_EQ(sorted("MATCH p = (a:A)-->(b) RETURN p"),
            (Lines{"<(:A {i: 1})-[:R {w: 10}]->(:B)>", "<(:A {i: 2})-[:R {w: 20}]->(:B)>"}));
}

TEST_F(WriteTest, RowsThatOnlyRepeatAreWrittenAsOften) {
  run("CREATE (a:A), (a)-[:R]->(), (a)-[:R]->(), (a)-[:R]->()");
  run("MATCH (a:A)-[:R]->() CREATE (:Copy)");
  EXPECT_EQ(one("MATCH (c:Copy) RETURN count(*)"), "3");
}

TEST_F(WriteTest, CreateDoesNotSeeItself) {
  run("CREATE (), ()");
  run("MATCH (n) CREATE ()");
  EXPECT_EQ(one("MATCH (n) RETURN count(*)"), "4");
}

TEST_F(WriteTest, SetAddsUpOverRepeatedRows) {
  run("CREATE (:Counter {n: 0})");
  run("UNWIND [1, 2, 3] AS i MATCH (c:Counter) SET c.n = c.n + i");
  EXPECT_EQ(one("MATCH (c:Counter) RETURN c.n"), "6");
}

TEST_F(WriteTest, SetItemsSeeTheItemsBefore) {
  run("CREATE (:A {x: 1})");
  run("MATCH (a:A) SET a.x = 2, a.y = a.x, a:B");
  EXPECT_EQ(one("MATCH (a) RETURN a"), "(:A:B {x: 2, y: 2})");
}

TEST_F(WriteTest, MapsReplaceOrAdd) {
  run("CREATE (:A {x: 1, y: 2})");
  run("MATCH (a:A) SET a += {y: null, z: 3}");
  EXPECT_EQ(one("MATCH (a:A) RETURN a"), "(:A {x: 1, z: 3})");
  run("MATCH (a:A) SET a = $map", {{"map", Map{{{"w", 1}}}}});
  EXPECT_EQ(one("MATCH (a:A) RETURN a"), "(:A {w: 1})");
}

TEST_F(WriteTest, NothingIsSetOnNull) {
  EXPECT_EQ(one("OPTIONAL MATCH (a:None) SET a.x = 1, a:B REMOVE a.x DELETE a RETURN a"), "null");
}

TEST_F(WriteTest, RemovesPropertiesAndLabels) {
  run("CREATE (:A:B {x: 1, y: 2})");
  const Summary summary = run("MATCH (a:A) REMOVE a.x, a:B");
  EXPECT_EQ(summary.counters.labelsRemoved, 1U);
  EXPECT_EQ(one("MATCH (a) RETURN a"), "(:A {y: 2})");
}

TEST_F(WriteTest, MergeFindsOrMakes) {
  EXPECT_EQ(run("MERGE (:A {x: 1})").counters.nodesCreated, 1U);
  EXPECT_EQ(run("MERGE (:A {x: 1})").counters.nodesCreated, 0U);
  EXPECT_EQ(
      rows("UNWIND [2, 2, 3] AS x MERGE (a:A {x: x}) ON CREATE SET a.made = true ON MATCH SET a.met = true "
           "RETURN a"),
      (Lines{"(:A {made: true, met: true, x: 2})", "(:A {made: true, met: true, x: 2})", "(:A {made: true, x: 3})"}));
}

TEST_F(WriteTest, MergeGivesARowForEachMatch) {
  run("CREATE (:A), (:A)");
  EXPECT_EQ(rows("MERGE (a:A) RETURN a").size(), 2U);
  run("MATCH (a:A) MERGE (b:B) MERGE (a)-[:R]->(b)");
  EXPECT_EQ(one("MATCH (:A)-[r:R]->(:B) RETURN count(r)"), "2");
}

TEST_F(WriteTest, MergeRefusesNullProperties) {
  EXPECT_EQ(error("MERGE (:A {x: null})"), "SemanticError: MergeReadOwnWrites");
}

TEST_F(WriteTest, DeleteWantsRelationshipsGone) {
  run("CREATE (:A)-[:R]->(:B)");
  EXPECT_EQ(error("MATCH (a:A) DELETE a"), "ConstraintVerificationFailed: DeleteConnectedNode");
  run("MATCH (a:A)-[r]->() DELETE a, r");
  const Summary summary = run("CREATE (b2:B)-[:S]->(b2) WITH b2 DETACH DELETE b2");
  EXPECT_EQ(summary.counters.relationshipsDeleted, 1U);
  EXPECT_EQ(one("MATCH (n) RETURN n"), "(:B)");
}

TEST_F(WriteTest, DeletedEntitiesCannotBeRead) {
  run("CREATE (:A {x: 1})-[:R {x: 1}]->()");
  EXPECT_EQ(error("MATCH (a:A)-[r]->() DELETE r, a RETURN a.x"), "EntityNotFound: DeletedEntityAccess");
  EXPECT_EQ(error("MATCH (a:A)-[r]->() DELETE r RETURN r.x"), "EntityNotFound: DeletedEntityAccess");
  EXPECT_EQ(one("MATCH ()-[r]->() DELETE r RETURN type(r)"), "'R'");
}

TEST_F(WriteTest, ValuesThatCannotBeStoredAreRefused) {
  EXPECT_EQ(error("CREATE ({x: {y: 1}})"), "TypeError: InvalidPropertyType");
  EXPECT_EQ(error("CREATE (n) SET n.x = [n]"), "TypeError: InvalidPropertyType");
}

TEST_F(WriteTest, LimitDoesNotCancelWrites) {
  EXPECT_TRUE(rows("UNWIND [1, 2] AS i CREATE (n:N) RETURN n LIMIT 0").empty());
  EXPECT_EQ(one("MATCH (n:N) RETURN count(*)"), "2");
}

}  // namespace
}  // namespace plexus
