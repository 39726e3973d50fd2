// Imports into a real database: what is there after reopening, and that a failed import leaves no trace.
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
