// core/storage/memory/core.h: an open database: RocksDB, the state of the last commit, and what is held in memory.
// Shared by the store, its views and its transactions, which keep it alive. Thread safety: all calls, concurrently.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include <oneapi/tbb/concurrent_unordered_map.h>

#include "core/base/short_mutex.h"
#include "core/storage/memory/adjacency_generation.h"
#include "core/storage/memory/bitmap_generation.h"
#include "core/storage/memory/change_record.h"
#include "core/storage/memory/found_bitmaps.h"
#include "core/storage/memory/index_generation.h"
#include "core/storage/memory/property_generation.h"
#include "core/storage/memory/state.h"

namespace plexus::storage {

// Held by the one who writes, from any thread. A mutex but that its holder's thread may try to take it: a thread that
// has a transaction open may read another view. Trying never waits, as a semaphore of libstdc++ does.
class WriterTurn {
 public:
  void lock() {
    while (!try_lock()) taken_.wait(true, std::memory_order_relaxed);
  }
  bool try_lock() {
    return !taken_.load(std::memory_order_relaxed) && !taken_.exchange(true, std::memory_order_acquire);
  }
  void unlock() {
    taken_.store(false, std::memory_order_release);
    taken_.notify_one();
  }

 private:
  std::atomic<bool> taken_{false};
};

class Core {
 public:
  explicit Core(const StoreOptions& options);

  const StoreOptions options;
  const std::unique_ptr<Database> database;
  ArrayCache arrays;
  LiveVersions live;
  ChangeRecord changes;
  WriterTurn writer;  // held by the one transaction or bulk load

  // Throws Error{kSchemaError} if the store was opened without one.
  const TextAnalyser& analyser() const;

  // The last commit.
  std::shared_ptr<const State> state() const;
  // By the writer: waits for commits that are not on disk yet; the last one, whose version is registered in `live`.
  std::shared_ptr<const State> newestState();
  // Makes `next` the last commit.
  void publish(std::shared_ptr<const State> next);
  // The same of a bulk load, which has pinned a state: `put(seen)` puts its data in place meanwhile; no view is opened
  // until it has. `seen`: views of earlier commits are open that must not be shown it.
  void publishLoad(std::shared_ptr<const State> next, const std::function<void(bool seen)>& put);

  // What the log has, which the next transaction goes on from: the last commit, or one that waits for the disk.
  std::shared_ptr<const State> written() const;
  // By the writer: `next` is in the log.
  void setWritten(std::shared_ptr<const State> next);
  // Waits until what was written up to `version` is on disk and published. One of those who wait does it for all.
  void makeDurable(Version version);

  // The view of the last commit that readers share, so that what it has looked up stays found. `make(state, bitmaps)`
  // makes it, its version being registered. It is kept until a reader finds that there was a commit since, or there
  // were many: memory goes back faster by the thread that it was given to. It keeps this object alive: releaseView()
  // ends that.
  template <typename Make>
  std::shared_ptr<const GraphView::Impl> sharedView(Make make) {
    std::shared_ptr<const GraphView::Impl> before;  // given up without the lock
    const std::lock_guard lock{stateMutex_};
    if (!view_ || viewVersion_ != state_->version) {
      before.swap(view_);
      live.add(state_->version);
      if (!bitmaps_) bitmaps_ = std::make_shared<FoundBitmaps>(state_->nodesChanged, state_->labelCounts.size());
      view_ = make(state_, bitmaps_);
      viewVersion_ = state_->version;
    }
    return view_;
  }
  void releaseView();

  AdjacencyHistory& adjacency(RelTypeId type, Direction direction);
  PropertyHistory& property(const PropertyScope& scope);
  BitmapHistory& label(LabelId label);
  IndexHistory& index(IndexId index);

  // Everything in memory starts anew at `version`, reading what is stored then; older views keep what they have.
  void startAnew(Version version, const Database::ReadPointPtr& before);
  // Replaces the log of one adjacency, property or index by a new start at a version (of the last commit, or, by the
  // writer, of what is written), if it has no later changes. An adjacency's arrays are made of those in memory. While
  // the writer's turn is held.
  void foldAdjacency(RelTypeId type, Direction direction, const State& state);
  void foldProperty(const PropertyScope& scope, Version version);
  void foldIndex(IndexId index, Version version);
  // By readers, whose view shows `state`: folds an adjacency, whose current generation is `from`, if nobody is writing;
  // else the writer will (foldWanted()).
  void wantFold(RelTypeId type, Direction direction, const State& state, AdjacencyGeneration& from);
  void foldWanted(const State& state);

  // Of a follower without open views: reads the state anew and forgets what is in memory.
  void reload();

  void checkOpen() const;
  std::atomic<bool> closed{false};

 private:
  // Histories by what they are of. Looked up by every read and write, so without a lock; added to under mapMutex_.
  template <typename T>
  using Histories = tbb::concurrent_unordered_map<std::uint64_t, std::unique_ptr<T>>;
  void retire(std::shared_ptr<const State> state);
  template <typename T, typename Make>
  T& find(Histories<T>& map, std::uint64_t key, Make make);

  alignas(kCacheLine) mutable ShortMutex stateMutex_;  // guards what readers share
  std::shared_ptr<const State> state_;
  std::shared_ptr<const GraphView::Impl> view_;
  Version viewVersion_ = 0;  // of view_
  std::shared_ptr<FoundBitmaps> bitmaps_;
  alignas(kCacheLine) mutable ShortMutex writtenMutex_;
  std::shared_ptr<const State> written_;
  std::vector<std::shared_ptr<const State>> retired_;  // states before the last commit, as long as views show them
  std::mutex syncMutex_;                               // guards what makeDurable() knows
  std::condition_variable synced_;
  Version durable_ = 0;
  bool syncing_ = false;
  std::mutex mapMutex_;  // guards epochs_, and changes of the maps
  // What histories made from now on start at: the last bulk load; before it, while views need them, the starts of
  // earlier times and the moment at which each ended.
  struct Epoch {
    Version start = 0;
    Database::ReadPointPtr end;  // null: the current one
  };
  std::vector<Epoch> epochs_{Epoch{}};
  Histories<AdjacencyHistory> adjacency_;
  Histories<PropertyHistory> properties_;
  Histories<BitmapHistory> labels_;
  Histories<IndexHistory> indexes_;
  std::mutex wantedMutex_;
  std::set<std::pair<RelTypeId, Direction>> wantedFolds_;
};

// A view's registration in Core::live.
class VersionPin {
 public:
  // Takes over a registration that is there already.
  VersionPin(std::shared_ptr<Core> core, Version version) : core_{std::move(core)}, version_{version} {}
  ~VersionPin() { core_->live.remove(version_); }
  VersionPin(const VersionPin&) = delete;
  VersionPin& operator=(const VersionPin&) = delete;
  Core& core() const { return *core_; }
  const std::shared_ptr<Core>& owner() const { return core_; }
  Version version() const { return version_; }

 private:
  std::shared_ptr<Core> core_;
  Version version_;
};

}  // namespace plexus::storage
