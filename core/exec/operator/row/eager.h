// core/exec/operator/row/eager.h: operators that run their input to its end before anything else happens.
#pragma once

#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

// Takes all rows before it gives the first. Keeps batches as they come: no value is copied.
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

// Gives no rows.
class EmptyResult final : public Step {
 public:
  explicit EmptyResult(Common common) : Step{std::move(common)} {}
  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;
};

}  // namespace plexus::exec
