#include "core/exec/operator.h"

#include <chrono>

#include "core/base/error.h"

namespace plexus::exec {

Layout::Layout(const std::vector<VariableId>& variables) {
  for (const VariableId v : variables) add(v);
}

ColumnIndex Layout::add(VariableId v) {
  if (has(v)) return column(v);
  const auto index = static_cast<ColumnIndex>(variables_.size());
  variables_.push_back(v);
  sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), Place{v, index}), {v, index});
  return index;
}

void Operator::start(Worker& /*worker*/, State& /*state*/) const {
  throw Error{ErrorType::kInternalError, Phase::kRuntime, "",
              "an operator whose states are not closed was started again"};
}

bool Operator::next(Worker& worker, State& state, Batch& out) const {
  using Clock = std::chrono::steady_clock;
  const auto start = profile_ ? Clock::now() : Clock::time_point{};
  bool more = true;
  do {
    if (worker.context.cancellation) worker.context.cancellation->check();
    more = produce(worker, state, out);
  } while (more && out.empty());
  if (!profile_) return more;
  const auto elapsed = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start);
  profile_->nanos.fetch_add(static_cast<std::uint64_t>(elapsed.count()), std::memory_order_relaxed);
  if (more) {
    profile_->rows.fetch_add(out.totalRows(), std::memory_order_relaxed);
    profile_->batches.fetch_add(1, std::memory_order_relaxed);
  }
  return more;
}

}  // namespace plexus::exec
