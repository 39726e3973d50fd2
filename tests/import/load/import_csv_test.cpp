// The csv format: mapping of columns, inferred types, errors with their place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/load/import_arguments.h"
#include "tests/import/load/recorder.h"

namespace plexus::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

test::Import make(std::map<std::string, std::string> files, std::vector<std::string> arguments) {
  test::Import import;
  import.files = std::move(files);
  import.options = parseImportArguments(arguments);
  return import;
}

test::Import people() {
  return make({{"p.csv", "ssn,name,age\n10,Ann,41\n20,\"Bo, jr.\",\n30,,7\n"},
               {"k.csv", "a,b,since\n10,20,1999-05-01\n30,10,\n"}},
              {"--nodes", "Person=p.csv", "--id", "ssn", "--relationships", "KNOWS=k.csv", "--from", "Person.a", "--to",
               "Person.b"});
}

TEST(ImportCsv, MapsColumnsAndInfersTypes) {
  test::Import import = people();
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:Person {age: 41, name: 'Ann', ssn: 10})",
                                          "(:Person {name: 'Bo, jr.', ssn: 20})", "(:Person {age: 7, ssn: 30})"));
  EXPECT_THAT(import.relationships(), ElementsAre("0-[:KNOWS {since: 1999-05-01}]->1", "2-[:KNOWS]->0"));
  EXPECT_THAT(import.indexNames(), ElementsAre("unique_Person_ssn"));
  EXPECT_TRUE(import.bulk.indexes.at(0).unique);
  EXPECT_TRUE(import.bulk.attached);
  EXPECT_EQ(import.report.nodes, 3U);
  EXPECT_THAT(import.report.nodesByLabel, ElementsAre(Pair("Person", 3U)));
  EXPECT_THAT(import.report.relationshipsByType, ElementsAre(Pair("KNOWS", 2U)));
}

TEST(ImportCsv, StoresOnlyTheColumnsAskedFor) {
  test::Import import = make({{"p.csv", "ssn,name,age\n10,Ann,41\n"}}, {"--nodes", "Person:Human=p.csv", "--id", "ssn",
                                                                        "--properties", "age=years:FLOAT,ssn:STRING"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:Person:Human {ssn: '10', years: 41.0})"));
}

TEST(ImportCsv, ReadsFilesWithoutHeader) {
  test::Import import =
      make({{"p.csv", "a,1\n"}, {"q.csv", "b,2\n"}}, {"--nodes", "P=p.csv,q.csv", "--id", "1", "--no-header"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:P {1: 'a', 2: 1})", "(:P {1: 'b', 2: 2})"));
}

TEST(ImportCsv, NullTextMakesCellsAbsent) {
  test::Import import =
      make({{"p.csv", "id,x\n1,NA\n2,\"NA\"\n"}}, {"--nodes", "P=p.csv", "--id", "id", "--null", "NA"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:P {id: 1})", "(:P {id: 2, x: 'NA'})"));
}

TEST(ImportCsv, EndsMayHaveAnyLabelOfTheirNodes) {
  test::Import import = make({{"a.csv", "id\nx\n"}, {"b.csv", "id\ny\n"}, {"r.csv", "f,t\nx,y\ny,x\n"}},
                             {"--nodes", "A:Thing=a.csv", "--id", "id", "--nodes", "B:Thing=b.csv", "--id", "id",
                              "--relationships", "R=r.csv", "--from", "Thing.f", "--to", "Thing.t"});
  import.run();
  EXPECT_THAT(import.relationships(), ElementsAre("0-[:R]->1", "1-[:R]->0"));
  EXPECT_THAT(import.indexNames(), ElementsAre("unique_A_id", "unique_B_id"));
}

TEST(ImportCsv, EndsMayBeInTheDatabase) {
  test::Import import = people();
  import.options.nodes.clear();
  import.database.properties["Person"] = "ssn";
  import.database.nodes = {{{"Person", "10"}, 5}, {{"Person", "20"}, 6}, { {"Person", "30"}, 7 }};
  import.run();
  EXPECT_THAT(import.relationships(), ElementsAre("5-[:KNOWS {since: 1999-05-01}]->6", "7-[:KNOWS]->5"));
}

TEST(ImportCsv, AnIdOfTheDatabaseIsADuplicate) {
  test::Import import = people();
  import.database.properties["Person"] = "ssn";
  import.database.nodes = {{ {"Person", "20"}, 6 }};
  EXPECT_EQ(import.error(), "p.csv:3:1: the id `20` is in the database already");
}

TEST(ImportCsv, NoIndexIsMadeOverNodesThatWereThere) {
  test::Import import = people();
  import.database.properties["Person"] = "other";
  import.run();
  EXPECT_THAT(import.indexNames(), ElementsAre());
  EXPECT_THAT(import.report.notes,
              ElementsAre("no unique index was made on :Person(ssn): nodes with that label were there before"));
}

std::string errorOf(const std::string& nodes, const std::string& relationships = "a,b\n") {
  test::Import import = people();
  import.files["p.csv"] = nodes;
  import.files["k.csv"] = relationships;
  return import.error();
}

TEST(ImportCsv, ErrorsNameFileLineColumnAndValue) {
  EXPECT_EQ(errorOf("ssn,n\n10,a\n24,b\n10,c\n"), "p.csv:4:1: the id `10` is there already (line 2)");
  EXPECT_EQ(errorOf("ssn,n\n10,a\n,b\n"), "p.csv:3:1: column `ssn`: the id is empty");
  EXPECT_EQ(errorOf("ssn,n\n10\n"), "p.csv:2: 1 field, where the table has 2 columns");
  EXPECT_EQ(errorOf("ssn,n\n10,a,b\n"), "p.csv:2: 3 fields, where the table has 2 columns");
  EXPECT_EQ(errorOf("ssn,n\n10,\"a\"x\n"), "p.csv:2:2: text after a closing quote");
  EXPECT_EQ(errorOf("ssn,n,n\n10,a,b\n"), "p.csv:1:3: the column `n` is there twice");
  EXPECT_EQ(errorOf(""), "p.csv:1: the file is empty: a header line was expected");
  EXPECT_EQ(errorOf("ss,n\n1,2\n"), "--id: p.csv has no column `ssn`; did you mean `ss`?");
  EXPECT_EQ(errorOf("ssn\n10\n", "a,b\n10,11\n"), "k.csv:2:2: no node of `Person` has the id `11`");
  EXPECT_EQ(errorOf("ssn\n10\n", "a,b\n,10\n"), "k.csv:2:1: column `a`: the id is empty");
}

TEST(ImportCsv, TheFirstWrongRowIsReported) {
  EXPECT_EQ(errorOf("ssn,n\n10,a\n\"20\"x,b\n10,c\n,d\n"), "p.csv:3:1: text after a closing quote");
  EXPECT_EQ(errorOf("ssn,n\n10,a\n10,c\n\"20\"x,b\n"), "p.csv:3:1: the id `10` is there already (line 2)");
}

TEST(ImportCsv, WrongValuesOfDeclaredTypes) {
  test::Import import =
      make({{"p.csv", "id,age\n1,12x\n"}}, {"--nodes", "P=p.csv", "--id", "id", "--properties", "age:INTEGER"});
  EXPECT_EQ(import.error(), "p.csv:2:2: column `age`: `12x` is not of type INTEGER");
}

TEST(ImportCsv, TheSecondFileMustHaveTheSameHeader) {
  test::Import import =
      make({{"a.csv", "id,x\n1,2\n"}, {"b.csv", "id,y\n3,4\n"}}, {"--nodes", "P=a.csv,b.csv", "--id", "id"});
  EXPECT_EQ(import.error(), "b.csv:1: the header differs from that of a.csv");
}

TEST(ImportCsv, ADuplicateInAnotherFileNamesIt) {
  test::Import import =
      make({{"a.csv", "id\n1\n2\n"}, {"b.csv", "id\n2\n"}}, {"--nodes", "P=a.csv,b.csv", "--id", "id"});
  EXPECT_EQ(import.error(), "b.csv:2:1: the id `2` is there already (a.csv:3)");
}

TEST(ImportCsv, ShortRowsWhereAllowed) {
  test::Import import = make({{"p.csv", "id,x,y\n1\n2,b\n"}}, {"--nodes", "P=p.csv", "--id", "id", "--short-rows"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:P {id: 1})", "(:P {id: 2, x: 'b'})"));
}

TEST(ImportCsv, SkippedRowsAreCountedByKindWithExamples) {
  test::Import import = people();
  import.files["p.csv"] = "ssn,n\n10,a\n10,b\n,c\n20\n10,d\n30,e\n";
  import.files["k.csv"] = "a,b\n10,30\n10,99\n";
  import.options.onError = OnError::kSkip;
  import.options.examplesPerKind = 1;
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:Person {n: 'a', ssn: 10})", "(:Person {n: 'e', ssn: 30})"));
  EXPECT_THAT(import.relationships(), ElementsAre("0-[:KNOWS]->1"));
  EXPECT_EQ(import.report.rejectedRows, 5U);
  ASSERT_EQ(import.report.rejected.size(), 4U);
  EXPECT_EQ(import.report.rejected[0].kind, "duplicate id");
  EXPECT_EQ(import.report.rejected[0].count, 2U);
  ASSERT_EQ(import.report.rejected[0].examples.size(), 1U);
  EXPECT_EQ(import.report.rejected[0].examples[0].where.line, 3U);
}

TEST(ImportCsv, RejectedRowsAreWrittenWithTheReason) {
  const test::TemporaryDirectory directory;
  test::Import import = people();
  import.files["p.csv"] = "ssn,n\n10,a\n10,\"b \"\"x\"\"\"\n";
  import.files["k.csv"] = "a,b\n";
  import.options.onError = OnError::kReject;
  import.options.rejectFile = directory.path() / "bad.csv";
  import.run();
  std::ifstream file{import.options.rejectFile};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_EQ(text, "# p.csv:3:1: the id `10` is there already (line 2)\n10,\"b \"\"x\"\"\"\n");
}

// The front end stops an import by throwing from its progress.
TEST(ImportCsv, ProgressMayEndTheImport) {
  class Stop final : public Progress {
    void update(const ProgressState& state) override {
      EXPECT_GT(state.bytesTotal, 0U);
      throw Error{ErrorType::kCancelled, Phase::kRuntime, "", "stopped"};
    }
  };
  const test::TemporaryDirectory directory;
  test::Import import;
  import.options = parseImportArguments(
      std::vector<std::string>{"--nodes", "P=" + directory.write("p.csv", "id\n1\n").string(), "--id", "id"});
  Stop stop;
  const auto open = [](const std::filesystem::path& file) {
    return std::make_unique<format::CsvReader>(file, format::CsvDialect{});
  };
  const auto run = [&] {
    runImport({import.bulk, import.catalog, import.database, [](const std::string&) { return false; }}, import.options,
              stop, open);
  };
  EXPECT_EQ(test::errorOf(run), "stopped");
  EXPECT_FALSE(import.bulk.attached);
}

TEST(ImportCsv, WrongOptions) {
  EXPECT_EQ(make({}, {"--nodes", "P=p.csv"}).error(), "--nodes P: --id COLUMN is missing");
  EXPECT_EQ(make({}, {}).error(), "nothing to import: give --nodes or --relationships");
  EXPECT_EQ(make({{"p.csv", "id\n1\n"}}, {"--nodes", "P=p.csv", "--id", "id", "--properties", "id:INT8"}).error(),
            "--properties: unknown type `INT8`");
  EXPECT_THAT(make({{"k.csv", "a,b\n"}}, {"--relationships", "K=k.csv", "--from", "P.a", "--to", "P.b"}).error(),
              HasSubstr("no --nodes gives nodes the label `P`"));
}

}  // namespace
}  // namespace plexus::load
