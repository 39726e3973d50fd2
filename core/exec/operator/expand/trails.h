// core/exec/operator/expand/trails.h: walking from a node step by step, no relationship twice unless asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

#include "core/bind/bound_query.h"
#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/expand/neighbourhood.h"

namespace plexus::exec {

// One relationship on the way, and where it leads.
struct Hop {
  NodeId to;
  Relationship relationship;
};

// The path from a node along relationships, each of which has the node before at one of its ends.
Path pathAlong(NodeId from, std::span<const Relationship> relationships);

// What a step may be: types, direction, and predicates on each relationship (which may read the row it belongs to).
class StepRule {
 public:
  // `rows`: the layout of the rows that predicates see besides `stepVariable`.
  StepRule(NameCondition types, Direction direction, VariableId stepVariable,
           const std::vector<bind::ExpressionPtr>& predicates, const Layout& rows, BuildContext& build);
  bool hasPredicates() const { return !predicates_.empty(); }
  Direction direction() const { return direction_; }

  // One worker's use of it.
  class Walker {
   public:
    void open(const StepRule& rule, Worker& worker);
    // Types and adjacency as of now. Once a run; in queries that write, once a batch.
    void bind(Worker& worker);
    const Neighbourhood& forward() const { return forward_; }
    // Against the direction, for searches from the far end. Bound on first use after bind().
    const Neighbourhood& backward(Worker& worker);

    // Appends the hops from `node` (backwards: those that lead to it), for row `row` of `rows`.
    void hops(Worker& worker, const Batch& rows, std::size_t row, NodeId node, bool backwards,
              std::span<const Relationship> excluded, std::vector<Hop>& out);
    // Drops the hops from `first` on whose relationship does not satisfy the predicates.
    void filter(Worker& worker, const Batch& rows, std::size_t row, std::vector<Hop>& hops, std::size_t first);

   private:
    const StepRule* rule_ = nullptr;
    std::unique_ptr<Predicates::Scratch> scratch_;
    Neighbourhood forward_, backward_;
    bool backwardBound_ = false;
    std::vector<Run> runs_;
  };

 private:
  NameCondition types_;
  Direction direction_;
  Layout layout_;  // of predicates: the rows', then the step's relationship
  ColumnIndex stepColumn_ = 0;
  Predicates predicates_;
};

// Depth-first search for all trails from a node, one at a time. Memory: the hops along the current trail.
class TrailSearch {
 public:
  using Hops = std::function<void(NodeId node, std::vector<Hop>& out)>;

  // Trails (`walks`: walks, which may repeat relationships) of minimum..maximum hops; start() before next().
  // `nodes`: trails in which a node that may not comes again are left out.
  void start(NodeId from, std::uint64_t minimum, std::uint64_t maximum, bool walks, bind::NodeRule nodes);
  // Goes on to the next trail; `hops` gives the ways on from a node, `enter` says whether a hop at a depth (1, 2, ...)
  // may be taken. False at the end.
  template <typename Enter>
  bool next(const Hops& hops, Enter enter);

  NodeId end() const { return end_; }
  std::span<const Relationship> relationships() const { return trail_; }

 private:
  struct Frame {
    std::size_t begin, next, end;  // in hops_
  };
  bool onTrail(const Relationship& r) const;
  bool mayFollow(NodeId node) const;
  void push(const Hop& hop);
  void pop();
  void expand(const Hops& hops);

  static constexpr std::size_t kFew = 24;  // relationships that are compared one by one; more are hashed
  NodeId from_ = kNoNode, end_ = kNoNode;
  std::uint64_t minimum_ = 0, maximum_ = 0;
  bool arrived_ = false, over_ = true, walks_ = false;
  bind::NodeRule nodeRule_ = bind::NodeRule::kAny;
  std::vector<Hop> hops_;
  std::vector<Frame> frames_;  // frames_[d]: the ways on after d hops
  std::vector<Relationship> trail_;
  std::vector<NodeId> nodes_;
  std::unordered_set<std::int64_t> used_;
};

template <typename Enter>
bool TrailSearch::next(const Hops& hops, Enter enter) {
  while (!over_) {
    if (arrived_) {
      arrived_ = false;
      if (trail_.size() >= minimum_) return true;
    }
    if (frames_.size() == trail_.size()) expand(hops);
    Frame& frame = frames_.back();
    bool stepped = false;
    while (frame.next < frame.end && !stepped) {
      const Hop hop = hops_[frame.next++];
      if (onTrail(hop.relationship) || !mayFollow(hop.to) || !enter(hop, trail_.size() + 1)) continue;
      push(hop);
      stepped = true;
    }
    if (!stepped) pop();
  }
  return false;
}

}  // namespace plexus::exec
