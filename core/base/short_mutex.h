// core/base/short_mutex.h: a mutex for sections of less than a microsecond or two.
//
// Whoever finds it taken looks again for about as long as such a section takes, and sleeps only then: going to sleep
// and being woken costs both threads tens of times the section. For std::lock_guard and std::unique_lock; not for
// condition variables, and not where a holder may wait for the disk.
#pragma once

#include <cstddef>
#include <mutex>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

namespace plexus {

// What one thread changes all the time is kept off the lines of what others read or change (alignas), or each access
// would fetch the line from another core.
inline constexpr std::size_t kCacheLine = 64;

class ShortMutex {
 public:
  void lock() {
    for (int i = 0; i < kLooks; ++i) {
      if (mutex_.try_lock()) return;
      for (int j = 0; j < kPauses; ++j) pause();
    }
    mutex_.lock();
  }
  bool try_lock() { return mutex_.try_lock(); }
  void unlock() { mutex_.unlock(); }

 private:
  static constexpr int kLooks = 64, kPauses = 4;  // about 2 to 10 us

  static void pause() {
#if defined(__x86_64__) || defined(__i386__)
    _mm_pause();
#endif
  }

  std::mutex mutex_;
};

}  // namespace plexus
