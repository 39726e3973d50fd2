// core/exec/operator/expand/shortest_path.h: the selected paths between two bound nodes.
//
// One shortest path, or all shortest ones, by bidirectional search. Where more are wanted (SHORTEST k, k GROUPS), where
// paths must be longer than one step, start where they end, or satisfy predicates as a whole: trails by length,
// depth-first, cut off where the distance to the end does not allow the length.
#pragma once

#include <vector>

#include "core/exec/build/build_context.h"
#include "core/exec/operator/expand/shortest_search.h"
#include "core/exec/run/step.h"
#include "core/plan/logical/operator.h"

namespace plexus::exec {

// How many of the paths of one pair of ends are taken, in order of length.
struct PathChoice {
  std::uint64_t paths;   // at most so many paths
  std::uint64_t groups;  // of at most so many different lengths
  bool isFunction;       // shortestPath(): none from a node to itself
  static PathChoice of(ast::PathSelectorKind selector, std::uint64_t k);
};

class ShortestPath final : public Step {
 public:
  struct Spec {
    VariableId from, to, relationships, path;
    PathChoice choice;
    std::uint64_t minimum, maximum;
    bool walks;
    bind::NodeRule nodes;
    bool single;  // `relationships` is one relationship, not a list
  };
  // `layout` is what `predicates` (on whole paths) read: the input's columns, the relationships, the path.
  ShortestPath(Common common, Spec spec, StepRule rule, Layout layout, Predicates predicates);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  using Trail = std::vector<Relationship>;
  struct Taken {
    std::uint64_t paths = 0, groups = 0;
  };
  struct Local;
  bool nextInput(Worker& worker, Local& state) const;
  void search(Worker& worker, Local& state) const;
  void searchBothWays(Worker& worker, Local& state, NodeId from, NodeId to) const;
  void searchByLength(Worker& worker, Local& state, Taken taken) const;
  bool searchLength(Worker& worker, Local& state, std::uint64_t length, std::uint64_t& paths) const;
  void measure(Worker& worker, Local& state, NodeId to) const;
  Value relationshipsOf(const Trail& trail) const;
  bool satisfies(Worker& worker, Local& state, const Trail& trail) const;
  void emit(Local& state, const Trail& trail) const;
  void finish(Local& state, Batch& out) const;

  Spec spec_;
  StepRule rule_;
  Layout predicateLayout_;
  Predicates predicates_;
  Carry carry_;
};

// The same choice among the candidates that an inner plan gives for each row.
class PathSelection final : public Step {
 public:
  PathSelection(Common common, VariableId path, PathChoice choice, const std::vector<VariableId>& outer,
                BuildContext::Inner inner);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  Batch candidates(Worker& worker, Local& state) const;
  Selection choose(const Batch& rows) const;

  VariableId path_;
  PathChoice choice_;
  std::vector<ColumnIndex> outer_;
  BuildContext::Inner inner_;
};

}  // namespace plexus::exec
