// The neo4j format: headers, id spaces, groups of files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/load/import_arguments.h"
#include "tests/import/load/recorder.h"

namespace plexus::load {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

test::Import make(std::map<std::string, std::string> files, std::vector<std::string> arguments) {
  test::Import import;
  import.files = std::move(files);
  arguments.insert(arguments.begin(), {"--format", "neo4j"});
  import.options = parseImportArguments(arguments);
  return import;
}

TEST(ImportNeo4j, TypedColumns) {
  test::Import import = make(
      {{"n.csv",
        "personId:ID(Trial),title:string,phase:int,start:date,seen:datetime,ratio:float,arms:string[],counts:int[],"
        "flags:boolean[],note,where:point{crs:WGS-84},skip:IGNORE,:LABEL\n"
        "1,\"LMS-02, \"\"+\"\" "
        "x\",3,2017-01-18,2022-07-01T12:00:00Z,0.41,\"a;b;c\",\"1;2;3\",true;false,\"two\nlines\","
        "\"{latitude: 48.8, longitude: 2.3}\",zz,Trial;Study\n"
        "2,Étude,,2020-02-29,,NaN,,,,\"\",,,Trial\n"}},
      {"--nodes", "n.csv"});
  import.run();
  ASSERT_EQ(import.bulk.nodeLabels.size(), 2U);
  const std::string first = import.node(0);
  EXPECT_THAT(first,
              HasSubstr("(:Trial:Study {arms: ['a', 'b', 'c'], counts: [1, 2, 3], flags: [true, false], note: 'two"));
  EXPECT_THAT(first, HasSubstr("personId: '1', phase: 3, ratio: 0.41, seen: 2022-07-01T12:00Z, start: 2017-01-18, "
                               "title: 'LMS-02, \"+\" x'"));
  EXPECT_EQ(import.node(1), "(:Trial {note: '', personId: '2', ratio: NaN, start: 2020-02-29, title: 'Étude'})");
  EXPECT_THAT(import.indexNames(), ElementsAre("unique_Trial_personId"));
}

TEST(ImportNeo4j, HeaderInAFileOfItsOwnAndSpaces) {
  test::Import import = make({{"ch", "id:ID(Comment)\n"},
                              {"c1", "1\n2\n"},
                              {"c2", "3\n"},
                              {"p", "id:ID(Post)\n1\n"},
                              {"r", ":START_ID(Comment)|:END_ID(Post)|w:int\n3|1|5\n1|1|\n"}},
                             {"--delimiter", "|", "--nodes", "Comment:Message=ch,c1,c2", "--nodes", "Post:Message=p",
                              "--relationships", "REPLY_OF=r"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:Comment:Message {id: '1'})", "(:Comment:Message {id: '2'})",
                                          "(:Comment:Message {id: '3'})", "(:Message:Post {id: '1'})"));
  EXPECT_THAT(import.relationships(), ElementsAre("2-[:REPLY_OF {w: 5}]->3", "0-[:REPLY_OF]->3"));
  EXPECT_THAT(import.indexNames(), ElementsAre("unique_Comment_id", "unique_Post_id"));
}

TEST(ImportNeo4j, TypesOfRelationshipsByColumn) {
  test::Import import =
      make({{"n", ":ID,:LABEL\na,A\nb,B\nc,A\n"}, {"r", ":START_ID,:END_ID,:TYPE,x\na,b,S,1\nb,a,T,2\nc,b,S,3\n"}},
           {"--nodes", "n", "--relationships", "r"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:A)", "(:A)", "(:B)"));
  EXPECT_THAT(import.relationships(), ElementsAre("0-[:S {x: '1'}]->2", "1-[:S {x: '3'}]->2", "2-[:T {x: '2'}]->0"));
  EXPECT_THAT(import.indexNames(), ElementsAre());
}

TEST(ImportNeo4j, IntegerIds) {
  test::Import import = make({{"n", "id:ID\n17\n"}}, {"--nodes", "A=n", "--id-type", "integer"});
  import.run();
  EXPECT_THAT(import.nodes(), ElementsAre("(:A {id: 17})"));
}

TEST(ImportNeo4j, ASpaceOfTheDatabase) {
  test::Import import = make({{"r", ":START_ID(Person),:END_ID(Person)\n1,2\n"}}, {"--relationships", "KNOWS=r"});
  import.database.properties["Person"] = "id";
  import.database.nodes = {{{"Person", "1"}, 4}, { {"Person", "2"}, 9 }};
  import.run();
  EXPECT_THAT(import.relationships(), ElementsAre("4-[:KNOWS]->9"));
}

std::string nodeError(const std::string& text) { return make({{"n", text}}, {"--nodes", "n"}).error(); }
std::string relationshipError(const std::string& text) {
  return make({{"n", "id:ID(Disease),:LABEL\nDOID:1115,Disease\n"},
               {"m", "id:ID(Compound),:LABEL\nDB1,Compound\n"},
               {"r", text}},
              {"--nodes", "n", "--nodes", "m", "--relationships", "r"})
      .error();
}

TEST(ImportNeo4j, ErrorsOfNodes) {
  EXPECT_EQ(nodeError("id:ID(D),f:boolean[],:LABEL\n1,true;maybe,D\n"),
            "n:2:2: column `f:boolean[]`: `maybe` is not of type boolean[]");
  EXPECT_EQ(nodeError("id:ID(D),n:int,:LABEL\n1,12x,D\n"), "n:2:2: column `n:int`: `12x` is not of type int");
  EXPECT_EQ(nodeError("id:ID(D),n:int,:LABEL\n1,3000000000,D\n"),
            "n:2:2: column `n:int`: `3000000000` does not fit int (-2147483648 to 2147483647)");
  EXPECT_EQ(nodeError("id:ID(D),name,:LABEL\n1,a,D\n1,a,D\n"), "n:3:1: the id `1` is there already (line 2)");
  EXPECT_EQ(nodeError("id:ID(D),name,:LABEL\n,a,D\n"), "n:2:1: column `id:ID(D)`: the id is empty");
  EXPECT_EQ(nodeError("id:ID(D),name:strin,:LABEL\n1,a,D\n"),
            "n:1:2: unknown type `strin` of column `name:strin`; did you mean `string`?");
  EXPECT_EQ(nodeError("a:ID(D),b:ID(D)\n1,2\n"),
            "n:1:2: two :ID columns: ids of several columns are not supported, join them into one");
}

TEST(ImportNeo4j, ErrorsOfRelationships) {
  EXPECT_EQ(relationshipError(":END_ID(Disease),:TYPE\nDOID:1115,T\n"), "r:1: the header has no :START_ID column");
  EXPECT_EQ(relationshipError(":START_ID(Compound),:END_ID(Disease),:TYPE\nDB0,DOID:1115,T\n"),
            "r:2:1: no node of `Compound` has the id `DB0`");
  EXPECT_EQ(relationshipError(":START_ID(Compound),:END_ID(Compound),:TYPE\nDB1,DOID:1115,T\n"),
            "r:2:2: no node of `Compound` has the id `DOID:1115`, but one of `Disease` has");
  EXPECT_EQ(relationshipError(":START_ID(Compound),:END_ID(Disease),:TYPE\nDB1,DOID:1115,\n"),
            "r:2:3: the relationship has no type");
  EXPECT_EQ(relationshipError(":START_ID(Compound),:END_ID(Disease)\nDB1,DOID:1115\n"),
            "r:1: the header has no :TYPE column, and --relationships names no type");
  EXPECT_EQ(
      relationshipError(":START_ID(Drug),:END_ID(Disease),:TYPE\nDB1,DOID:1115,T\n"),
      "r:1:1: the id space `Drug` is declared by no node file, and the database has no unique index on such a label");
}

TEST(ImportNeo4j, SharedFixtures) {
  const auto fixtures = test::sharedFixtures();
  if (!fixtures) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  const std::filesystem::path folder = *fixtures / "neo4j-admin/hetionet-10";
  test::Import import;
  import.options.format = Format::kNeo4j;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    const std::string name = entry.path().filename();
    if (name.starts_with("nodes-")) import.options.nodes.push_back({.files = { entry.path() }});
    if (name.starts_with("rels-") && !name.starts_with("rels-AdG"))
      import.options.relationships.push_back({.files = { entry.path() }});
  }
  import.options.relationships.push_back({.files = {
    folder / "rels-AdG-header.csv",
    folder / "rels-AdG-part1.csv",
    folder / "rels-AdG-part2.csv"
  }});
  import.run();
  EXPECT_EQ(import.report.nodes, 432U);
  EXPECT_EQ(import.report.relationships, 240U);
  EXPECT_EQ(import.report.relationshipsByType.size(), 24U);
  for (const auto& [type, count] : import.report.relationshipsByType) EXPECT_EQ(count, 10U) << type;
}

TEST(ImportNeo4j, SharedMalformedFixtures) {
  const auto fixtures = test::sharedFixtures();
  if (!fixtures) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  const std::filesystem::path folder = *fixtures / "neo4j-admin/malformed";
  const std::map<std::string, std::string> expected{
      {"bad-boolean-array", ":2:2: column `f:boolean[]`: `maybe` is not of type boolean[]"},
      {"bad-int", ":2:2: column `n:int`: `12x` is not of type int"},
      {"duplicate-id", ":3:1: the id `DOID:1115` is there already (line 2)"},
      {"empty-id", ":2:1: column `id:ID(Disease)`: the id is empty"},
      {"extra-column", ":2: 4 fields, where the table has 3 columns"},
      {"int-overflow", ":2:2: column `n:int`: `3000000000` does not fit int (-2147483648 to 2147483647)"},
      {"two-ids", ":1:2: two :ID columns: ids of several columns are not supported, join them into one"},
      {"unknown-type", ":1:2: unknown type `strin` of column `name:strin`; did you mean `string`?"},
      {"unterminated-quote", ":2:2: a quote is opened here and never closed"},
      {"dangling", ":2:1: no node of `Compound` has the id `DB00000`"},
      {"empty-type", ":2:3: the relationship has no type"},
      {"missing-start-id", ":1: the header has no :START_ID column"},
      {"unknown-space",
       ":1:1: the id space `Drug` is declared by no node file, and the database has no unique index on such a label"},
  };
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    ++seen;
    const std::string name = entry.path().stem();
    test::Import import = make(
        {{"n", "id:ID(Disease),:LABEL\nDOID:1115,Disease\n"}, {"m", "id:ID(Compound),:LABEL\nDB00997,Compound\n"}}, {});
    const bool isRelationships =
        name == "dangling" || name == "empty-type" || name == "missing-start-id" || name == "unknown-space";
    if (isRelationships) {
      import.options.nodes = {{.files = { "n" }}, {.files = { "m" } }};
      import.options.relationships = {{.files = { entry.path() } }};
    } else {
      import.options.nodes = {{.files = { entry.path() } }};
    }
    ASSERT_EQ(expected.count(name), 1U) << name;
    EXPECT_EQ(import.error(), entry.path().string() + expected.at(name));
  }
  EXPECT_EQ(seen, expected.size());
}

}  // namespace
}  // namespace plexus::load
