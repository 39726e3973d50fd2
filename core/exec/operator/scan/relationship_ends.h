// core/exec/operator/scan/relationship_ends.h: the ends of a bound relationship, as (from)-[r]->(to) finds them.
#pragma once

#include "core/exec/operator/expand/neighbourhood.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/name_condition.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

// Rows whose relationship is null or of another type are dropped. Undirected: twice, with the ends exchanged; a loop
// once. Of a symmetric type: from either end that it is seen from. (a)-[r]->(a) (from == to) keeps loops only.
class RelationshipEnds final : public Step {
 public:
  struct Spec {
    VariableId relationship, from, to;
    NameCondition types;
    Direction direction;
  };
  RelationshipEnds(Common common, Spec spec)
      : Step{std::move(common)}, spec_{std::move(spec)}, carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  // Where relationships of a symmetric type lead; null: the type is not.
  const Neighbourhood* eitherWay(Worker& worker, Local& state, RelTypeId type) const;

  Spec spec_;
  Carry carry_;
};

}  // namespace plexus::exec
