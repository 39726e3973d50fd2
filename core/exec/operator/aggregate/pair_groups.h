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

#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/aggregate/path_product.h"

namespace plexus::exec {

// A pair of roots for each group, and its matches.
struct GroupedPairs {
  std::vector<NodeId> first, second;
  std::vector<std::uint64_t> counts;
};

class PairGroups {
 public:
  // What nodes are grouped by; no keys: all alike. Over batches with the node as their only column.
  using Keys = std::vector<EvaluatorPtr>;

  // The groups with the `most` highest counts, and those that count the same as the last of them. `signs`: of the
  // products, all of them between the same two roots.
  PairGroups(Worker& worker, std::vector<PathProduct>& products, std::vector<int> signs, std::uint64_t most);
  GroupedPairs run(const std::array<Keys, 2>& keys);

 private:
  struct Numbers {
    std::vector<std::uint32_t> of;  // by place among the nodes
    std::size_t groups = 0;
  };
  Numbers number(const Keys& keys, const std::vector<NodeId>& nodes);
  void addRow(NodeId start, std::uint64_t count);
  void takeRow(NodeId start);
  void keep(NodeId first, NodeId second, std::uint64_t count);
  void dropLow();

  Worker& worker_;
  std::vector<PathProduct>& products_;
  std::vector<int> signs_;
  std::uint64_t most_;
  NodeSums sums_;                                      // of a group of starts, by end
  std::vector<std::uint32_t> endNumbers_;              // by end from sums_.low()
  bool endsDiffer_ = true;                             // no two ends are alike
  std::vector<std::uint64_t> grouped_;                 // by number of the ends, where some are alike
  std::vector<std::pair<std::uint32_t, NodeId>> met_;  // numbers with one of their ends
  GroupedPairs kept_;
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> highest_;  // at most `most_` counts
  Reservation reservation_;
};

}  // namespace plexus::exec
