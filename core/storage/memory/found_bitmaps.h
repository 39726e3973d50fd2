// core/storage/memory/found_bitmaps.h: the bitmaps of labels that snapshots have looked up. Snapshots share one as long
// as no node and no label changes, so that commits of relationships and properties leave what is found as it is.
// Thread safety: all calls, concurrently.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <roaring/roaring.hh>
#include <vector>

#include "core/storage/codec/keys.h"
#include "core/storage/version.h"

namespace plexus::storage {

class FoundBitmaps {
 public:
  // Of the states whose nodes and labels changed last at `since`, with `labels` labels.
  FoundBitmaps(Version since, std::size_t labels) : since_{since}, found_(labels + 1) {}

  Version since() const { return since_; }

  // The bitmap of a label (kAllNodes: of all nodes), `make()` if it is asked for the first time. Valid as long as this.
  template <typename Make>
  const Roaring& find(LabelId label, Make make) {
    Found& found = found_[label == kAllNodes ? found_.size() - 1 : label];
    if (const Roaring* nodes = found.ready.load(std::memory_order_acquire)) return *nodes;
    std::shared_ptr<const Roaring> made = make();
    const std::lock_guard lock{mutex_};
    if (!found.nodes) found.nodes = std::move(made);
    found.ready.store(found.nodes.get(), std::memory_order_release);
    return *found.nodes;
  }

 private:
  struct Found {
    std::atomic<const Roaring*> ready{nullptr};
    std::shared_ptr<const Roaring> nodes;
  };
  const Version since_;
  std::mutex mutex_;
  std::vector<Found> found_;  // by label, all nodes last
};

}  // namespace plexus::storage
