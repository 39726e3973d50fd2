// core/exec/operator/expand/reaching.h: the nodes from which an end of a search can be reached.
//
// A search for all trails may walk for ever where none ends: a dense part of the graph that nothing leads out of has
// more trails than anybody can wait for. So a search that has been fruitless for a while looks back once from the ends,
// and from then on goes only where an end can still be reached. What else a trail must satisfy is left aside: the set
// may be too large, never too small.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/cancellation.h"
#include "core/base/ids.h"

namespace plexus::exec {

class Reaching {
 public:
  using Visit = std::function<void(NodeId node)>;
  using Predecessors = std::function<void(NodeId node, const Visit& visit)>;

  // All nodes, until compute().
  void reset() {
    known_ = false;
    fruitless_ = 0;
  }
  bool has(NodeId node) const { return !known_ || (marks_[node >> 6] >> (node & 63) & 1) != 0; }

  // Counts a step that led to no end; true once, when it is time to compute().
  bool isTimeToLookBack() { return !known_ && ++fruitless_ == kPatience; }
  void found() { fruitless_ = 0; }

  // All nodes are below `bound`. O(what leads to the ends).
  void compute(NodeId bound, std::span<const NodeId> ends, const Predecessors& predecessors,
               const Cancellation* cancellation);

 private:
  static constexpr std::uint32_t kPatience = 4096;
  bool known_ = false;
  std::uint32_t fruitless_ = 0;
  std::vector<std::uint64_t> marks_;
};

}  // namespace plexus::exec
