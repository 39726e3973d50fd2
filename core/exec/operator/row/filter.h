// core/exec/operator/row/filter.h: keeps the rows for which all predicates are true. Touches no values: selections
// only.
#pragma once

#include "core/exec/expression/evaluator.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Filter final : public Step {
 public:
  Filter(Common common, Predicates predicates)
      : Step{std::move(common)}, predicates_{std::move(predicates)}, carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  Predicates predicates_;
  Carry carry_;
};

}  // namespace plexus::exec
