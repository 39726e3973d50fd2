#include "core/exec/operator/row/union.h"

namespace plexus::exec {

struct Union::Local final : InputState {
  std::size_t current = 0;
  Batch in;

  bool close() override {
    closeOrDrop(inputs);
    current = 0;
    in = {};
    return true;
  }
};

std::unique_ptr<Operator::State> Union::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Union::start(Worker& worker, State& state) const { openInputs(worker, static_cast<Local&>(state)); }

void Union::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.current = 0;
}

bool Union::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  for (; local.current < inputs().size(); ++local.current) {
    if (!input(local.current).next(worker, local.input(local.current), local.in)) continue;
    const auto& columns = columns_[local.current];
    out = Batch{columns.size()};
    out.setRows(local.in.rows());
    out.setMultiplicity(local.in.multiplicity());
    for (ColumnIndex i = 0; i < columns.size(); ++i) out.setColumn(i, local.in.column(columns[i]));
    return true;
  }
  return false;
}

}  // namespace plexus::exec
