// core/storage/memory/array_cache.h: the byte budget of what is held in memory, least recently used given up first.
//
// An Evictable owns arrays behind a shared_ptr; giving up drops its own reference, so readers that hold one finish in
// peace. Thread safety: all calls, concurrently; a holder calls charge() with its own lock held, evict() only tries
// locks.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_set>

namespace plexus::storage {

class ArrayCache;

class Evictable {
 public:
  explicit Evictable(ArrayCache& cache);
  virtual ~Evictable();
  Evictable(const Evictable&) = delete;
  Evictable& operator=(const Evictable&) = delete;

 protected:
  ArrayCache& cache() const { return cache_; }
  // To be called first in the destructor of the final class: no evict() runs after it.
  void leaveCache();

 private:
  friend class ArrayCache;
  // Drops the reference and returns true, or false if it is busy or holds nothing.
  virtual bool evict() = 0;
  ArrayCache& cache_;
  std::atomic<std::size_t> bytes_{0};
  std::atomic<std::uint64_t> lastUse_{0};
};

class ArrayCache {
 public:
  explicit ArrayCache(std::size_t limit) : limit_{limit} {}

  void touch(Evictable& item) {
    item.lastUse_.store(clock_.fetch_add(1, std::memory_order_relaxed), std::memory_order_relaxed);
  }
  // `item` holds `bytes` now (in all). Gives up others until the budget is kept; false if `item` alone is too much.
  bool charge(Evictable& item, std::size_t bytes);
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }
  std::size_t limit() const { return limit_; }

 private:
  friend class Evictable;
  void set(Evictable& item, std::size_t bytes);
  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
  std::atomic<std::uint64_t> clock_{1};
  std::mutex mutex_;
  std::unordered_set<Evictable*> items_;
};

}  // namespace plexus::storage
