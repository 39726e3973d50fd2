#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

using SchemaTest = QueryTest;

TEST_F(SchemaTest, UniqueConstraintsAreKept) {
  const Summary summary = run("CREATE CONSTRAINT u FOR (d:Drug) REQUIRE d.id IS UNIQUE");
  EXPECT_EQ(summary.counters.constraintsAdded, 1U);
  run("CREATE (:Drug {id: 1})");
  EXPECT_EQ(error("CREATE (:Drug {id: 1})"), "ConstraintValidationFailed: PropertyNotUnique");
  run("CREATE (:Other {id: 1}), (:Drug {id: 2})");
  EXPECT_EQ(one("MATCH (d:Drug) RETURN count(*)"), "2");
}

TEST_F(SchemaTest, UniqueConstraintsAreNotCreatedOverDuplicates) {
  run("CREATE (:Drug {id: 1}), (:Drug {id: 1})");
  EXPECT_EQ(error("CREATE CONSTRAINT FOR (d:Drug) REQUIRE d.id IS UNIQUE"),
            "ConstraintValidationFailed: PropertyNotUnique");
  EXPECT_TRUE(rows("SHOW CONSTRAINTS").empty());
}

TEST_F(SchemaTest, ExistenceIsCheckedAtTheEndOfTheStatement) {
  run("CREATE CONSTRAINT FOR (d:Drug) REQUIRE d.name IS NOT NULL");
  EXPECT_EQ(error("CREATE (:Drug)"), "ConstraintValidationFailed: PropertyMissing");
  run("CREATE (d:Drug) SET d.name = 'x'");
  EXPECT_EQ(error("MATCH (d:Drug) REMOVE d.name"), "ConstraintValidationFailed: PropertyMissing");
  EXPECT_EQ(one("MATCH (d:Drug) RETURN d.name"), "'x'");
}

TEST_F(SchemaTest, PropertyTypesAreChecked) {
  run("CREATE CONSTRAINT FOR (d:Drug) REQUIRE d.names IS :: LIST<STRING NOT NULL>");
  EXPECT_EQ(error("CREATE (:Drug {names: 'x'})"), "ConstraintValidationFailed: PropertyTypeViolated");
  run("CREATE (:Drug {names: ['x']})");
}

TEST_F(SchemaTest, RelationshipsHaveConstraintsToo) {
  run("CREATE CONSTRAINT FOR ()-[r:TREATS]-() REQUIRE r.evidence IS NOT NULL");
  EXPECT_EQ(error("CREATE ()-[:TREATS]->()"), "ConstraintValidationFailed: PropertyMissing");
  run("CREATE ()-[:TREATS {evidence: 'PMID 1'}]->()");
}

TEST_F(SchemaTest, IfExistsAndIfNotExists) {
  run("CREATE INDEX a FOR (d:Drug) ON (d.name)");
  EXPECT_EQ(error("CREATE INDEX a FOR (d:Drug) ON (d.id)"), "SchemaError: IndexNameExists");
  EXPECT_EQ(run("CREATE INDEX a IF NOT EXISTS FOR (d:Drug) ON (d.name)").warnings.size(), 1U);
  EXPECT_EQ(error("DROP INDEX b"), "SchemaError: IndexNotFound");
  EXPECT_EQ(run("DROP INDEX b IF EXISTS").counters.indexesRemoved, 0U);
  EXPECT_EQ(run("DROP INDEX a").counters.indexesRemoved, 1U);
}

TEST_F(SchemaTest, NamesMayBeParameters) {
  connection_->run("CREATE INDEX $name FOR (d:Drug) ON (d.name)", {{"name", "by name"}}).drain();
  EXPECT_EQ(one("SHOW INDEXES YIELD name"), "'by name'");
  EXPECT_THROW(connection_->run("DROP INDEX $name", {{"name", 1}}).drain(), Error);
  EXPECT_THROW(connection_->run("DROP INDEX $name").drain(), Error);
  connection_->run("DROP INDEX $name", {{"name", "by name"}}).drain();
  EXPECT_TRUE(rows("SHOW INDEXES").empty());
}

TEST_F(SchemaTest, AHintInVainIsAWarning) {
  run("CREATE (:Drug {name: 'a'})");
  const std::string hinted = "MATCH (d:Drug) USING INDEX d:Drug(name) WHERE d.name = 'a' RETURN d.name";
  EXPECT_EQ(run(hinted).warnings, Lines{"USING INDEX: no index serves the conditions on `d`"});
  run("CREATE INDEX FOR (d:Drug) ON (d.name)");
  EXPECT_EQ(run(hinted).warnings, Lines{});
}

TEST_F(SchemaTest, ProceduresTellWhatIsThere) {
  run("CREATE (:A {x: 1})-[:R {w: 0.5}]->(:B)");
  EXPECT_EQ(sorted("CALL db.labels()"), (Lines{"'A'", "'B'"}));
  EXPECT_EQ(sorted("CALL db.relationshipTypes()"), (Lines{"'R'"}));
  EXPECT_EQ(sorted("CALL db.propertyKeys()"), (Lines{"'w'", "'x'"}));
  EXPECT_EQ(rows("CALL db.schema.relTypeProperties()"), (Lines{"':`R`' | 'w' | ['FLOAT'] | true"}));
}

}  // namespace
}  // namespace plexus
