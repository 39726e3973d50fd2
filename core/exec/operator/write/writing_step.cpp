#include "core/exec/operator/write/writing_step.h"

#include <algorithm>

namespace plexus::exec {

WritingStep::WritingStep(Common common, const Layout& work) : Step{std::move(common)} {
  for (const VariableId variable : layout().variables()) outputs_.push_back(work.column(variable));
}

std::unique_ptr<Operator::State> WritingStep::open(Worker& worker) const {
  auto state = makeState(worker);
  state->inputs.push_back(input().open(worker));
  return state;
}

void WritingStep::reset(Worker& worker, State& state) const {
  auto& own = static_cast<WriteState&>(state);
  input().reset(worker, own.input());
  own.written = false;
  own.batches.clear();
  own.memory.release();
}

void WritingStep::takeInput(Worker& worker, WriteState& state) const {
  Batch batch;
  std::size_t bytes = 0;
  while (input().next(worker, state.input(), batch)) {
    while (true) {
      auto rest = batch.flattenMultiplicity();
      bytes += batch.rows() * std::max<std::size_t>(batch.columns(), 1) * sizeof(Value);
      state.memory.grow(bytes);
      state.batches.push_back(std::move(batch));
      if (!rest) break;
      batch = std::move(*rest);
    }
    batch = Batch{};
  }
}

bool WritingStep::produce(Worker& worker, State& state, Batch& out) const {
  auto& own = static_cast<WriteState&>(state);
  if (!own.written) {
    takeInput(worker, own);
    write(worker, own, own.batches);
    own.written = true;
  }
  if (own.batches.empty()) return false;
  const Batch rows = std::move(own.batches.front());
  own.batches.pop_front();
  out = Batch{outputs_.size()};
  out.setRows(rows.rows());
  for (ColumnIndex i = 0; i < outputs_.size(); ++i) out.setColumn(i, rows.column(outputs_[i]));
  return true;
}

}  // namespace plexus::exec
