// Random histories against a model: transactions with savepoints and rollbacks, bulk loads, compaction, reopening, and
// snapshots that are held over all of it.
#include "tests/core/storage/model.h"

#include <random>

#include <gtest/gtest.h>

#include "core/storage/store.h"
#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

constexpr LabelId kLabels = 3;
constexpr RelTypeId kTypes = 2;
constexpr PropertyKeyId kKeys = 3;

class History {
 public:
  History(unsigned seed, StoreOptions options, bool onDisk)
      : random_{seed}, options_{std::move(options)}, onDisk_{onDisk}, store_{Store::open(options_)} {}

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      SCOPED_TRACE("step " + std::to_string(step));
      const unsigned dice = pick(20);
      if (dice == 0) {
        bulk();
      } else if (dice == 1 && onDisk_) {
        held_.clear();
        store_.reset();
        store_ = Store::open(options_);
      } else if (dice == 2) {
        store_->compact();
      } else {
        transaction();
      }
      if (::testing::Test::HasFatalFailure()) return;
      if (pick(3) == 0) expectSame(model_, store_->snapshot(), kLabels, kTypes, kKeys);
      if (pick(4) == 0) held_.emplace_back(model_, store_->snapshot());
      if (!held_.empty() && pick(3) == 0) {
        const std::size_t which = pick(static_cast<unsigned>(held_.size()));
        expectSame(held_[which].first, held_[which].second, kLabels, kTypes, kKeys);
        if (pick(2) == 0) held_.erase(held_.begin() + static_cast<std::ptrdiff_t>(which));
      }
      if (::testing::Test::HasFatalFailure()) return;
    }
    for (const auto& [model, view] : held_) expectSame(model, view, kLabels, kTypes, kKeys);
    std::string findings;
    EXPECT_TRUE(store_->check([&](const std::string& line) { findings += line + "\n"; })) << findings;
  }

 private:
  unsigned pick(unsigned below) { return std::uniform_int_distribution<unsigned>{0, below - 1}(random_); }

  Value value() {
    switch (pick(8)) {
      case 0:
        return Value{pick(2) == 0};
      case 1:
        return Value{1.5 * pick(10)};
      case 2:
        return Value{Date{static_cast<std::int64_t>(pick(1000))}};
      case 3:
        return Value{List{Value{1}, Value{2}}};
      case 4:
        return Value{};
      case 5:
        return Value{static_cast<std::int64_t>(pick(1000)) - 500};
      default:
        return Value{"text " + std::to_string(pick(5))};
    }
  }

  NodeId anyNode(const Model& m) {
    auto it = m.nodes.lower_bound(pick(m.bound));
    return it == m.nodes.end() ? m.nodes.begin()->first : it->first;
  }

  void write(WriteTransaction& t, Model& m) {
    const unsigned dice = m.nodes.size() < 3 ? 0 : pick(12);
    if (dice <= 1) {
      std::vector<LabelId> labels;
      for (LabelId l = 0; l < kLabels; ++l) {
        if (pick(2) == 0) labels.push_back(l);
      }
      const NodeId node = t.createNode(labels);
      ASSERT_EQ(node, m.bound++);
      m.nodes[node] = {labels.begin(), labels.end()};
    } else if (dice <= 5) {
      const auto type = static_cast<RelTypeId>(pick(kTypes));
      const NodeId a = pick(3) == 0 ? m.nodes.begin()->first : anyNode(m), b = anyNode(m);
      const Relationship r = t.createRelationship(type, a, b);
      ASSERT_EQ(r.id, m.relBound[type]++);
      m.rels[{type, r.id}] = {a, b};
    } else if (dice == 6 && !m.rels.empty()) {
      const auto it = std::next(m.rels.begin(), pick(static_cast<unsigned>(m.rels.size())));
      const auto [type, id] = it->first;
      ASSERT_TRUE(t.deleteRelationship({it->second.start, it->second.end, id, type}));
      for (PropertyKeyId k = 0; k < kKeys; ++k) m.relProperties.erase({type, id, k});
      m.rels.erase(it);
    } else if (dice == 7) {
      const NodeId node = anyNode(m);
      if (m.touched(node)) return;
      ASSERT_TRUE(t.deleteNode(node));
      for (PropertyKeyId k = 0; k < kKeys; ++k) m.nodeProperties.erase({node, k});
      m.nodes.erase(node);
    } else if (dice == 8) {
      const NodeId node = anyNode(m);
      const auto label = static_cast<LabelId>(pick(kLabels));
      if (pick(2) == 0) {
        ASSERT_EQ(t.addLabel(node, label), m.nodes[node].insert(label).second);
      } else {
        ASSERT_EQ(t.removeLabel(node, label), m.nodes[node].erase(label) > 0);
      }
    } else if (dice == 9 && !m.rels.empty()) {
      const auto it = std::next(m.rels.begin(), pick(static_cast<unsigned>(m.rels.size())));
      const auto [type, id] = it->first;
      const auto key = static_cast<PropertyKeyId>(pick(kKeys));
      const Value v = value();
      t.setProperty({it->second.start, it->second.end, id, type}, key, v);
      m.relProperties.erase({type, id, key});
      if (!v.isNull()) m.relProperties[{type, id, key}] = v;
    } else {
      const NodeId node = anyNode(m);
      const auto key = static_cast<PropertyKeyId>(pick(kKeys));
      // Key 2 holds integers alone, so that typed columns are met too.
      const Value v = key == 2 ? Value{static_cast<std::int64_t>(pick(100))} : value();
      t.setProperty(node, key, v);
      m.nodeProperties.erase({node, key});
      if (!v.isNull()) m.nodeProperties[{node, key}] = v;
    }
  }

  void transaction() {
    const auto t = store_->begin();
    Model work = model_;
    const unsigned writes = 1 + pick(30);
    std::optional<std::pair<WriteTransaction::Savepoint, Model>> mark;
    for (unsigned i = 0; i < writes; ++i) {
      write(*t, work);
      if (::testing::Test::HasFatalFailure()) return;
      if (pick(8) == 0) mark = {t->savepoint(), work};
      if (mark && pick(10) == 0) {
        t->rollbackTo(mark->first);
        work = mark->second;
      }
      if (pick(10) == 0) expectSame(work, t->view(), kLabels, kTypes, kKeys);
      if (pick(20) == 0) expectSame(model_, store_->snapshot(), kLabels, kTypes, kKeys);
    }
    if (pick(4) == 0) return;  // dropped: nothing happened
    t->commit();
    model_ = std::move(work);
  }

  void bulk() {
    const auto load = store_->bulkLoad(std::size_t{64} << 20, 2);
    Model work = model_;
    const std::vector<LabelId> labels{static_cast<LabelId>(pick(kLabels))};
    const unsigned nodes = 1 + pick(40);
    const NodeId first = load->addNodes(labels, nodes);
    ASSERT_EQ(first, work.bound);
    Vector values{Vector::Kind::kInteger, nodes};
    for (unsigned i = 0; i < nodes; ++i) {
      values.data<std::int64_t>()[i] = i;
      work.nodes[first + i] = {labels[0]};
      work.nodeProperties[{first + i, 2}] = Value{static_cast<std::int64_t>(i)};
    }
    load->setNodeProperty(2, first, values);
    work.bound += nodes;
    const auto type = static_cast<RelTypeId>(pick(kTypes));
    std::vector<NodeId> starts, ends;
    for (unsigned i = 0; i < pick(100); ++i) {
      starts.push_back(anyNode(work));
      ends.push_back(anyNode(work));
    }
    load->addRelationships(type, starts, ends);
    Vector texts{Vector::Kind::kValue, starts.size()};
    for (std::size_t i = 0; i < starts.size(); ++i) texts.set(i, value());
    load->setRelProperty(type, 1, 0, texts);
    if (pick(4) == 0) return;  // dropped
    load->finish();
    std::vector<std::tuple<NodeId, NodeId, std::size_t>> sorted;
    for (std::size_t i = 0; i < starts.size(); ++i) sorted.emplace_back(starts[i], ends[i], i);
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [start, end, ordinal] : sorted) {
      const RelId id = work.relBound[type]++;
      work.rels[{type, id}] = {start, end};
      const Value v = texts.value(ordinal);
      if (!v.isNull()) work.relProperties[{type, id, 1}] = v;
    }
    model_ = std::move(work);
  }

  std::mt19937 random_;
  StoreOptions options_;
  bool onDisk_;
  std::shared_ptr<Store> store_;
  Model model_;
  std::vector<std::pair<Model, GraphView>> held_;
};

TEST(Model, InMemory) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History{seed, optionsFor(":memory:"), false}.run(60);
    if (HasFatalFailure()) return;
  }
}

TEST(Model, OnDiskWithReopening) {
  for (unsigned seed = 11; seed <= 13; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const TemporaryDirectory directory;
    History{seed, optionsFor(directory.path()), true}.run(60);
    if (HasFatalFailure()) return;
  }
}

// No array fits: relations are read chunk by chunk, columns afresh.
TEST(Model, WithHardlyAnyMemoryForArrays) {
  for (unsigned seed = 21; seed <= 22; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    auto options = optionsFor(":memory:");
    options.arrayBytes = 1;
    History{seed, options, false}.run(60);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace plexus::storage
