// core/storage/memory/history.h: the states of one relation, property or label that open views may still need.
//
// A generation is what is stored (read from chunks at any moment while it is the current one) plus a log of every
// change since its `start`; changes carry the version of their commit. A view at version v reads the newest generation
// whose start is <= v, and of its log what is <= v. When the log has grown, or data came in by another road (bulk
// load), a generation is replaced by an empty one; it stays, frozen, while older views are open. Why any moment will do
// for reading chunks: operations are idempotent, and what an entry that is in the log looked like at version v follows
// from the log alone.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/base/short_mutex.h"
#include "core/storage/memory/live_versions.h"
#include "core/storage/rocks/database.h"

namespace plexus::storage {

// G has: Version start() const; void freeze(Database::ReadPointPtr).
template <typename G>
class History {
 public:
  explicit History(std::shared_ptr<G> first) : current_{std::move(first)} {}

  std::shared_ptr<G> at(Version v) const {
    const std::lock_guard lock{mutex_};
    if (current_->start() <= v) return current_;
    for (auto it = older_.rbegin(); it != older_.rend(); ++it) {
      if ((*it)->start() <= v) return *it;
    }
    return current_;
  }

  // f(generation) on the current one, which is not replaced meanwhile. For the writer.
  template <typename F>
  decltype(auto) withCurrent(F f) {
    const std::lock_guard lock{mutex_};
    return f(*current_);
  }

  // Puts `next` in place if `when(current)` holds. Views older than next->start() keep the old one, which from now on
  // reads chunks at `moment()`.
  template <typename When, typename Moment>
  void replaceIf(When when, std::shared_ptr<G> next, Moment moment, const LiveVersions& live) {
    const std::lock_guard lock{mutex_};
    if (!when(*current_)) return;
    current_->freeze(moment());
    older_.push_back(std::move(current_));
    current_ = std::move(next);
    // A generation serves views below the start of the one after it.
    const Version oldest = live.oldest();
    std::size_t unneeded = 0;
    while (unneeded < older_.size()) {
      const Version end = unneeded + 1 < older_.size() ? older_[unneeded + 1]->start() : current_->start();
      if (oldest < end) break;
      ++unneeded;
    }
    older_.erase(older_.begin(), older_.begin() + static_cast<std::ptrdiff_t>(unneeded));
  }

 private:
  mutable ShortMutex mutex_;
  std::shared_ptr<G> current_;
  std::vector<std::shared_ptr<G>> older_;
};

}  // namespace plexus::storage
