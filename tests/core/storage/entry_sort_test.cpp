#include "core/storage/bulk/entry_sort.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace plexus::storage {
namespace {

// `count` entries with nodes below `nodes` and neighbours below `neighbours`, ids as they come.
std::vector<AdjacencyEntry> randomEntries(std::size_t count, NodeId nodes, NodeId neighbours, unsigned seed) {
  std::mt19937 random{seed};
  std::uniform_int_distribution<NodeId> node{0, nodes - 1}, neighbour{0, neighbours - 1};
  std::vector<AdjacencyEntry> entries;
  for (std::size_t i = 0; i < count; ++i) entries.push_back({node(random), neighbour(random), static_cast<RelId>(i)});
  return entries;
}

TEST(SortEntries, OrdersAsComparingDoes) {
  const NodeId bounds[] = {1, 2, 200, 70'000, 20'000'000, kNoNode};
  unsigned seed = 0;
  for (const std::size_t count : {0U, 1U, 2U, 511U, 512U, 513U, 10'000U, 300'000U}) {
    for (const NodeId nodes : bounds) {
      std::vector<AdjacencyEntry> entries = randomEntries(count, nodes, bounds[seed % std::size(bounds)], seed);
      ++seed;
      std::vector<AdjacencyEntry> expected = entries;
      std::sort(expected.begin(), expected.end());
      sortEntries(entries);
      ASSERT_EQ(entries, expected) << count << " entries, nodes below " << nodes;
    }
  }
}

TEST(SortEntries, OrdersWhatAscendsByNeighbourAlready) {
  std::vector<AdjacencyEntry> entries = randomEntries(100'000, 5'000, 5'000, 7);
  std::stable_sort(entries.begin(), entries.end(),
                   [](const AdjacencyEntry& a, const AdjacencyEntry& b) { return a.neighbour < b.neighbour; });
  std::vector<AdjacencyEntry> expected = entries;
  std::sort(expected.begin(), expected.end());
  sortEntries(entries);
  EXPECT_EQ(entries, expected);
}

}  // namespace
}  // namespace plexus::storage
