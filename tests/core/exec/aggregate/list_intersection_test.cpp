#include "core/exec/operator/aggregate/list_intersection.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace plexus::exec {
namespace {

std::vector<NodeId> randomList(std::mt19937& random, std::size_t size, NodeId bound) {
  std::vector<NodeId> out;
  for (std::size_t i = 0; i < size; ++i) out.push_back(std::uniform_int_distribution<NodeId>{0, bound}(random));
  std::sort(out.begin(), out.end());
  return out;
}

// Lists of all lengths, with repeats: few are compared pairwise, short ones sought in long ones, others walked.
TEST(ListIntersection, CountsPairsOfEqualElements) {
  std::mt19937 random{3};
  for (const std::size_t a : {0, 1, 3, 8, 40, 300}) {
    for (const std::size_t b : {0, 1, 5, 9, 100, 2000}) {
      const auto x = randomList(random, a, 150), y = randomList(random, b, 150);
      std::uint64_t pairs = 0, visited = 0;
      for (const NodeId n : x) pairs += static_cast<std::uint64_t>(std::count(y.begin(), y.end(), n));
      std::vector<NodeId> met;
      forEachShared(x, y, [&](NodeId node, std::uint64_t times) {
        met.push_back(node);
        visited += times;
      });
      EXPECT_EQ(countShared(x, y), pairs) << a << " and " << b;
      EXPECT_EQ(visited, pairs) << a << " and " << b;
      EXPECT_TRUE(std::adjacent_find(met.begin(), met.end(), std::greater_equal<>{}) == met.end());
    }
  }
}

}  // namespace
}  // namespace plexus::exec
