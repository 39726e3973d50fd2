// Declared types, asked of imported rows.
#include <map>
#include <random>
#include <set>

#include <fmt/format.h>
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

// Columns of CSV files have no types of their own: what is declared of the property counts, not what the cells look
// like.
TEST_F(TypedImport, ColumnsOfCsvHaveTheDeclaredTypes) {
  run("CREATE NODE TYPE Gene EXTENDS Entity (code STRING, weight FLOAT, n INTEGER, tags LIST<STRING>, seen DATE)");
  const auto importGenes = [&](std::string_view text, std::vector<std::string> more = {}) {
    NoProgress progress;
    std::vector<std::string> arguments{"--format", "csv", "--nodes", "Gene=" + file("g.csv", text), "--id", "id"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return importFiles(database_->store(), parseImportArguments(arguments), progress);
  };
  importGenes("id,name,code,weight,n,tags,seen\n1,a,13,1,7,8,2020-01-31\n2,b,014,,,,\n");
  EXPECT_EQ(rows("MATCH (g:Gene) RETURN g.id, g.code, g.weight, g.n, g.tags, g.seen ORDER BY g.name"),
            (std::vector<std::string>{"1 '13' 1.0 7 ['8'] 2020-01-31", "2 '014' null null null null"}));
  EXPECT_THAT(test::errorOf([&] { importGenes("id,name,n\n3,c,1\n4,d,z\n5,e,2\n"); }),
              HasSubstr("g.csv:3:3: column `n`: `z` is not of type INTEGER"));
  EXPECT_THAT(test::errorOf([&] {
                importGenes("id,name,n\n6,f,1\n", {"--properties", "name,n:STRING"});
              }),
              HasSubstr("g.csv:2:3: the property `n` must be INTEGER, not '1' (node type `Gene`)"));
}

TEST_F(TypedImport, ConstraintsOnTypesHold) {
  run("CREATE CONSTRAINT w FOR (n:Disease) REQUIRE n.w IS :: INTEGER | LIST<INTEGER NOT NULL>");
  EXPECT_THAT(
      refusal("id:ID,name,w,:LABEL\n1,x,1,Disease\n"),
      HasSubstr("n.csv:2:3: the property `w` must be INTEGER | LIST<INTEGER NOT NULL>, not '1' (constraint `w`)"));
  importFrom({"--nodes", file("n.csv", "id:ID,name,w:int,:LABEL\n1,x,1,Disease\n2,y,,Disease\n3,z,,Drug\n")});
  EXPECT_EQ(rows("MATCH (n) RETURN n.w ORDER BY n.name"), (std::vector<std::string>{"1", "null", "null"}));
}

TEST_F(TypedImport, ConstraintsOnTypesTellHowCellsAreRead) {
  run("CREATE CONSTRAINT FOR (n:Part) REQUIRE n.u IS :: INTEGER");
  run("CREATE CONSTRAINT FOR (n:Part) REQUIRE n.v IS :: FLOAT");
  run("CREATE CONSTRAINT FOR (n:Part) REQUIRE n.w IS :: STRING");
  const auto importParts = [&](std::string_view text) {
    NoProgress progress;
    const std::vector<std::string> arguments{"--format", "csv", "--nodes", "Part=" + file("p.csv", text), "--id", "id"};
    return importFiles(database_->store(), parseImportArguments(arguments), progress);
  };
  EXPECT_THAT(test::errorOf([&] { importParts("id,u\n1,1\n2,x\n"); }),
              HasSubstr("p.csv:3:2: column `u`: `x` is not of type INTEGER"));
  importParts("id,u,v,w\n1,1,2,3\n");
  EXPECT_EQ(rows("MATCH (n:Part) RETURN n.u, n.v, n.w"), (std::vector<std::string>{"1 2.0 '3'"}));
}

TEST_F(TypedImport, DuplicatesOfUniqueValuesAreNamed) {
  run("ALTER NODE TYPE Disease EXTENDS Entity (code STRING UNIQUE)");
  run("CREATE (:Disease {name: 'was', code: 'c0'})");
  EXPECT_THAT(
      refusal("id:ID,name,code,:LABEL\n1,x,c1,Disease\n2,y,,Disease\n3,z,c1,Disease\n"),
      HasSubstr("n.csv:4:3: column `code`: the value 'c1' is there already (constraint `unique_Disease_code`)"));
  EXPECT_THAT(refusal("id:ID,name,code,:LABEL\n1,x,c0,Disease\n"), HasSubstr("n.csv:2:3: column `code`"));
}

TEST_F(TypedImport, DuplicatesUnderKeysOfSeveralPropertiesAreNamed) {
  run("CREATE CONSTRAINT e FOR (n:Part) REQUIRE (n.u, n.v) IS NODE KEY");
  run("CREATE CONSTRAINT k FOR ()-[r:joins]-() REQUIRE (r.k, r.l) IS UNIQUE");
  run("CREATE (:Part {u: 'w', v: '1'})");
  EXPECT_THAT(refusal("id:ID,u,v,:LABEL\n1,x,1,Part\n2,y,1,Part\n3,x,2,Part\n4,x,1,Part\n"),
              HasSubstr("n.csv:5:2: columns `u`, `v`: the values 'x', '1' are there already (constraint `e`)"));
  EXPECT_THAT(refusal("id:ID,u,v,:LABEL\n1,w,1,Part\n"), HasSubstr("n.csv:2:2: columns `u`, `v`"));
  EXPECT_THAT(refusal(kNodes, ":START_ID,:END_ID,:TYPE,k,l\n1,2,joins,1,1\n2,1,joins,1,\n2,1,joins,1,1\n"),
              HasSubstr("r.csv:4:4: columns `k`, `l`: the values '1', '1' are there already (constraint `k`)"));
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
            (std::vector<std::string>{"1 row of `treats` is further evidence of statements that other rows make"}));
  EXPECT_EQ(
      rows("CYPHER inference=off MATCH ()-[r:treats]->() RETURN r.kind, [e IN evidence(r) | e.source] ORDER BY r.kind"),
      (std::vector<std::string>{"'a' ['one', 'two']", "'b' ['three']"}));
}

TEST_F(TypedImport, DeclaredFieldsOfEvidenceAreNoQualifiers) {
  run("CREATE RELATION TYPE aids FROM Drug TO Disease WITH EVIDENCE "
      "(kind STRING, source STRING EVIDENCE NOT NULL, level STRING EVIDENCE DEFAULT 'weak')");
  const auto relationships = [&](std::string_view rows) {
    return std::vector<std::string>{"--nodes", file("n.csv", kNodes), "--relationships", file("r.csv", rows)};
  };
  EXPECT_THAT(
      test::errorOf([&] { importFrom(relationships(":START_ID,:END_ID,:TYPE,source\n1,2,aids,a\n1,2,aids,\n")); }),
      HasSubstr("r.csv:3:4: the property `source` must not be missing (relation type `aids`)"));
  importFrom(
      relationships(":START_ID,:END_ID,:TYPE,kind,source,level\n1,2,aids,k,a,\n1,2,aids,k,b,strong\n"
                    "1,2,aids,k,c,\n1,2,aids,k,c,weak\n1,2,aids,k,a,weak\n"));
  EXPECT_EQ(rows("CYPHER inference=off MATCH ()-[r:aids]->() RETURN r.kind, [e IN evidence(r) | e.source + e.level]"),
            (std::vector<std::string>{"'k' ['aweak', 'bstrong', 'cweak']"}));
}

class StoredStatements : public TypedImport {
 protected:
  ImportReport relationships(const std::string& rows) { return importFrom({"--relationships", file("r.csv", rows)}); }
  std::vector<std::string> statements(const std::string& type = "treats") {
    return rows("CYPHER inference=off MATCH (a)-[r:" + type +
                "]->(b) RETURN a.name, b.name, r.kind, [e IN evidence(r) | e.source] ORDER BY a.name, b.name, r.kind");
  }
  void SetUp() override {
    TypedImport::SetUp();
    run("CREATE RELATION TYPE alike SYMMETRIC WITH EVIDENCE (kind STRING DEFAULT 'any')");
    importFrom({"--id-type", "integer", "--nodes", file("n.csv", "id:ID(Drug),name,:LABEL\n1,x,Drug\n4,y,Drug\n"),
                "--nodes", file("m.csv", "id:ID(Disease),name,:LABEL\n2,d,Disease\n3,e,Disease\n")});
  }
  static constexpr const char* kHeader = ":START_ID(Drug),:END_ID(Disease),:TYPE,kind,source\n";
};

TEST_F(StoredStatements, GetTheEvidenceOfLaterImports) {
  relationships(std::string{kHeader} + "1,2,treats,a,one\n1,2,treats,b,two\n1,3,treats,,three\n");
  const ImportReport report = relationships(std::string{kHeader} +
                                            "1,2,treats,a,four\n4,2,treats,a,five\n1,3,treats,,six\n"
                                            "1,2,treats,a,seven\n1,3,treats,a,eight\n4,2,treats,a,nine\n");
  EXPECT_EQ(report.relationships, 2U);
  EXPECT_EQ(report.notes,
            (std::vector<std::string>{"1 row of `treats` is further evidence of statements that other rows make",
                                      "3 rows of `treats` are evidence of statements that were there before"}));
  EXPECT_EQ(statements(), (std::vector<std::string>{"'x' 'd' 'a' ['one', 'four', 'seven']", "'x' 'd' 'b' ['two']",
                                                    "'x' 'e' 'a' ['eight']", "'x' 'e' null ['three', 'six']",
                                                    "'y' 'd' 'a' ['five', 'nine']"}));
}

TEST_F(StoredStatements, ARowThatIsThereIsNotAddedAgain) {
  const std::string rows =
      std::string{kHeader} + "1,2,treats,a,one\n1,2,treats,a,one\n1,2,treats,a,two\n1,2,treats,a,two\n4,2,treats,,\n";
  const std::vector<std::string> expected{"'x' 'd' 'a' ['one', 'two']", "'y' 'd' null []"};
  for (int i = 0; i < 3; ++i) {
    relationships(rows);
    EXPECT_EQ(statements(), expected);
  }
}

TEST_F(StoredStatements, WithoutEvidenceTakeTheFirstRowAsTheirOwn) {
  relationships(std::string{kHeader} + "1,2,treats,a,\n");
  relationships(std::string{kHeader} + "1,2,treats,a,one\n1,2,treats,a,two\n1,2,treats,a,one\n");
  EXPECT_EQ(statements(), (std::vector<std::string>{"'x' 'd' 'a' ['one', 'two']"}));
  EXPECT_EQ(rows("MATCH ()-[r:treats {source: 'one'}]->() RETURN count(*)"), (std::vector<std::string>{"1"}));
}

TEST_F(StoredStatements, MadeByQueriesAndUnderOtherNames) {
  run("MATCH (x {name: 'x'}), (d {name: 'd'}) CREATE (x)-[:treats {kind: 'a', source: 'query'}]->(d)");
  run("MATCH (x {name: 'x'}), (y {name: 'y'}) CREATE (x)-[:alike {source: 'query'}]->(y)");
  importFrom(
      {"--relationships",
       file("i.csv", ":START_ID(Disease),:END_ID(Drug),:TYPE,kind,source\n2,1,treated_by,a,import\n"),
       "--relationships",
       file("s.csv", ":START_ID(Drug),:END_ID(Drug),:TYPE,kind,source\n4,1,alike,,import\n4,1,alike,b,other\n")});
  EXPECT_EQ(statements(), (std::vector<std::string>{"'x' 'd' 'a' ['query', 'import']"}));
  EXPECT_EQ(statements("alike"),
            (std::vector<std::string>{"'x' 'y' 'any' ['query', 'import']", "'y' 'x' 'b' ['other']"}));
}

TEST_F(TypedImport, HetionetKeepsToWhatIsDeclared) {
  run("CREATE RELATION TYPE TREATS_CtD FROM Drug TO Disease WITH EVIDENCE");
  run("CREATE NODE TYPE Compound EXTENDS Drug (id STRING NOT NULL)");
  run("CREATE RELATION TYPE RESEMBLES_DrD FROM Disease TO Disease ACYCLIC FUNCTIONAL");
  const std::string nodes = file("n.tsv",
                                 "id\tname\tkind\nCompound::1\tx\tCompound\nDisease::2\td\tDisease\n"
                                 "Disease::3\te\tDisease\nGene::4\tg\tGene\n");
  const auto import = [&](const std::string& edges, const std::string& nodesFile) {
    NoProgress progress;
    const std::string name = file("e.sif", "source\tmetaedge\ttarget\n" + edges);
    const std::vector<std::string> arguments{"--format", "hetionet", nodesFile, name};
    return importFiles(database_->store(), parseImportArguments(arguments), progress);
  };
  const auto refused = [&](const std::string& edges) { return test::errorOf([&] { import(edges, nodes); }); };
  EXPECT_THAT(test::errorOf([&] { import("", file("u.tsv", "id\tname\tkind\nCompound::1\t\tCompound\n")); }),
              HasSubstr("u.tsv:2:2: the property `name` must not be missing (node type `Entity`)"));
  run("CREATE RELATION TYPE BINDS_CbG FROM Disease TO Gene (affinity FLOAT NOT NULL)");
  EXPECT_THAT(refused("Compound::1\tCbG\tGene::4\n"),
              HasSubstr("e.sif:2: the property `affinity` must not be missing (relation type `BINDS_CbG`)"));
  run("ALTER RELATION TYPE BINDS_CbG FROM Disease TO Gene");
  EXPECT_THAT(refused("Compound::1\tCbG\tGene::4\n"),
              HasSubstr("e.sif:2:1: the start is :Compound, not Disease (relation type `BINDS_CbG`: FROM Disease)"));
  EXPECT_THAT(refused("Disease::2\tDrD\tDisease::3\nDisease::3\tDrD\tDisease::2\n"),
              HasSubstr("relation type `RESEMBLES_DrD` is acyclic, but 2 relationships form a cycle: "));
  EXPECT_THAT(refused("Disease::2\tDrD\tDisease::3\nDisease::2\tDrD\tDisease::2\n"),
              HasSubstr("e.sif:3:3: the start is related to another node already"));
  run("ALTER DATABASE SET STRICT");
  EXPECT_THAT(refused(""), HasSubstr("n.tsv:3:1: column `id` is no declared property (strict node type)"));
  run("ALTER DATABASE REMOVE STRICT");
  EXPECT_EQ(rows("MATCH (n) RETURN count(*)"), (std::vector<std::string>{"0"}));

  const ImportReport report = import("Compound::1\tCtD\tDisease::2\nCompound::1\tCtD\tDisease::2\n", nodes);
  EXPECT_EQ(report.relationships, 1U);
  EXPECT_EQ(rows("MATCH (c:Entity:Drug)-[:TREATS_CtD]->(d:Entity) RETURN c.status, labels(d)"),
            (std::vector<std::string>{"'new' ['Entity', 'Disease']"}));
}

// What an import changes of stored relationships is found by their indexes, and checked by store.check().
TEST_F(StoredStatements, AreIndexedAnew) {
  run("CREATE INDEX sources FOR ()-[r:treats]-() ON (r.kind, r.source)");
  run("CREATE FULLTEXT INDEX rows FOR ()-[r:treats]-() ON EACH [r.source, r.more_evidence]");
  relationships(std::string{kHeader} + "1,2,treats,a,\n1,3,treats,b,alpha\n");
  relationships(std::string{kHeader} + "1,2,treats,a,beta\n1,3,treats,b,gamma\n");
  relationships(std::string{kHeader} + "1,3,treats,b,delta\n");
  EXPECT_EQ(rows("MATCH ()-[r:treats {kind: 'a', source: 'beta'}]->() RETURN count(*)"),
            (std::vector<std::string>{"1"}));
  for (const char* word : {"alpha", "beta", "gamma", "delta"}) {
    EXPECT_EQ(rows("CALL db.index.fulltext.queryRelationships('rows', '" + std::string{word} +
                   "') YIELD relationship RETURN count(*)"),
              (std::vector<std::string>{"1"}))
        << word;
  }
  std::string findings;
  database_->store().check([&](const std::string& line) { findings += line + "\n"; });
  EXPECT_EQ(findings, "");
}

TEST_F(StoredStatements, AFailedImportLeavesTheirEvidence) {
  relationships(std::string{kHeader} + "1,2,treats,a,one\n");
  EXPECT_THAT(test::errorOf([&] { relationships(std::string{kHeader} + "1,2,treats,a,two\n1,9,treats,a,three\n"); }),
              HasSubstr("r.csv:3:2: no node of `Disease` has the id `9`"));
  EXPECT_EQ(statements(), (std::vector<std::string>{"'x' 'd' 'a' ['one']"}));
}

// Rows in any order over several imports, against one map of what they say.
TEST_F(StoredStatements, RandomImportsAreOneWithAnother) {
  std::mt19937 random{20261126};
  std::map<std::string, std::set<std::string>> expected;
  for (int import = 0; import < 12; ++import) {
    std::string rows = kHeader;
    for (int row = 0; row < 40; ++row) {
      const std::string drug = random() % 2 == 0 ? "1" : "4", disease = random() % 2 == 0 ? "2" : "3";
      const std::string kind = random() % 3 == 0 ? "" : random() % 2 == 0 ? "a" : "b";
      const std::string source = random() % 8 == 0 ? "" : std::to_string(random() % 60);
      rows += fmt::format("{},{},treats,{},{}\n", drug, disease, kind, source);
      auto& evidence = expected[fmt::format("{}{}{}", drug, disease, kind)];
      if (!source.empty()) evidence.insert(source);
    }
    relationships(rows);
  }
  std::map<std::string, std::set<std::string>> found;
  Result result = database_->connect()->run(
      "MATCH (a)-[r:treats]->(b) RETURN toString(a.id) + toString(b.id) + coalesce(r.kind, '') AS statement, "
      "[e IN evidence(r) | e.source] AS sources");
  while (result.nextRow()) {
    const std::string statement{result.value(0).string()};
    EXPECT_FALSE(found.contains(statement)) << statement;
    for (const Value& source : result.value(1).list()) {
      EXPECT_TRUE(found[statement].insert(std::string{source.string()}).second) << statement;
    }
  }
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace plexus::load
