#include "core/exec/run/reuse.h"

#include <utility>

namespace plexus::exec {

std::unique_ptr<Operator::State> IdleStates::take() {
  std::lock_guard lock{mutex_};
  return count_ == 0 ? nullptr : std::move(states_[--count_]);
}

void IdleStates::give(std::unique_ptr<Operator::State> state) noexcept {
  closeOrDrop(state);
  if (!state) return;
  std::lock_guard lock{mutex_};
  if (count_ < kMost) states_[count_++] = std::move(state);
}

}  // namespace plexus::exec
