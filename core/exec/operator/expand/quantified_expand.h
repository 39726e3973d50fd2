// core/exec/operator/expand/quantified_expand.h: ((x)-[r]->(y) WHERE ...){min,max}: repetitions of an inner plan, one
// after the other, that together use no relationship twice.
//
// Depth-first over repetitions; breadth-first where each end is wanted once. What the inner plan gives for a start node
// is kept while it cannot change (for one row if it reads outer variables, else for the whole run): each node is asked
// once. Cost: the paths.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/exec/build/build_context.h"
#include "core/exec/operator/expand/neighbourhood.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class QuantifiedExpand final : public Step {
 public:
  struct Spec {
    VariableId from, to, innerFrom, innerTo, relationships;
    bool into, reversed, walks, distinctEnds;
    bind::NodeRule nodes;
    std::uint64_t minimum, maximum;
    std::vector<VariableId> innerRelationships;
    std::vector<std::pair<VariableId, VariableId>> groups;
    std::vector<VariableId> differentFrom;
    NameCondition toLabels;
    std::vector<VariableId> arguments;  // of the inner plan
  };
  QuantifiedExpand(Common common, Spec spec, BuildContext::Inner inner);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Repetition;
  struct Local;
  bool nextInput(Worker& worker, Local& state) const;
  const std::vector<Repetition>& repetitions(Worker& worker, Local& state, NodeId node) const;
  std::vector<Repetition> run(Worker& worker, Local& state, NodeId node) const;
  bool isEnd(const Local& state, NodeId node) const;
  bool mayFollow(const Local& state, const Repetition& choice) const;
  void lookBack(Worker& worker, Local& state) const;
  bool nextPath(Worker& worker, Local& state) const;
  void ends(Worker& worker, Local& state) const;
  void emit(Local& state) const;
  void finish(Local& state, Batch& out) const;

  Spec spec_;
  BuildContext::Inner inner_;
  Carry carry_;
  Differing differing_;
  bool readsOuter_;
};

}  // namespace plexus::exec
