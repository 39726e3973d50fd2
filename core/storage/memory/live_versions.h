// core/storage/memory/live_versions.h: which versions views are open at, so that older state can be given up.
// Thread safety: all calls, concurrently.
#pragma once

#include <map>
#include <mutex>

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
  // The oldest version any view is open at; kNoVersion if none is.
  Version oldest() const {
    const std::lock_guard lock{mutex_};
    return open_.empty() ? kNoVersion : open_.begin()->first;
  }
  // Is a view open at a version in [from, until)?
  bool any(Version from, Version until) const {
    const std::lock_guard lock{mutex_};
    const auto it = open_.lower_bound(from);
    return it != open_.end() && it->first < until;
  }

 private:
  mutable std::mutex mutex_;
  std::map<Version, std::size_t> open_;
};

}  // namespace plexus::storage
