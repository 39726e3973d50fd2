#include "import/load/import_arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/import/support.h"

namespace plexus::load {
namespace {

using ::testing::ElementsAre;

ImportOptions parse(std::vector<std::string> arguments) { return parseImportArguments(arguments); }
std::string errorOf(std::vector<std::string> arguments) {
  return test::errorOf([&] { parse(std::move(arguments)); });
}

TEST(ImportArguments, Csv) {
  const ImportOptions options = parse({"--format=csv", "--nodes", "Person:Human=a.csv,b.csv", "--id", "ssn",
                                       "--properties", "age:INTEGER,full=name", "--relationships", "KNOWS=k.csv",
                                       "--from", "Person.a", "--to", "Person.b", "--null", "NA"});
  EXPECT_EQ(options.format, Format::kCsv);
  ASSERT_EQ(options.nodes.size(), 1U);
  EXPECT_THAT(options.nodes[0].labels, ElementsAre("Person", "Human"));
  EXPECT_THAT(options.nodes[0].files, ElementsAre("a.csv", "b.csv"));
  EXPECT_EQ(options.nodes[0].idColumn, "ssn");
  ASSERT_EQ(options.nodes[0].properties->size(), 2U);
  EXPECT_EQ(options.nodes[0].properties->at(0).type, "INTEGER");
  EXPECT_EQ(options.nodes[0].properties->at(1).column, "full");
  EXPECT_EQ(options.nodes[0].properties->at(1).property, "name");
  ASSERT_EQ(options.relationships.size(), 1U);
  EXPECT_EQ(options.relationships[0].type, "KNOWS");
  EXPECT_EQ(options.relationships[0].from.label, "Person");
  EXPECT_EQ(options.relationships[0].to.column, "b");
  EXPECT_EQ(options.nullText, "NA");
}

TEST(ImportArguments, Neo4jAndHetionet) {
  const ImportOptions neo4j = parse({"--format", "neo4j", "--delimiter", "|", "--nodes", "plain.csv", "--relationships",
                                     "REPLY_OF=h.csv,p.csv", "--id-type", "integer"});
  EXPECT_EQ(neo4j.dialect.delimiter, '|');
  EXPECT_TRUE(neo4j.nodes[0].labels.empty());
  EXPECT_TRUE(neo4j.integerIds);
  const ImportOptions hetionet = parse({"--format", "hetionet", "nodes.tsv", "edges.sif.gz"});
  EXPECT_THAT(hetionet.files, ElementsAre("nodes.tsv", "edges.sif.gz"));
}

TEST(ImportArguments, Settings) {
  const ImportOptions options = parse({"--delimiter", "TAB", "--quote", "NONE", "--memory", "512M", "--on-error",
                                       "reject", "bad.csv", "--max-errors", "2", "--no-header"});
  EXPECT_EQ(options.dialect.delimiter, '\t');
  EXPECT_EQ(options.dialect.quote, 0);
  EXPECT_FALSE(options.dialect.header);
  EXPECT_EQ(options.memoryBytes, std::size_t{512} << 20);
  EXPECT_EQ(options.onError, OnError::kReject);
  EXPECT_EQ(options.rejectFile, "bad.csv");
  EXPECT_EQ(options.examplesPerKind, 2U);
}

TEST(ImportArguments, Errors) {
  EXPECT_EQ(errorOf({"--node", "x"}), "unknown option `--node` of import; did you mean `--nodes`?");
  EXPECT_EQ(errorOf({"--id", "x"}), "--id belongs behind --nodes");
  EXPECT_EQ(errorOf({"--nodes"}), "--nodes needs a value");
  EXPECT_EQ(errorOf({"--format", "neo"}), "--format: there is no format `neo`; there are csv, tsv, neo4j, hetionet");
  EXPECT_EQ(errorOf({"--relationships", "T=a.csv", "--from", "x"}), "--from `x`: expected LABEL.COLUMN");
  EXPECT_EQ(errorOf({"--delimiter", "ab"}), "--delimiter `ab`: expected one character, TAB or NONE");
  EXPECT_EQ(errorOf({"--threads", "many"}), "--threads `many`: expected a number");
  EXPECT_EQ(errorOf({"--no-header=1"}), "--no-header takes no value");
  EXPECT_EQ(errorOf({"--on-error", "explode"}), "--on-error `explode`: expected stop, skip or reject FILE");
}

}  // namespace
}  // namespace plexus::load
