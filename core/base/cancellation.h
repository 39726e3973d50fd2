// core/base/cancellation.h: how Ctrl-C and time-outs reach a running query.
//
// One handle a query; any thread may call cancel(). Operators call check() once a batch and in long inner loops
// (at least every ~10 ms of work).
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace plexus {

class Cancellation {
 public:
  using Clock = std::chrono::steady_clock;

  void cancel() noexcept { cancelled_.store(true, std::memory_order_relaxed); }
  void setDeadline(Clock::time_point deadline) { deadline_ = deadline; }

  // Throws Error{kCancelled} after cancel(), Error{kLimitExceeded} after the deadline; the message says which.
  void check() const {
    if (cancelled_.load(std::memory_order_relaxed) || deadline_) checkSlow();
  }

 private:
  void checkSlow() const;
  std::atomic<bool> cancelled_{false};
  std::optional<Clock::time_point> deadline_;
};

}  // namespace plexus
