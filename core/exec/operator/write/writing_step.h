// core/exec/operator/write/writing_step.h: the base of writing clauses: all input first, then all writes, then rows.
//
// So a clause sees the whole effect of the one before it, and what it does itself does not change what it reads.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "core/exec/operator/write/write_context.h"
#include "core/exec/run/row_store.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class WritingStep : public Step {
 public:
  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  // `work` is the layout of the batches that write() leaves; it has all variables of the output.
  WritingStep(Common common, const Layout& work);

  struct WriteState : InputState {
    explicit WriteState(MemoryBudget* budget) : memory{budget} {}
    bool written = false;
    std::deque<Batch> batches;
    Reservation memory;
  };
  // Of the operator's own kind: with its scratches.
  virtual std::unique_ptr<WriteState> makeState(Worker& worker) const = 0;
  // Writes for all rows (each stands for itself) and leaves the rows to give, in the work layout. No empty batches.
  virtual void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const = 0;

  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  void takeInput(Worker& worker, WriteState& state) const;
  std::vector<ColumnIndex> outputs_;  // the column of `work` for each column of the output
};

// The layout of an operator's first input, to be extended by what a clause makes.
inline Layout inputLayout(const Step::Common& common) { return common.inputs.front()->layout(); }

}  // namespace plexus::exec
