// Imports into a real database: what is there after reopening, and that a failed import leaves no trace.
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/catalog/catalog.h"
#include "import/load/import.h"
#include "import/load/import_arguments.h"
#include "import/load/sample.h"
#include "tests/import/support.h"

namespace plexus::load {
namespace {

using ::testing::HasSubstr;

class StoreImport : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    store_.reset();
    storage::StoreOptions options;
    options.path = directory_.path() / "db";
    options.readAttachment = &catalog::Catalog::deserialize;
    store_ = storage::Store::open(options);
  }

  ImportReport importFrom(std::vector<std::string> arguments) {
    NoProgress progress;
    return importFiles(*store_, parseImportArguments(arguments), progress);
  }
  std::string file(const std::string& name, std::string_view text) { return directory_.write(name, text).string(); }

  std::uint64_t count(const std::string& label) {
    const storage::GraphView view = store_->snapshot();
    const auto id = catalog::Catalog::of(view).labels.find(label);
    return id ? view.labelled(*id).cardinality() : 0;
  }
  std::uint64_t relationships(const std::string& type) {
    const storage::GraphView view = store_->snapshot();
    const auto id = catalog::Catalog::of(view).relTypes.find(type);
    return id ? view.relationshipCount(*id) : 0;
  }
  // The node found by the index `unique_LABEL_PROPERTY`.
  NodeId seek(const std::string& index, const Value& value) {
    const storage::GraphView view = store_->snapshot();
    const catalog::SchemaRule* rule = catalog::Catalog::of(view).findRule(index);
    if (rule == nullptr) return kNoNode;
    const auto nodes = view.seek(rule->spec.id, std::span{&value, 1});
    return nodes.size() == 1 ? nodes.front() : kNoNode;
  }
  Value property(NodeId node, const std::string& name) {
    const storage::GraphView view = store_->snapshot();
    const auto key = catalog::Catalog::of(view).propertyKeys.find(name);
    return key ? view.property(node, *key) : Value{};
  }

  test::TemporaryDirectory directory_;
  std::shared_ptr<storage::Store> store_;
};

TEST_F(StoreImport, StaysAndIsIndexed) {
  importFrom({"--format", "hetionet",
              file("n.tsv", "id\tname\tkind\nCompound::DB1\taspirin\tCompound\nDisease::D1\theadache\tDisease\n"),
              file("e.sif", "source\tmetaedge\ttarget\nCompound::DB1\tCtD\tDisease::D1\n")});
  open();
  EXPECT_EQ(count("Compound"), 1U);
  EXPECT_EQ(relationships("TREATS_CtD"), 1U);
  const NodeId node = seek("unique_Compound_id", "Compound::DB1");
  ASSERT_NE(node, kNoNode);
  EXPECT_EQ(property(node, "name").string(), "aspirin");
}

TEST_F(StoreImport, AFailedImportLeavesNothing) {
  const std::string nodes = file("n.csv", "id\n1\n2\n");
  const std::string edges = file("e.csv", "a,b\n1,2\n1,3\n");
  const std::vector<std::string> arguments{"--nodes",    "N=" + nodes, "--id", "id",   "--relationships",
                                           "R=" + edges, "--from",     "N.a",  "--to", "N.b"};
  EXPECT_THAT(test::errorOf([&] { importFrom(arguments); }), HasSubstr("e.csv:3:2: no node of `N` has the id `3`"));
  EXPECT_EQ(count("N"), 0U);
  open();
  EXPECT_EQ(store_->snapshot().nodeCount(), 0U);
}

TEST_F(StoreImport, ASecondImportAddsToTheFirst) {
  importFrom({"--nodes", "N=" + file("n.csv", "id,x\n1,a\n2,b\n"), "--id", "id"});
  importFrom({"--nodes", "N=" + file("m.csv", "id,x\n3,c\n"), "--id", "id", "--relationships",
              "R=" + file("r.csv", "a,b\n1,3\n3,2\n"), "--from", "N.a", "--to", "N.b"});
  EXPECT_EQ(count("N"), 3U);
  EXPECT_EQ(relationships("R"), 2U);
  EXPECT_THAT(test::errorOf([&] {
                importFrom({"--nodes", "N=" + file("o.csv", "id\n4\n2\n"), "--id", "id"});
              }),
              HasSubstr("o.csv:3:1: the id `2` is in the database already"));
  EXPECT_EQ(count("N"), 3U);
}

// Stopped at each step of writing in turn, up to the one that is allowed to end.
TEST_F(StoreImport, StoppedWhileWritingLeavesNothing) {
  class StopAt final : public Progress {
   public:
    explicit StopAt(int step) : left_{step} {}
    void update(const ProgressState& state) override {
      if (state.phase == ProgressState::Phase::kWriting && left_-- == 0)
        throw Error{ErrorType::kCancelled, Phase::kRuntime, "", "stopped"};
    }

   private:
    int left_;
  };
  const std::vector<std::string> arguments{"--nodes",
                                           "N=" + file("n.csv", "id\n1\n2\n"),
                                           "--id",
                                           "id",
                                           "--relationships",
                                           "R=" + file("e.csv", "a,b\n1,2\n"),
                                           "--from",
                                           "N.a",
                                           "--to",
                                           "N.b"};
  const auto stopAt = [&](int step) {
    StopAt progress{step};
    return test::errorOf([&] { importFiles(*store_, parseImportArguments(arguments), progress); });
  };
  int steps = 0;
  for (; stopAt(steps) == "stopped"; ++steps) {
    EXPECT_EQ(count("N"), 0U);
    open();
    EXPECT_EQ(count("N"), 0U);
  }
  EXPECT_GE(steps, 4);
  EXPECT_EQ(count("N"), 2U);
  EXPECT_EQ(relationships("R"), 1U);
}

// Kinds change from row to row, and there are enough nodes for the map of ids to grow several times.
TEST_F(StoreImport, EndsOfManyKindsAreThoseOfTheFile) {
  constexpr std::uint64_t kNodes = 50'000, kEdges = 200'000;
  const std::array<std::string, 4> kinds{"Compound", "Disease", "Gene", "Pathway"};
  const auto id = [&](std::uint64_t i) { return kinds[i % kinds.size()] + "::" + std::to_string(i * 7919); };
  const std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> metaedges{
      {{0, 1}, "CtD"}, {{1, 2}, "DaG"}, {{2, 2}, "GiG"}, {{2, 3}, "GpPW"}, {{0, 2}, "CbG"}, {{1, 1}, "DrD"}};
  std::string nodes = "id\tname\tkind\n", edges = "source\tmetaedge\ttarget\n";
  for (std::uint64_t i = 0; i < kNodes; ++i) nodes += id(i) + "\tn" + std::to_string(i) + "\t" + kinds[i % 4] + "\n";
  std::multiset<std::pair<std::uint64_t, std::uint64_t>> expected;
  std::mt19937_64 random{1};
  while (expected.size() < kEdges) {
    const std::uint64_t a = random() % kNodes, b = random() % kNodes;
    const auto metaedge = metaedges.find({a % 4, b % 4});
    if (metaedge == metaedges.end()) continue;
    edges += id(a) + "\t" + metaedge->second + "\t" + id(b) + "\n";
    expected.emplace(a, b);
  }
  importFrom({"--format", "hetionet", file("n.tsv", nodes), file("e.sif", edges)});
  const storage::GraphView view = store_->snapshot();
  const auto key = *catalog::Catalog::of(view).propertyKeys.find("name");
  std::vector<std::uint64_t> numbers(kNodes);  // of each node, from its name
  for (NodeId node = 0; node < kNodes; ++node) {
    numbers[node] = std::stoull(std::string{view.property(node, key).string().substr(1)});
  }
  std::multiset<std::pair<std::uint64_t, std::uint64_t>> read;
  for (const auto& type : catalog::Catalog::of(view).relTypes.names()) {
    const auto adjacency = view.adjacency(*catalog::Catalog::of(view).relTypes.find(type), Direction::kOut);
    for (NodeId node = 0; node < kNodes; ++node) {
      for (const NodeId end : adjacency.neighbours(node)) read.emplace(numbers[node], numbers[end]);
    }
  }
  EXPECT_TRUE(read == expected);
}

// The whole of Hetionet's shape: 47,031 nodes, 2,250,197 relationships.
TEST_F(StoreImport, FullHetionetHasTheCountsOfItsTable) {
  const char* shared = std::getenv("PLEXUS_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  const std::filesystem::path data = std::filesystem::path{shared} / "bench/data/hetionet";
  importFrom({"--format", "hetionet", (data / "nodes.tsv").string(), (data / "edges.sif.gz").string()});
  const storage::GraphView view = store_->snapshot();
  std::map<std::string, std::uint64_t> byAbbreviation;  // CtD of TREATS_CtD
  std::uint64_t all = 0;
  for (const auto& type : catalog::Catalog::of(view).relTypes.names()) {
    all += byAbbreviation[type.substr(type.rfind('_') + 1)] = relationships(type);
  }
  std::ifstream counts{data / "counts.tsv"};
  std::string line;
  std::getline(counts, line);  // its header
  std::size_t rows = 0;
  for (std::string kind, name, number; std::getline(counts, kind, '\t') && std::getline(counts, name, '\t') &&
                                       std::getline(counts, number, '\t') && std::getline(counts, line);
       ++rows) {
    std::erase_if(name, [](char c) { return c == ' ' || c == '>'; });
    const std::uint64_t expected = std::stoull(number);
    if (name == "TOTAL") {
      EXPECT_EQ(kind == "node" ? view.nodeCount() : all, expected);
    } else {
      EXPECT_EQ(kind == "node" ? count(name) : byAbbreviation[name], expected) << name;
    }
  }
  EXPECT_EQ(rows, 37U);
}

TEST_F(StoreImport, Sample) {
  const ImportReport report = buildSample(*store_);
  EXPECT_EQ(report.nodes, 57U);
  EXPECT_EQ(report.relationships, 96U);
  EXPECT_EQ(count("Entity"), 57U);
  EXPECT_EQ(count("Intervention"), 23U);
  EXPECT_EQ(count("AnatomicalSite"), 10U);
  EXPECT_EQ(relationships("treats"), 21U);
  const NodeId drug = seek("unique_Drug_name", "doxorubicin");
  ASSERT_NE(drug, kNoNode);
  ASSERT_TRUE(property(drug, "synonyms").is(ValueKind::kList));
  EXPECT_EQ(property(drug, "synonyms").list().at(0).string(), "Adriamycin");
  EXPECT_THAT(test::errorOf([&] { buildSample(*store_); }), HasSubstr("is in the database already"));
}

}  // namespace
}  // namespace plexus::load
