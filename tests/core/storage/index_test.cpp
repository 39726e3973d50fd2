// Secondary indexes in memory against a plain map: look-ups of every view, old and new, with the keys read from
// RocksDB, from the array, and with an array that is larger than the budget.
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

constexpr LabelId kLabel = 0;
constexpr PropertyKeyId kKey = 0;
constexpr IndexId kIndex = 5;

using Model = std::map<NodeId, std::int64_t>;  // nodes that are in the index

std::vector<NodeId> inOrder(const Model& model, std::int64_t low, std::int64_t high) {
  std::vector<std::pair<std::int64_t, NodeId>> entries;
  for (const auto& [node, value] : model) {
    if (value >= low && value <= high) entries.emplace_back(value, node);
  }
  std::sort(entries.begin(), entries.end());
  std::vector<NodeId> nodes;
  nodes.reserve(entries.size());
  for (const auto& entry : entries) nodes.push_back(entry.second);
  return nodes;
}

void compare(const GraphView& view, const Model& model, std::int64_t value) {
  const std::vector<Value> wanted{Value{value}};
  ASSERT_EQ(view.seek(kIndex, wanted), inOrder(model, value, value));
  ASSERT_EQ(view.seekRange(kIndex, GraphView::Bound{Value{value}, true}, GraphView::Bound{Value{value + 7}, true}),
            inOrder(model, value, value + 7));
}

struct Random {
  std::mt19937 engine{4711};
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine() % n); }
};

void change(WriteTransaction& t, Model& model, Random& random) {
  const NodeId node = random.below(300);
  const std::int64_t value = random.below(40);
  if (random.below(4) == 0) {
    t.setProperty(node, kKey, Value{});
    model.erase(node);
  } else {
    t.setProperty(node, kKey, Value{value});
    model[node] = value;
  }
}

// Commits, rollbacks to savepoints and whole ones; views of some commits are kept and looked at again and again.
void runAgainstModel(std::size_t arrayBytes) {
  TemporaryDirectory directory;
  StoreOptions options = optionsFor(directory.path());
  options.arrayBytes = arrayBytes;
  Random random;
  Model model;
  {
    const auto store = Store::open(options);
    {
      auto t = store->begin();
      for (int i = 0; i < 300; ++i) t->createNode(std::vector<LabelId>{kLabel});
      t->createIndex({.id = kIndex, .labelOrType = kLabel, .properties = {kKey}});
      t->commit();
    }
    std::vector<std::pair<GraphView, Model>> kept;
    for (int round = 0; round < 60; ++round) {
      auto t = store->begin();
      Model now = model;
      for (int i = 0; i < 20; ++i) change(*t, now, random);
      const auto mark = t->savepoint();
      Model ignored = now;
      for (int i = 0; i < 5; ++i) change(*t, ignored, random);
      compare(t->view(), ignored, random.below(40));
      t->rollbackTo(mark);
      compare(t->view(), now, random.below(40));
      compare(store->snapshot(), model, random.below(40));
      if (random.below(4) == 0) continue;  // rolled back
      t->commit();
      model = now;
      if (random.below(3) == 0) kept.emplace_back(store->snapshot(), model);
      for (const auto& [view, old] : kept) compare(view, old, random.below(40));
    }
  }
  const auto store = Store::open(options);
  for (std::int64_t value = 0; value < 40; ++value) compare(store->snapshot(), model, value);
}

TEST(Index, EveryViewFindsWhatItsCommitHad) { runAgainstModel(std::size_t{64} << 20); }

TEST(Index, LargerThanTheBudgetIsReadFromDisk) { runAgainstModel(1024); }

// So many entries in one transaction that the log is folded at once.
TEST(Index, ManyEntriesAtOnceStayExactForOlderViews) {
  const auto store = Store::open(optionsFor(":memory:"));
  constexpr std::int64_t kNodes = 20000;
  auto t = store->begin();
  for (std::int64_t i = 0; i < kNodes; ++i) {
    t->setProperty(t->createNode(std::vector<LabelId>{kLabel}), kKey, Value{i});
  }
  t->commit();
  const GraphView before = store->snapshot();
  auto u = store->begin();
  u->createIndex({.id = kIndex, .unique = true, .labelOrType = kLabel, .properties = {kKey}});
  u->commit();
  const std::vector<Value> wanted{Value{std::int64_t{777}}};
  EXPECT_EQ(before.seek(kIndex, wanted), std::vector<NodeId>{});
  EXPECT_EQ(store->snapshot().seek(kIndex, wanted), std::vector<NodeId>{777});
  auto v = store->begin();
  v->setProperty(NodeId{777}, kKey, Value{});
  EXPECT_THROW(v->setProperty(NodeId{777}, kKey, Value{std::int64_t{5}}), UniqueViolation);
  v->commit();
  EXPECT_EQ(store->snapshot().seek(kIndex, wanted), std::vector<NodeId>{});
  EXPECT_EQ(store->snapshot().seekRange(kIndex, std::nullopt, std::nullopt).size(), kNodes - 1);
}

}  // namespace
}  // namespace plexus::storage
