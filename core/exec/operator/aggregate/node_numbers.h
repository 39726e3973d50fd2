// core/exec/operator/aggregate/node_numbers.h: nodes grouped by values of each: numbers from 0.
#pragma once

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

// What nodes are grouped by; no keys: all alike. Over batches with the node as their only column.
using NodeKeys = std::vector<EvaluatorPtr>;

// One row a node.
Batch rowsOf(const std::vector<NodeId>& nodes);

struct NodeNumbers {
  std::vector<std::uint32_t> of;  // by place among the nodes
  std::size_t groups = 0;

  // `nodes`, ascending, as they were numbered: by node from the first.
  std::vector<std::uint32_t> byNode(const std::vector<NodeId>& nodes) const;
  // visit(nodes): of each group.
  template <typename Visit>
  void forEachGroup(const std::vector<NodeId>& nodes, Visit visit) const {
    std::vector<std::size_t> begin(groups + 1);
    for (const std::uint32_t number : of) ++begin[number + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<NodeId> ordered(nodes.size());
    std::vector<std::size_t> next{begin};
    for (std::size_t i = 0; i < nodes.size(); ++i) ordered[next[of[i]]++] = nodes[i];
    for (std::size_t g = 0; g < groups; ++g) visit(std::span{ordered}.subspan(begin[g], begin[g + 1] - begin[g]));
  }

  static NodeNumbers number(Worker& worker, const NodeKeys& keys, const std::vector<NodeId>& nodes);
};

}  // namespace plexus::exec
