// core/exec/operator/aggregate/path_product.h: the matches of a tree-shaped term by pairs of nodes of two of its
// groups: a row of a product of sparse matrices, one a step of the path between the two, with what hangs on the path's
// groups as messages in between. (F. Gustavson, "Two fast algorithms for sparse matrices", 1978.)
#pragma once

#include <vector>

#include "core/exec/operator/aggregate/message_passing.h"

namespace plexus::exec {

// Sums by node, with the nodes that were met: again each time that their sum was 0.
struct NodeSums {
  NodeId low = 0;
  std::vector<std::uint64_t> sums;  // modulo 2^64
  std::vector<NodeId> met;

  void reach(std::pair<NodeId, NodeId> hull);
  void add(NodeId node, std::uint64_t count) {
    std::uint64_t& sum = sums[node - low];
    if (sum == 0) met.push_back(node);
    sum += count;
  }
  // The sum, which is 0 afterwards.
  std::uint64_t take(NodeId node) { return std::exchange(sums[node - low], 0); }
};

class PathProduct {
 public:
  // From nodes of the group that has pattern node `from` to those of the root. The term has no core.
  PathProduct(Worker& worker, MessagePassing& passing, const MessageTerm& term, std::size_t from);

  // All nodes with matches are among these.
  const Weights& starts() const { return weights_.front(); }
  const Weights& ends() const { return weights_.back(); }
  std::pair<NodeId, NodeId> endHull() const { return weights_.back().hull(); }
  // Adds `sign` times the matches with `start`, which counts `count`, by node of the root.
  void row(NodeId start, std::uint64_t count, int sign, NodeSums& into);

 private:
  struct Walk {
    NodeId node;
    std::uint64_t count;
  };
  void step(std::size_t i);
  bool isBounded() const;
  template <typename Add>
  void lastStep(Add add) const;

  Worker& worker_;
  std::vector<Weights> weights_;     // of the path's groups, from `from` to the root
  std::vector<DenseCounts> counts_;  // the same by node
  std::vector<LinkReader> links_;    // from each of them but the last to the next
  std::vector<Walk> at_;
  NodeSums sums_;
  bool bounded_ = false;  // no count can pass 63 bits
  bool endsOne_ = false;  // each end that is met counts, once
};

}  // namespace plexus::exec
