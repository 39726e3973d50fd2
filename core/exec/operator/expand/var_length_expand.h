// core/exec/operator/expand/var_length_expand.h: -[:T*min..max]-: paths that use no relationship twice.
//
// Three ways, chosen when built: depth-first search over all trails (rows, or only their number where nobody reads end
// or relationships); breadth-first search where each end is wanted once; a check where the list of relationships is
// bound. Cost: the trails, or the edges reached.
#pragma once

#include <vector>

#include "core/exec/operator/expand/trails.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class VarLengthExpand final : public Step {
 public:
  struct Spec {
    VariableId from, to, relationships;
    bool into, relationshipsBound, reversed, distinctEnds, walks;
    bind::NodeRule nodes;
    std::uint64_t minimum, maximum;
    NameCondition toLabels;
    std::vector<VariableId> differentFrom;
  };
  VarLengthExpand(Common common, Spec spec, StepRule rule);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  bool nextInput(Worker& worker, Local& state) const;
  void trails(Worker& worker, Local& state, Batch& out) const;
  bool nextTrail(Worker& worker, Local& state) const;
  void lookBack(Worker& worker, Local& state) const;
  void ends(Worker& worker, Local& state, Batch& out) const;
  bool returns(Worker& worker, Local& state, std::size_t row) const;
  void reach(Worker& worker, Local& state, std::size_t row) const;
  void check(Worker& worker, Local& state, Batch& out) const;
  bool isTrail(Worker& worker, Local& state, std::size_t row, NodeId& end) const;
  bool isEnd(const Local& state, std::size_t row, NodeId end) const;
  void finish(Local& state, Batch& out) const;

  Spec spec_;
  StepRule rule_;
  Carry carry_;
  Differing differing_;
  ColumnIndex fromColumn_, toColumn_ = 0, relationshipsColumn_ = 0;
  bool wantsTo_, wantsRelationships_;
};

}  // namespace plexus::exec
