#include "core/base/cancellation.h"

#include "core/base/error.h"

namespace plexus {

void Cancellation::checkSlow() const {
  if (cancelled_.load(std::memory_order_relaxed)) {
    throw Error{ErrorType::kCancelled, Phase::kRuntime, "", "the query was interrupted"};
  }
  if (deadline_ && Clock::now() >= *deadline_) {
    throw Error{ErrorType::kLimitExceeded, Phase::kRuntime, "", "the query ran longer than its time limit"};
  }
}

}  // namespace plexus
