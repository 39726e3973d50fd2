// core/storage/memory/live_versions.h: which versions views are open at, or may be opened at (the last one published),
// so that older state can be given up.
// Thread safety: all calls, concurrently.
#pragma once

#include <algorithm>
#include <atomic>
#include <mutex>
#include <vector>

#include "core/base/short_mutex.h"
#include "core/storage/version.h"

namespace plexus::storage {

class LiveVersions {
 public:
  void add(Version v) {
    const std::lock_guard lock{mutex_};
    const auto at = from(v);
    if (at != open_.end() && at->version == v) {
      ++at->views;
    } else {
      open_.insert(at, {v, 1});
    }
  }
  void remove(Version v) {
    const std::lock_guard lock{mutex_};
    const auto at = from(v);
    if (--at->views == 0) open_.erase(at);
  }
  void setPublished(Version v) { published_.store(v, std::memory_order_release); }
  // The oldest version that is read.
  Version oldest() const {
    const std::lock_guard lock{mutex_};
    const Version published = published_.load(std::memory_order_acquire);
    return open_.empty() ? published : std::min(published, open_.front().version);
  }
  // Is a version in [begin, until) read?
  bool any(Version begin, Version until) const {
    const std::lock_guard lock{mutex_};
    const auto at = from(begin);
    const Version published = published_.load(std::memory_order_acquire);
    return (at != open_.end() && at->version < until) || (published >= begin && published < until);
  }
  // How many views are open.
  std::size_t views() const {
    const std::lock_guard lock{mutex_};
    std::size_t sum = 0;
    for (const Open& open : open_) sum += open.views;
    return sum;
  }

 private:
  struct Open {
    Version version;
    std::size_t views;
  };
  // The first that is not below `v`.
  std::vector<Open>::const_iterator from(Version v) const {
    return std::lower_bound(open_.begin(), open_.end(), v, kBelow);
  }
  std::vector<Open>::iterator from(Version v) { return std::lower_bound(open_.begin(), open_.end(), v, kBelow); }
  static constexpr auto kBelow = [](const Open& open, Version v) { return open.version < v; };

  mutable ShortMutex mutex_;
  std::vector<Open> open_;  // ascending; few, so that adding one makes no allocation
  std::atomic<Version> published_{kNoVersion};
};

}  // namespace plexus::storage
