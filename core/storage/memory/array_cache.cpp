#include "core/storage/memory/array_cache.h"

#include <algorithm>
#include <vector>

namespace plexus::storage {

Evictable::Evictable(ArrayCache& cache) : cache_{cache} {
  const std::lock_guard lock{cache_.mutex_};
  cache_.items_.insert(this);
}

void Evictable::leaveCache() {
  const std::lock_guard lock{cache_.mutex_};
  cache_.items_.erase(this);
  cache_.set(*this, 0);
}

Evictable::~Evictable() { leaveCache(); }

void ArrayCache::set(Evictable& item, std::size_t bytes) {
  used_ += bytes;
  used_ -= item.bytes_.exchange(bytes);
}

bool ArrayCache::charge(Evictable& item, std::size_t bytes) {
  const std::lock_guard lock{mutex_};
  set(item, bytes);
  if (used() <= limit_) return true;
  std::vector<Evictable*> byAge{items_.begin(), items_.end()};
  std::sort(byAge.begin(), byAge.end(),
            [](const Evictable* a, const Evictable* b) { return a->lastUse_ < b->lastUse_; });
  for (Evictable* other : byAge) {
    if (used() <= limit_) break;
    if (other != &item && other->bytes_ > 0 && other->evict()) set(*other, 0);
  }
  return used() <= limit_;
}

}  // namespace plexus::storage
