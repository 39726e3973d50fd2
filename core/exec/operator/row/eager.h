// core/exec/operator/row/eager.h: takes all rows before it gives the first, so that what is below has read all it reads
// before what is above writes. Keeps batches as they come: no value is copied.
#pragma once

#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Eager final : public Step {
 public:
  explicit Eager(Common common) : Step{std::move(common)}, carry_{input().layout(), layout()} {}
  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  Carry carry_;
};

}  // namespace plexus::exec
