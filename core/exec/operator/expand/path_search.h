// core/exec/operator/expand/path_search.h: the selected paths of a pattern of several parts between two nodes.
//
// A place of the search is a state of the pattern's automaton (path_automaton.h) at a node. From one end of the row,
// breadth-first search measures how far each place is from it, in relationships, level by level and no farther than
// needed; then, for one length after the other, depth-first search from the other end makes the paths of that length,
// taking only steps that the distances say can still arrive. Distances do not know that relationships may not come
// twice, so they are lower bounds. Rows of a batch that share the end that is measured from are searched together.
//
// Cost: the steps of the places that are nearer than the longest path, once, and the paths made. Only what cannot be
// because it would repeat a relationship, or fails a condition on the whole path, is tried in vain.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/exec/build/build_context.h"
#include "core/exec/operator/expand/path_automaton.h"
#include "core/exec/operator/expand/shortest_path.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class PathSearch final : public Step {
 public:
  // A plan that is run for nodes, and for variables of the row.
  struct NodePlan {
    BuildContext::Inner inner;
    VariableId start;
    std::vector<VariableId> arguments;  // `start` among them
  };
  struct Part {
    plan::PathSearch::Part pattern;
    NodePlan forwards, backwards;   // one step
    std::optional<NodePlan> check;  // keeps the nodes at which the part may end; none if it may anywhere
  };
  struct Spec {
    VariableId from, to, path;
    PathChoice choice;
    bool walks;
    bind::NodeRule nodes;
    bool readsRow;  // the plans read variables of the row
  };
  // `whole`: what `predicates` (on whole paths) read: the input's columns and all that the path binds.
  PathSearch(Common common, Spec spec, std::vector<Part> parts, Layout whole, Predicates predicates);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Repetition;
  struct Distances;
  struct Frame;
  struct Local;
  using Move = PathAutomaton::Move;

  bool nextInput(Worker& worker, Local& state) const;
  void orderRows(Local& state) const;
  void search(Worker& worker, Local& state) const;

  // Distances (path_distances.cpp).
  void chooseOrigin(Worker& worker, Local& state) const;
  // All up to `length` become known.
  void measure(Worker& worker, Local& state, std::uint32_t length) const;
  // Measures until the other end is reached, or all is known.
  void measureUntilReached(Worker& worker, Local& state) const;
  void passLevel(Worker& worker, Local& state, std::uint32_t level) const;
  void stepLevel(Worker& worker, Local& state, std::uint32_t level) const;
  void pass(Worker& worker, Local& state, const Move& move, std::span<const NodeId> nodes, std::uint32_t level) const;
  void step(Worker& worker, Local& state, const Move& move, std::span<const NodeId> nodes, std::uint32_t level) const;

  // Paths.
  bool searchLength(Worker& worker, Local& state, std::uint32_t length, std::uint64_t& paths) const;
  bool mayEnter(Local& state, PathAutomaton::State place, NodeId node, std::size_t hops) const;
  void tryOption(Local& state, Frame& frame) const;
  void tryMove(Worker& worker, Local& state, Frame& frame) const;
  void leave(Local& state) const;
  bool mayStand(const Local& state, NodeId node) const;
  bool mayEnd(Worker& worker, Local& state, std::uint32_t part, NodeId node) const;
  const std::vector<Repetition>& repetitions(Worker& worker, Local& state, std::uint32_t part, NodeId node) const;
  std::vector<Repetition> run(Worker& worker, Local& state, std::uint32_t part, NodeId node) const;
  void bindValues(Local& state) const;
  bool take(Worker& worker, Local& state) const;
  bool satisfies(Worker& worker, Local& state) const;
  void finish(Local& state, Batch& out) const;

  // Brings a plan to its start for the nodes and the row.
  void startPlan(Worker& worker, Local& state, const NodePlan& plan, std::unique_ptr<State>& run,
                 std::span<const NodeId> nodes) const;

  Spec spec_;
  std::vector<Part> parts_;
  PathAutomaton automaton_;
  Layout whole_;
  Predicates predicates_;
  std::vector<VariableId> bound_;  // what a path binds: parallel to Local::values
  Carry carry_;
};

}  // namespace plexus::exec
