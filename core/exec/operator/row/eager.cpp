#include "core/exec/operator/row/eager.h"

#include <deque>

#include "core/exec/run/row_store.h"

namespace plexus::exec {

struct Eager::Local final : InputState {
  explicit Local(MemoryBudget* memory) : reservation{memory} {}
  bool filled = false;
  std::deque<Batch> batches;
  std::size_t bytes = 0;
  Reservation reservation;
};

std::unique_ptr<Operator::State> Eager::open(Worker& worker) const {
  auto state = std::make_unique<Local>(worker.context.memory);
  openInputs(worker, *state);
  return state;
}

void Eager::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.filled = false;
  local.batches.clear();
  local.bytes = 0;
  local.reservation.release();
}

bool Eager::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.filled) {
    Batch in;
    while (input().next(worker, local.input(), in)) {
      Batch& kept = local.batches.emplace_back();
      carry_.apply(in, kept);
      for (ColumnIndex i = 0; i < kept.columns(); ++i) {
        if (kept.column(i).data) local.bytes += kept.column(i).data->bytes();
      }
      local.reservation.grow(local.bytes);
    }
    local.filled = true;
  }
  if (local.batches.empty()) return false;
  out = std::move(local.batches.front());
  local.batches.pop_front();
  return true;
}

}  // namespace plexus::exec
