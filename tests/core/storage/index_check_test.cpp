// check() and the entries of indexes: what the data say against what is stored. Another text analysis than the one that
// the entries were made by stands for damage.
#include <gtest/gtest.h>

#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

constexpr LabelId kLabel = 0, kOther = 1;
constexpr RelTypeId kType = 0;
constexpr PropertyKeyId kKey = 0;
constexpr IndexId kText = 1, kRange = 2, kRelations = 3;

// The value's beginning, so long, is its only term.
TextAnalyser firstLetters(std::size_t letters) {
  return [letters](const Value& value) {
    return std::vector<TextTerm>{{std::string{value.string().substr(0, letters)}, 1, 1}};
  };
}

IndexSpec specOf(IndexId id, bool onRelationships, bool text) {
  IndexSpec spec;
  spec.id = id;
  spec.onRelationships = onRelationships;
  spec.labelOrType = onRelationships ? std::uint16_t{kType} : std::uint16_t{kLabel};
  spec.properties = {kKey};
  spec.text = text;
  if (text && !onRelationships) spec.otherLabelsOrTypes = {kOther};
  return spec;
}

std::vector<std::string> findings(Store& store) {
  std::vector<std::string> lines;
  const bool good = store.check([&](const std::string& line) { lines.push_back(line); });
  EXPECT_EQ(good, lines.empty());
  return lines;
}

TEST(IndexCheck, TellsEntriesThatAreMissingAndThatNobodyHas) {
  const TemporaryDirectory directory;
  StoreOptions options = optionsFor(directory.path());
  options.analyse = firstLetters(3);
  {
    const auto store = Store::open(options);
    const auto transaction = store->begin();
    const LabelId labels[] = {kLabel, kOther};
    const NodeId first = transaction->createNode({labels, 1}), second = transaction->createNode({labels + 1, 1});
    const NodeId third = transaction->createNode({labels, 2});
    transaction->createIndex(specOf(kText, false, true));
    transaction->createIndex(specOf(kRange, false, false));
    transaction->createIndex(specOf(kRelations, true, true));
    for (const NodeId node : {first, second, third}) transaction->setProperty(node, kKey, Value{"alpha"});
    transaction->setProperty(transaction->createRelationship(kType, first, second), kKey, Value{"beta"});
    transaction->deleteNode(third);
    transaction->commit();
    EXPECT_EQ(findings(*store), std::vector<std::string>{});
  }
  options.analyse = firstLetters(2);
  EXPECT_EQ(
      findings(*Store::open(options)),
      (std::vector<std::string>{"index 1: 2 entries are missing", "index 1: 2 entries are stored that no entity has",
                                "index 3: 1 entries are missing", "index 3: 1 entries are stored that no entity has"}));
}

}  // namespace
}  // namespace plexus::storage
