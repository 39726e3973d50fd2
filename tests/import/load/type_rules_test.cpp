// Declared types, asked of imported rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/value/print.h"
#include "import/load/import.h"
#include "import/load/import_arguments.h"
#include "tests/import/support.h"

namespace plexus::load {
namespace {

using ::testing::HasSubstr;

class TypedImport : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* statement :
         {"CREATE NODE TYPE Entity ABSTRACT (name STRING NOT NULL)", "CREATE NODE TYPE Disease EXTENDS Entity",
          "CREATE NODE TYPE Drug EXTENDS Entity (year INTEGER, status STRING IN ['old', 'new'] DEFAULT 'new')",
          "CREATE RELATION TYPE is_a FROM Entity TO Entity TRANSITIVE ACYCLIC",
          "CREATE RELATION TYPE treats FROM Drug TO Disease INVERSE treated_by WITH EVIDENCE (kind STRING)",
          "CREATE RELATION TYPE made_by FROM Drug TO Entity FUNCTIONAL (since INTEGER NOT NULL)"}) {
      run(statement);
    }
  }

  void run(const std::string& statement) { database_->connect()->run(statement).drain(); }
  std::vector<std::string> rows(const std::string& query) {
    Result result = database_->connect()->run(query);
    std::vector<std::string> lines;
    while (result.nextRow()) {
      std::string line;
      for (std::size_t i = 0; i < result.columns().size(); ++i) {
        line += (i > 0 ? " " : "") + toCypherText(result.value(i), &result.entities());
      }
      lines.push_back(line);
    }
    return lines;
  }
  std::string file(const std::string& name, std::string_view text) { return directory_.write(name, text).string(); }
  ImportReport importFrom(std::vector<std::string> arguments) {
    NoProgress progress;
    arguments.insert(arguments.begin(), {"--format", "neo4j"});
    return importFiles(database_->store(), parseImportArguments(arguments), progress);
  }
  std::string refusal(const std::string& nodes, const std::string& relationships = "") {
    std::vector<std::string> arguments{"--nodes", file("n.csv", nodes)};
    if (!relationships.empty()) {
      arguments.insert(arguments.end(), {"--relationships", file("r.csv", relationships)});
    }
    return test::errorOf([&] { importFrom(arguments); });
  }

  test::TemporaryDirectory directory_;
  std::shared_ptr<Database> database_ = Database::inMemory();
};

constexpr const char* kNodes = "id:ID,name,:LABEL\n1,x,Drug\n2,d,Disease\n3,e,Disease\n4,y,Drug\n";

TEST_F(TypedImport, NodesGetSuperTypesAndDefaults) {
  importFrom(
      {"--nodes", file("n.csv", "id:ID,name,year:int,status,:LABEL\n1,x,1990,old,Drug\n2,y,,,Drug\n3,d,,,Disease\n")});
  EXPECT_EQ(rows("MATCH (d:Entity) RETURN d.name, d.status, size(labels(d)) ORDER BY d.name"),
            (std::vector<std::string>{"'d' null 2", "'x' 'old' 2", "'y' 'new' 2"}));
}

TEST_F(TypedImport, RowsThatOffendAreNamed) {
  EXPECT_THAT(refusal("id:ID,name,:LABEL\n1,x,Drug\n2,,Drug\n"),
              HasSubstr("n.csv:3:2: the property `name` must not be missing (node type `Entity`)"));
  EXPECT_THAT(refusal("id:ID,:LABEL\n1,Drug\n"), HasSubstr("n.csv:2: the property `name` must not be missing"));
  EXPECT_THAT(refusal("id:ID,name,year,:LABEL\n1,x,early,Drug\n"),
              HasSubstr("n.csv:2:3: the property `year` must be INTEGER, not 'early' (node type `Drug`)"));
  EXPECT_THAT(refusal("id:ID,name,status,:LABEL\n1,x,odd,Drug\n"), HasSubstr("must be one of 'old', 'new', not 'odd'"));
  EXPECT_THAT(refusal("id:ID,name,:LABEL\n1,x,Entity\n"), HasSubstr("node type `Entity` is abstract"));
  EXPECT_EQ(rows("MATCH (n) RETURN count(*)"), (std::vector<std::string>{"0"}));
}

TEST_F(TypedImport, DuplicatesOfUniqueValuesAreNamed) {
  run("ALTER NODE TYPE Disease EXTENDS Entity (code STRING UNIQUE)");
  run("CREATE (:Disease {name: 'was', code: 'c0'})");
  EXPECT_THAT(
      refusal("id:ID,name,code,:LABEL\n1,x,c1,Disease\n2,y,,Disease\n3,z,c1,Disease\n"),
      HasSubstr("n.csv:4:3: column `code`: the value 'c1' is there already (constraint `unique_Disease_code`)"));
  EXPECT_THAT(refusal("id:ID,name,code,:LABEL\n1,x,c0,Disease\n"), HasSubstr("n.csv:2:3: column `code`"));
}

TEST_F(TypedImport, RelationshipsHaveTheRightEnds) {
  EXPECT_THAT(refusal(kNodes, ":START_ID,:END_ID,:TYPE\n1,2,treats\n2,3,treats\n"),
              HasSubstr("r.csv:3:1: the start is :Disease, not Drug (relation type `treats`: FROM Drug)"));
  EXPECT_THAT(refusal(kNodes, ":START_ID,:END_ID,:TYPE\n1,2,treated_by\n"),
              HasSubstr("r.csv:2:1: the end is :Drug, not Disease"));
  EXPECT_THAT(refusal(kNodes, ":START_ID,:END_ID,:TYPE,since:int\n1,2,made_by,\n"),
              HasSubstr("the property `since` must not be missing (relation type `made_by`)"));
  EXPECT_THAT(
      refusal(kNodes, ":START_ID,:END_ID,:TYPE,since:int\n1,2,made_by,1\n1,3,made_by,1\n"),
      HasSubstr("r.csv:3:2: the start is related to another node already (relation type `made_by` is functional)"));
}

TEST_F(TypedImport, AnInverseNameIsStoredTurnedRound) {
  importFrom({"--nodes", file("n.csv", kNodes), "--relationships",
              file("r.csv", ":START_ID,:END_ID,:TYPE\n2,1,treated_by\n")});
  EXPECT_EQ(rows("CYPHER inference=off MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name"),
            (std::vector<std::string>{"'x' 'treats' 'd'"}));
}

TEST_F(TypedImport, ACycleNamesItsRows) {
  EXPECT_THAT(refusal(kNodes, ":START_ID,:END_ID,:TYPE\n1,2,is_a\n2,3,is_a\n3,4,is_a\n4,2,is_a\n"),
              HasSubstr("relation type `is_a` is acyclic, but 3 relationships form a cycle"));
  importFrom({"--nodes", file("n.csv", kNodes), "--relationships",
              file("r.csv", ":START_ID,:END_ID,:TYPE\n2,3,is_a\n3,4,is_a\n")});
}

TEST_F(TypedImport, StatementsAreMerged) {
  const ImportReport report = importFrom(
      {"--nodes", file("n.csv", kNodes), "--relationships",
       file("r.csv",
            ":START_ID,:END_ID,:TYPE,kind,source\n1,2,treats,a,one\n2,1,treated_by,a,two\n1,2,treats,b,three\n")});
  EXPECT_EQ(report.relationships, 2U);
  EXPECT_EQ(report.notes,
            (std::vector<std::string>{"1 rows of `treats` are further evidence of statements that other rows make"}));
  EXPECT_EQ(
      rows("CYPHER inference=off MATCH ()-[r:treats]->() RETURN r.kind, [e IN evidence(r) | e.source] ORDER BY r.kind"),
      (std::vector<std::string>{"'a' ['one', 'two']", "'b' ['three']"}));
}

}  // namespace
}  // namespace plexus::load
