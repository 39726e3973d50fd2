// The hetionet format.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/format/hetionet.h"
#include "tests/import/load/recorder.h"

namespace plexus::load {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

const char* const kNodes =
    "id\tname\tkind\nCompound::DB00997\tDoxorubicin\tCompound\nDisease::DOID:1115\tsarcoma\tDisease\n"
    "Gene::7157\tTP53\tGene\nBiological Process::GO:1\tapoptosis \"x\"\tBiological Process\n";

test::Import make(const std::string& edges, const std::string& nodes = kNodes) {
  test::Import import;
  import.options.format = Format::kHetionet;
  import.options.dialect = format::hetionet::dialect();
  import.options.files = {"e.sif", "n.tsv"};
  import.files = {{"n.tsv", nodes}, { "e.sif", edges }};
  return import;
}

std::string errorOf(const std::string& edges, const std::string& nodes = kNodes) { return make(edges, nodes).error(); }
const std::string kHeader = "source\tmetaedge\ttarget\n";

TEST(ImportHetionet, LabelsTypesAndProperties) {
  test::Import import = make(kHeader +
                             "Compound::DB00997\tCtD\tDisease::DOID:1115\nGene::7157\tGpBP\tBiological Process::GO:1\n"
                             "Gene::7157\tGr>G\tGene::7157\n");
  import.run();
  EXPECT_THAT(import.nodes(),
              ::testing::UnorderedElementsAre(
                  "(:Compound {id: 'Compound::DB00997', name: 'Doxorubicin'})",
                  "(:Disease {id: 'Disease::DOID:1115', name: 'sarcoma'})", "(:Gene {id: 'Gene::7157', name: 'TP53'})",
                  "(:BiologicalProcess {id: 'Biological Process::GO:1', name: 'apoptosis \"x\"'})"));
  EXPECT_THAT(import.report.relationshipsByType,
              ElementsAre(Pair("TREATS_CtD", 1U), Pair("PARTICIPATES_GpBP", 1U), Pair("REGULATES_GrG", 1U)));
  const auto type = import.catalog->relTypes.find("TREATS_CtD");
  ASSERT_TRUE(type);
  const auto& edge = import.bulk.relationships.at(*type).at(0);
  EXPECT_EQ(import.node(edge.start), "(:Compound {id: 'Compound::DB00997', name: 'Doxorubicin'})");
  EXPECT_EQ(import.node(edge.end), "(:Disease {id: 'Disease::DOID:1115', name: 'sarcoma'})");
  EXPECT_THAT(import.indexNames(), ::testing::UnorderedElementsAre("unique_Compound_id", "unique_Disease_id",
                                                                   "unique_Gene_id", "unique_BiologicalProcess_id"));
}

TEST(ImportHetionet, Errors) {
  EXPECT_EQ(errorOf(kHeader + "Compound::DB00997\tCtX\tDisease::DOID:1115\n"),
            "e.sif:2:2: `CtX` is not a metaedge of Hetionet's; did you mean `CtD`?");
  EXPECT_EQ(
      errorOf(kHeader + "Gene::7157\tCtD\tDisease::DOID:1115\n"),
      "e.sif:2:1: no node of `Compound` has the id `Gene::7157`, but one of `Gene` has: CtD begins at Compound and "
      "ends at Disease");
  EXPECT_EQ(errorOf(kHeader + "Compound::DB00997\tDisease::DOID:1115\n"),
            "e.sif:2: 2 fields, where the table has 3 columns");
  EXPECT_EQ(errorOf("source metaedge target\nCompound::DB00997 CtD Disease::DOID:1115\n"),
            "e.sif:1: the first line is neither `id name kind` nor `source metaedge target`, separated by tabs");
  EXPECT_EQ(errorOf(kHeader + "Compound::DB99999\tCtD\tDisease::DOID:1115\n"),
            "e.sif:2:1: no node of `Compound` has the id `Compound::DB99999`");
  EXPECT_EQ(errorOf(kHeader, "id\tname\tkind\nGene::1\ta\tGene\nGene::1\tb\tGene\n"),
            "n.tsv:3:1: the id `Gene::1` is there already (line 2)");
  EXPECT_EQ(errorOf(kHeader, "id\tname\tkind\nGene::1\ta\tGen\n"),
            "n.tsv:2:3: `Gen` is not a kind of Hetionet's; did you mean `Gene`?");
}

TEST(ImportHetionet, EndsMayBeInTheDatabase) {
  test::Import import = make(kHeader + "Compound::DB00997\tCtD\tDisease::DOID:1115\n");
  import.options.files = {"e.sif"};
  import.database.properties = {{"Compound", "id"}, { "Disease", "id" }};
  import.database.nodes = {{{"Compound", "Compound::DB00997"}, 3}, { {"Disease", "Disease::DOID:1115"}, 8 }};
  import.run();
  EXPECT_THAT(import.relationships(), ElementsAre("3-[:TREATS_CtD]->8"));
}

TEST(ImportHetionet, SharedFixtures) {
  const auto fixtures = test::sharedFixtures();
  if (!fixtures) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  test::Import import = make("");
  import.options.files = {*fixtures / "hetionet/edges-5k.sif.gz", *fixtures / "hetionet/nodes.tsv.gz"};
  import.run();
  EXPECT_EQ(import.report.nodes, 47'031U);
  EXPECT_EQ(import.report.relationships, 99'676U);
  const std::map<std::string, std::uint64_t> labels{import.report.nodesByLabel.begin(),
                                                    import.report.nodesByLabel.end()};
  EXPECT_EQ(labels.at("Gene"), 20'945U);
  EXPECT_EQ(labels.at("BiologicalProcess"), 11'381U);
  const std::map<std::string, std::uint64_t> types{import.report.relationshipsByType.begin(),
                                                   import.report.relationshipsByType.end()};
  EXPECT_EQ(types.size(), 24U);
  EXPECT_EQ(types.at("REGULATES_GrG"), 5'000U);
  EXPECT_EQ(types.at("TREATS_CtD"), 755U);
}

TEST(ImportHetionet, SharedMalformedFixtures) {
  const auto fixtures = test::sharedFixtures();
  if (!fixtures) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  const std::filesystem::path folder = *fixtures / "hetionet/malformed";
  const std::map<std::string, std::string> expected{
      {"dangling.sif", ":2:1: no node of `Compound` has the id `Compound::DB99999`"},
      {"duplicate-node.tsv", ":3:1: the id `Disease::DOID:1115` is there already (line 2)"},
      {"no-header.sif", ":1: the first line is neither `id name kind` nor `source metaedge target`, separated by tabs"},
      {"not-gzip.sif.gz", ""},
      {"spaces-not-tabs.sif",
       ":1: the first line is neither `id name kind` nor `source metaedge target`, separated by tabs"},
      {"truncated.sif.gz", ": unexpected end of gzip data: the file is truncated"},
      {"two-columns.sif", ":2: 2 fields, where the table has 3 columns"},
      {"unknown-metaedge.sif", ":2:2: `CtX` is not a metaedge of Hetionet's; did you mean `CtD`?"},
      {"wrong-kind.sif",
       ":2:1: no node of `Compound` has the id `Gene::7157`, but one of `Gene` has: CtD begins at "
       "Compound and ends at Disease"},
  };
  for (const auto& [name, message] : expected) {
    test::Import import = make("");
    import.options.files = {folder / name};
    if (name != "duplicate-node.tsv") import.options.files.push_back(*fixtures / "hetionet/nodes.tsv.gz");
    const std::string error = import.error();
    if (message.empty()) {
      EXPECT_EQ(error, "") << name;
    } else if (name == "truncated.sif.gz") {
      EXPECT_THAT(
          error, ::testing::AllOf(::testing::StartsWith((folder / name).string() + ":"), ::testing::EndsWith(message)));
    } else {
      EXPECT_EQ(error, (folder / name).string() + message);
    }
  }
}

}  // namespace
}  // namespace plexus::load
