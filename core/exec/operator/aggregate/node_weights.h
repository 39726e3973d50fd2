// core/exec/operator/aggregate/node_weights.h: nodes with how often each counts, in the form that suits how many there
// are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <roaring/roaring.hh>
#include <span>
#include <utility>
#include <vector>

#include "core/exec/run/array.h"
#include "core/exec/run/name_condition.h"

namespace plexus::exec {

inline constexpr std::uint64_t kMostCount = 0x7FFF'FFFF'FFFF'FFFF;  // counts are INTEGERs in the end

// Product and sum that fit 63 bits; Error{kArithmeticError} otherwise.
std::uint64_t countProduct(std::uint64_t a, std::uint64_t b);
std::uint64_t countSum(std::uint64_t a, std::uint64_t b);

// Nodes with how often each counts: at least once.
struct NodeCounts {
  std::vector<NodeId> nodes;  // ascending, each once
  std::vector<std::uint64_t> counts;

  void add(NodeId node, std::uint64_t count) {
    nodes.push_back(node);
    counts.push_back(count);
  }
  std::size_t size() const { return nodes.size(); }
};

struct NodeRange {
  NodeId begin, end;  // half open
};

// A set of nodes that can be walked, tested, and mostly is a few ranges of ids: kinds are imported one after another.
class Members {
 public:
  Members() = default;
  // `all`: the bitmap has every node there is.
  Members(std::shared_ptr<const Roaring> bitmap, bool all);

  bool isAll() const { return all_; }
  const Roaring& bitmap() const { return *bitmap_; }
  std::uint64_t size() const { return size_; }
  // The lowest member and one past the highest; equal if there is none.
  NodeId low() const { return low_; }
  NodeId high() const { return high_; }
  // All members as ranges; nothing if they are too scattered.
  std::optional<std::span<const NodeRange>> ranges() const {
    return scattered_ ? std::nullopt : std::optional{std::span<const NodeRange>{ranges_}};
  }
  bool contains(NodeId node) const;
  // The number of elements of an ascending list that are members.
  std::size_t count(std::span<const NodeId> ascending) const;

 private:
  std::shared_ptr<const Roaring> bitmap_;
  bool all_ = false, scattered_ = false;
  std::uint64_t size_ = 0;
  NodeId low_ = 0, high_ = 0;
  std::vector<NodeRange> ranges_;
  NodeSet set_;  // where scattered
};

// A count for each node of a range of ids; 0: the node is not there.
struct DenseCounts {
  NodeId low = 0;
  Array<std::uint64_t> counts;
  std::uint64_t most = 0;   // no count is higher
  std::size_t present = 0;  // no more nodes are there

  // The same as [], without a branch: for nodes of which it cannot be foretold whether they lie in the range. Not
  // empty.
  std::uint64_t select(NodeId node) const {
    const std::size_t i = static_cast<NodeId>(node - low);
    const std::uint64_t inside = i < counts.size() ? 1 : 0;
    return counts[i * inside] * inside;
  }
  // 0 outside of the range.
  std::uint64_t operator[](NodeId node) const {
    const std::size_t i = static_cast<NodeId>(node - low);
    return i < counts.size() ? counts[i] : 0;
  }
};

// What a group's candidates are: members of a set, once each; a list; or an array.
struct Weights {
  enum class Form : std::uint8_t { kSet, kList, kDense } form = Form::kSet;
  Members members;
  NodeCounts list;
  DenseCounts dense;

  static Weights of(NodeCounts list);
  static Weights of(DenseCounts dense);
  bool isSet() const { return form == Form::kSet; }
  // Nodes that are there (of an array: at most).
  std::size_t size() const;
  // The lowest node and one past the highest; equal if there is none.
  std::pair<NodeId, NodeId> hull() const;
  std::uint64_t most() const;

  template <typename Visit>
  void forEach(Visit visit) const;
  // visit(node, share): of about `most` nodes evenly spread, and how many nodes each stands for.
  template <typename Visit>
  void sample(std::size_t most, Visit visit) const;
};

// The same as an array over its hull.
DenseCounts asDense(const Weights& weights);
NodeCounts asList(Weights weights);

// The count of a node, whatever form they have.
class Lookup {
 public:
  // `many`: so many look-ups are to come that an array pays.
  Lookup(const Weights& weights, bool many);
  std::uint64_t operator()(NodeId node) const;

 private:
  const Weights& weights_;
  DenseCounts array_;
};

template <typename Visit>
void Weights::forEach(Visit visit) const {
  if (form == Form::kList) {
    for (std::size_t i = 0; i < list.size(); ++i) visit(list.nodes[i], list.counts[i]);
  } else if (form == Form::kDense) {
    for (std::size_t i = 0; i < dense.counts.size(); ++i) {
      if (dense.counts[i] != 0) visit(static_cast<NodeId>(dense.low + i), dense.counts[i]);
    }
  } else if (const auto ranges = members.ranges()) {
    for (const NodeRange& range : *ranges) {
      for (NodeId n = range.begin; n < range.end; ++n) visit(n, std::uint64_t{1});
    }
  } else {
    for (const NodeId n : members.bitmap()) visit(n, std::uint64_t{1});
  }
}

template <typename Visit>
void Weights::sample(std::size_t most, Visit visit) const {
  if (form == Form::kList) {
    const std::size_t step = list.size() / most + 1;
    for (std::size_t i = 0; i < list.size(); i += step) visit(list.nodes[i], static_cast<double>(step));
    return;
  }
  const auto [low, high] = hull();
  const auto step = static_cast<NodeId>((high - low) / most + 1);
  for (NodeId n = low; n < high; n += step) {
    if (isSet() ? members.contains(n) : dense[n] != 0) visit(n, static_cast<double>(step));
    if (high - n <= step) return;
  }
}

}  // namespace plexus::exec
