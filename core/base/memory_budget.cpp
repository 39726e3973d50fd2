#include "core/base/memory_budget.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace plexus {

bool MemoryBudget::tryReserve(std::size_t bytes) noexcept {
  std::size_t used = used_.load(std::memory_order_relaxed);
  do {
    if (bytes > limit_ || used > limit_ - bytes) return false;
  } while (!used_.compare_exchange_weak(used, used + bytes, std::memory_order_relaxed));
  return true;
}

void MemoryBudget::reserve(std::size_t bytes) {
  if (tryReserve(bytes)) return;
  constexpr double kMiB = 1024.0 * 1024.0;
  throw Error{ErrorType::kLimitExceeded,
              Phase::kRuntime,
              "",
              fmt::format("the {} of {:.1f} MiB is exceeded: {:.1f} MiB are in use and {:.1f} MiB more are needed",
                          name_, static_cast<double>(limit_) / kMiB, static_cast<double>(used()) / kMiB,
                          static_cast<double>(bytes) / kMiB),
              {},
              fmt::format("raise the {}, or ask for less at a time", name_)};
}

}  // namespace plexus
