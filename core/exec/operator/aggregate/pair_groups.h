// core/exec/operator/aggregate/pair_groups.h: pairs of roots grouped by values of each, and of the groups only those
// with the highest counts.
//
// Each root's values are computed once a node and numbered; a row of the sparse product is then added up by number, and
// what lies below the lowest count that is wanted so far is dropped at once. So neither pairs nor groups are hashed,
// and almost all of them are never made. Memory: a count and a number a node, and the groups kept.
#pragma once

#include <array>
#include <queue>
#include <vector>

#include "core/exec/operator/aggregate/node_numbers.h"
#include "core/exec/operator/aggregate/pair_products.h"

namespace plexus::exec {

// A pair of roots for each group, and how often it counts.
struct GroupedPairs {
  std::vector<NodeId> first, second;
  std::vector<std::uint64_t> counts;

  void add(NodeId firstRoot, NodeId secondRoot, std::uint64_t count) {
    first.push_back(firstRoot);
    second.push_back(secondRoot);
    counts.push_back(count);
  }
};

class PairGroups {
 public:
  // The groups with the `most` highest counts, and those that count the same as the last of them.
  PairGroups(Worker& worker, PairProducts& products, std::uint64_t most);
  GroupedPairs run(const std::array<NodeKeys, 2>& keys);

 private:
  void takeRow(NodeId start);
  void keep(NodeId first, NodeId second, std::uint64_t count);
  void dropLow();

  Worker& worker_;
  PairProducts& products_;
  std::uint64_t most_;
  NodeSums sums_;                                      // of a group of starts, by end
  std::vector<std::uint32_t> endNumbers_;              // by end from the lowest
  bool endsDiffer_ = true;                             // no two ends are alike
  std::vector<std::uint64_t> grouped_;                 // by number of the ends, where some are alike
  std::vector<std::pair<std::uint32_t, NodeId>> met_;  // numbers with one of their ends
  GroupedPairs kept_;
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> highest_;  // at most `most_` counts
  Reservation reservation_;
};

}  // namespace plexus::exec
