// core/exec/operator/expand/expand.h: from a bound node over one relationship.
//
// Four ways, chosen when built:
//   enumerate  the neighbours become rows: slices of the sorted arrays are copied, input columns follow by selection
//   count      nobody looks at neighbour or relationship: each row's multiplicity is multiplied by a degree
//   into       the neighbour is bound: binary search in the shorter of the two lists; repeats are multiplicity too
//   check      the relationship is bound: rows where it joins the ends stay
// Cost a row: one look-up a type and direction, plus the neighbours that are copied.
#pragma once

#include <vector>

#include "core/exec/operator/expand/neighbourhood.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Expand final : public Step {
 public:
  struct Spec {
    VariableId from, to, relationship;
    bool into, relationshipBound;
    NameCondition types, toLabels;
    Direction direction;
    std::vector<VariableId> differentFrom;
  };
  Expand(Common common, Spec spec);

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  void resolve(Worker& worker, Local& state) const;
  bool nextInput(Worker& worker, Local& state) const;
  std::size_t bound(const Local& state, std::size_t most) const;
  void enumerate(Local& state, std::size_t most, Batch& out) const;
  void copyRun(Local& state, std::size_t most) const;
  void count(Local& state, Batch& out) const;
  void into(Local& state, Batch& out) const;
  void check(Local& state, Batch& out) const;
  void finish(Local& state, Batch& out) const;

  Spec spec_;
  Carry carry_;
  Differing differing_;
  ColumnIndex fromColumn_, toColumn_ = 0, relationshipColumn_ = 0;  // of the input
  bool wantsTo_, wantsRelationship_;                                // as new columns
};

}  // namespace plexus::exec
