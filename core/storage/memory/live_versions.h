// core/storage/memory/live_versions.h: which versions views are open at, or may be opened at (the last one published),
// so that older state can be given up.
// Thread safety: all calls, concurrently.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>

#include "core/base/short_mutex.h"
#include "core/storage/version.h"

namespace plexus::storage {

class LiveVersions {
 public:
  void add(Version v) {
    const std::lock_guard lock{mutex_};
    ++open_[v];
  }
  void remove(Version v) {
    const std::lock_guard lock{mutex_};
    const auto it = open_.find(v);
    if (--it->second == 0) open_.erase(it);
  }
  void setPublished(Version v) {
    const std::lock_guard lock{mutex_};
    published_ = v;
  }
  // The oldest version that is read.
  Version oldest() const {
    const std::lock_guard lock{mutex_};
    return open_.empty() ? published_ : std::min(published_, open_.begin()->first);
  }
  // Is a version in [from, until) read?
  bool any(Version from, Version until) const {
    const std::lock_guard lock{mutex_};
    const auto it = open_.lower_bound(from);
    return (it != open_.end() && it->first < until) || (published_ >= from && published_ < until);
  }
  bool anyOpen() const {
    const std::lock_guard lock{mutex_};
    return !open_.empty();
  }

 private:
  mutable ShortMutex mutex_;
  std::map<Version, std::size_t> open_;
  Version published_ = kNoVersion;
};

}  // namespace plexus::storage
