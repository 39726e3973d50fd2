// Arrays that a log was folded into, against the lists that the log shows beside the old arrays.
#include "core/storage/memory/adjacency_fold.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace plexus::storage {
namespace {

using Entry = std::tuple<NodeId, NodeId, RelId>;

std::shared_ptr<const FlatAdjacency> arraysOf(const std::set<Entry>& entries, NodeId nodes) {
  std::vector<std::uint32_t> offsets{0};
  std::vector<NodeId> neighbours;
  std::vector<RelId> ids;
  auto next = entries.begin();
  for (NodeId node = 0; node < nodes; ++node) {
    for (; next != entries.end() && std::get<0>(*next) == node; ++next) {
      neighbours.push_back(std::get<1>(*next));
      ids.push_back(std::get<2>(*next));
    }
    offsets.push_back(static_cast<std::uint32_t>(neighbours.size()));
  }
  return std::make_shared<const FlatAdjacency>(std::move(offsets), std::move(neighbours), std::move(ids));
}

std::set<Entry> entriesOf(const FlatAdjacency& arrays, NodeId nodes) {
  std::set<Entry> entries;
  for (NodeId node = 0; node < nodes; ++node) {
    for (std::size_t i = 0; i < arrays.neighbours(node).size(); ++i) {
      entries.emplace(node, arrays.neighbours(node)[i], arrays.ids(node)[i]);
    }
  }
  return entries;
}

TEST(AdjacencyFold, ShowsWhatTheLogShowedAtItsVersion) {
  std::mt19937 random{5};
  for (int round = 0; round < 50; ++round) {
    constexpr NodeId kOld = 60, kNodes = 80;
    std::set<Entry> entries;
    RelId nextId = 0;
    for (int i = 0; i < 100; ++i) entries.emplace(random() % kOld, random() % kNodes, nextId++);
    const auto base = arraysOf(entries, kOld);
    AdjacencyLog log;
    LiveVersions live;
    std::vector<std::set<Entry>> shown{entries};
    for (Version version = 1; version <= 20; ++version) {
      live.add(version);
      if (random() % 3 == 0 && !entries.empty()) {
        const auto gone = std::next(entries.begin(), static_cast<std::ptrdiff_t>(random() % entries.size()));
        const auto [node, neighbour, id] = *gone;
        entries.erase(gone);
        log.append(version, {{node, neighbour, id}, false});
      } else {
        const Entry made{random() % kNodes, random() % kNodes, nextId++};
        entries.insert(made);
        log.append(version, {{std::get<0>(made), std::get<1>(made), std::get<2>(made)}, true});
      }
      shown.push_back(entries);
    }
    for (const Version version : {Version{1}, Version{11}, Version{20}}) {
      const auto folded = foldedArrays(*base, log, version, kNodes, live);
      ASSERT_GE(folded->offsets().size(), std::size_t{kNodes} + 1);
      ASSERT_TRUE(folded->hasIds());
      ASSERT_EQ(shown[version], entriesOf(*folded, kNodes));
      for (NodeId node = 0; node < kNodes; ++node) {
        const auto list = folded->neighbours(node);
        ASSERT_TRUE(std::is_sorted(list.begin(), list.end()));
      }
    }
  }
}

}  // namespace
}  // namespace plexus::storage
