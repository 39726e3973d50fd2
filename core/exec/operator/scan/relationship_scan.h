// core/exec/operator/scan/relationship_scan.h: all relationships of some types, by type and start.
#pragma once

#include "core/exec/run/columns.h"
#include "core/exec/run/name_condition.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

// A morsel is a block of starts of one type. Undirected: each relationship twice, a loop once. Columns that nobody
// reads are not made; without any, each type is one row with its number of relationships as multiplicity.
class RelationshipScan final : public Step {
 public:
  struct Spec {
    VariableId relationship, from, to;
    NameCondition types;
    Direction direction;
  };
  RelationshipScan(Common common, Spec spec);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kSource; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  bool nextMorsel(Worker& worker, Local& state) const;
  bool countOnly(Worker& worker, Local& state, Batch& out) const;
  void fill(Worker& worker, Local& state) const;

  Spec spec_;
  bool wantsRelationship_, wantsFrom_, wantsTo_;
  bool loopsOnly_;  // (a)-->(a)
};

}  // namespace plexus::exec
