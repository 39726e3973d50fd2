// Functions that read the graph, over a small one: (:Drug:Entity {name: 'doxorubicin', dose: 75})-[:TREATS {line:
// 1}]->().
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/function/access.h"
#include "core/function/registry.h"
#include "core/storage/store.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

class GraphFunctions : public testing::Test {
 protected:
  void SetUp() override {
    storage::StoreOptions options;
    options.path = ":memory:";
    options.readAttachment = [](std::string_view bytes) { return catalog::Catalog::deserialize(bytes); };
    store_ = storage::Store::open(options);
    transaction_ = store_->begin();
    auto names = std::make_shared<catalog::Catalog>();
    const LabelId drug = names->labels.add("Drug"), entity = names->labels.add("Entity");
    const RelTypeId treats = names->relTypes.add("TREATS");
    const PropertyKeyId name = names->propertyKeys.add("name"), dose = names->propertyKeys.add("dose");
    const PropertyKeyId line = names->propertyKeys.add("line");
    transaction_->setAttachment(names);
    drug_ = transaction_->createNode(std::vector<LabelId>{drug, entity});
    other_ = transaction_->createNode({});
    transaction_->setProperty(drug_, name, "doxorubicin");
    transaction_->setProperty(drug_, dose, 75);
    treats_ = transaction_->createRelationship(treats, drug_, other_);
    transaction_->setProperty(treats_, line, 1);
    context_.view = &transaction_->view();
  }

  std::string shown(std::string_view function, const std::vector<Value>& arguments) {
    try {
      return toCypherText(call(*findFunction(function), context_, arguments));
    } catch (const Error& error) {
      return std::string{name(error.type())} + ": " + std::string{error.detail()};
    }
  }

  std::shared_ptr<storage::Store> store_;
  std::unique_ptr<storage::WriteTransaction> transaction_;
  NodeId drug_ = kNoNode, other_ = kNoNode;
  Relationship treats_;
  FunctionContext context_;
};

TEST_F(GraphFunctions, NamesAndProperties) {
  const Value drug = Value::node(drug_);
  EXPECT_EQ(shown("labels", {drug}), "['Drug', 'Entity']");
  EXPECT_EQ(shown("labels", {Value::node(other_)}), "[]");
  EXPECT_EQ(shown("keys", {drug}), "['name', 'dose']");
  EXPECT_EQ(shown("properties", {drug}), "{name: 'doxorubicin', dose: 75}");
  EXPECT_EQ(shown("properties", {treats_}), "{line: 1}");
  EXPECT_EQ(shown("type", {treats_}), "'TREATS'");
  EXPECT_EQ(shown("[]", {drug, "dose"}), "75");
  EXPECT_EQ(shown("[]", {drug, "absent"}), "null");
  EXPECT_EQ(shown("[]", {drug, 0}), "TypeError: MapElementAccessByNonString");
  EXPECT_EQ(property(context_, drug, "dose").integer(), 75);
  EXPECT_TRUE(property(context_, treats_, "dose").isNull());
  EXPECT_EQ(shown("labels", {Value{}}), "null");
}

TEST_F(GraphFunctions, EndsAndPaths) {
  EXPECT_EQ(shown("id", {Value::node(other_)}), "1");
  EXPECT_EQ(shown("startNode", {treats_}), "(#0)");
  EXPECT_EQ(shown("endNode", {treats_}), "(#1)");
  const Path path{{other_, drug_}, {treats_}};
  EXPECT_EQ(shown("length", {path}), "1");
  EXPECT_EQ(shown("nodes", {path}), "[(#1), (#0)]");
  EXPECT_EQ(shown("relationships", {path}), "[[#0]]");
  EXPECT_EQ(shown("startNode", {1}), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("elementId", {Value::node(1)}), "'n:1'");
}

TEST_F(GraphFunctions, DeletedEntitiesKeepTheirTypeOnly) {
  ASSERT_TRUE(transaction_->deleteRelationship(treats_));
  ASSERT_TRUE(transaction_->deleteNode(drug_));
  context_.mayMeetDeleted = true;
  EXPECT_EQ(shown("type", {treats_}), "'TREATS'");
  EXPECT_EQ(shown("labels", {Value::node(drug_)}), "EntityNotFound: DeletedEntityAccess");
  EXPECT_EQ(shown("properties", {treats_}), "EntityNotFound: DeletedEntityAccess");
  EXPECT_EQ(shown("[]", {Value::node(drug_), "name"}), "EntityNotFound: DeletedEntityAccess");
}

TEST_F(GraphFunctions, VectorKernelsReadTheSame) {
  Vector relationships{Vector::Kind::kRelationship, 2};
  relationships.set(0, treats_);
  relationships.setNull(1);
  const Vector* argument = &relationships;
  const FunctionEntry& type = *findFunction("type");
  const VectorKernel* kernel = findVectorKernel(type, std::vector{Vector::Kind::kRelationship});
  ASSERT_NE(kernel, nullptr);
  Vector out{Vector::Kind::kString, 2};
  kernel->run(context_, {&argument, 1}, out);
  EXPECT_EQ(out.value(0).string(), "TREATS");
  EXPECT_TRUE(out.isNull(1));
}

}  // namespace
}  // namespace plexus::function
