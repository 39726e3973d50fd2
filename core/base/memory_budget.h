// core/base/memory_budget.h: bytes that a query or a cache may hold. Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

namespace plexus {

class MemoryBudget {
 public:
  // `name` appears in the error ("query memory limit").
  MemoryBudget(std::string name, std::size_t limitBytes) : name_{std::move(name)}, limit_{limitBytes} {}

  // Takes `bytes`; false if that would pass the limit (nothing is taken then). For those who can spill or evict.
  bool tryReserve(std::size_t bytes) noexcept;
  // As tryReserve, but throws Error{kLimitExceeded} naming the limit, its size and the option that raises it.
  void reserve(std::size_t bytes);
  void release(std::size_t bytes) noexcept { used_.fetch_sub(bytes, std::memory_order_relaxed); }

  std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
  std::size_t limit() const noexcept { return limit_; }

 private:
  std::string name_;
  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
};

}  // namespace plexus
