// core/exec/operator/aggregate/path_product.h: the matches of a tree-shaped term by pairs of nodes of two of its
// groups: a row of a product of sparse matrices, one a step of the path between the two, with what hangs on the path's
// groups as messages in between. (F. Gustavson, "Two fast algorithms for sparse matrices", 1978.)
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/exec/operator/aggregate/message_passing.h"

namespace plexus::exec {

// Sums by node, with the nodes that were met.
class NodeSums {
 public:
  void reach(std::pair<NodeId, NodeId> hull);
  NodeId low() const { return low_; }
  std::size_t size() const { return sums_.size(); }

  void add(NodeId node, std::uint64_t count) { addAll({&node, 1}, count); }
  // The same count to each of the nodes. Whether a node is new cannot be foretold: there is no branch on it.
  void addAll(std::span<const NodeId> nodes, std::uint64_t count) {
    if (met_.size() < metCount_ + nodes.size()) met_.resize(2 * (metCount_ + nodes.size()));
    NodeId* met = met_.data() + metCount_;
    for (const NodeId node : nodes) {
      std::uint64_t& sum = sums_[node - low_];
      *met = node;
      met += sum == 0 ? 1 : 0;
      sum += count;
    }
    metCount_ = static_cast<std::size_t>(met - met_.data());
  }
  // visit(node, sum): of all nodes with a sum that is not 0, which is forgotten.
  template <typename Visit>
  void takeAll(Visit visit) {
    for (std::size_t i = 0; i < metCount_; ++i) {
      const std::uint64_t sum = std::exchange(sums_[met_[i] - low_], 0);
      if (sum != 0) visit(met_[i], sum);
    }
    metCount_ = 0;
  }

 private:
  NodeId low_ = 0;
  std::vector<std::uint64_t> sums_;  // modulo 2^64
  std::vector<NodeId> met_;          // the first `metCount_`: a node each time that its sum was 0
  std::size_t metCount_ = 0;
};

class PathProduct {
 public:
  // From nodes of the group that has pattern node `from` to those of the root. The term has no core.
  PathProduct(Worker& worker, MessagePassing& passing, const MessageTerm& term, std::size_t from);

  // All nodes with matches are among these.
  const Weights& starts() const { return weights_.front(); }
  const Weights& ends() const { return weights_.back(); }
  // How often a start counts by itself.
  std::uint64_t startCount(NodeId start) const { return counts_.front()[start]; }
  // Adds `sign` times the matches with `start`, which counts `count`, by node of the root.
  void row(NodeId start, std::uint64_t count, int sign, NodeSums& into);

  // The same in two steps, for products of which the last is alike: where walks from the start come before it, and what
  // they reach by it. Counts are modulo 2^64 then: none that remains passes 63 bits.
  struct Walk {
    NodeId node;
    std::uint64_t count;
  };
  bool endsLike(const PathProduct& other) const;
  const std::vector<Walk>& walk(NodeId start, std::uint64_t count);
  void finish(const std::vector<Walk>& walks, NodeSums& into) const;

 private:
  // From the nodes of one group of the path to those of the next: over a link, or, where that is one of ordered links,
  // from each node to the nodes of the next with what the links match.
  struct Step {
    LinkReader link;
    bool ordered = false;
    NodeId low = 0;
    std::vector<std::size_t> begins;  // of a node from `low`, in `pairs`
    std::vector<Walk> pairs;

    template <typename Visit>
    void forEach(NodeId node, Visit visit) const;
  };
  void addPairs(MessagePassing& passing, const MessageTerm& term, std::size_t parent, std::size_t link, Step& step);
  void step(std::size_t i);
  bool isBounded() const;
  void lastStep(std::uint64_t factor, NodeSums& into) const;

  std::vector<Weights> weights_;              // of the path's groups, from `from` to the root
  std::vector<DenseCounts> counts_;           // the same by node
  std::vector<Step> steps_;                   // from each of them but the last to the next
  std::unique_ptr<Reservation> reservation_;  // of ordered steps
  std::vector<Walk> at_;
  NodeSums sums_;
  bool bounded_ = false;  // no count can pass 63 bits
  bool endsOne_ = false;  // each end that is met over the last link, which is flat, counts, once
};

}  // namespace plexus::exec
