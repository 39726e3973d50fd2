// core/storage/memory/core.h: an open database: RocksDB, the state of the last commit, and what is held in memory.
// Shared by the store, its views and its transactions, which keep it alive. Thread safety: all calls, concurrently.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "core/storage/memory/adjacency_generation.h"
#include "core/storage/memory/bitmap_generation.h"
#include "core/storage/memory/index_generation.h"
#include "core/storage/memory/property_generation.h"
#include "core/storage/memory/state.h"

namespace plexus::storage {

class Core {
 public:
  explicit Core(const StoreOptions& options);

  const StoreOptions options;
  const std::unique_ptr<Database> database;
  ArrayCache arrays;
  LiveVersions live;
  std::mutex writer;  // held by the one transaction or bulk load

  // The last commit.
  std::shared_ptr<const State> state() const;
  // The same; its version is registered in `live` in the same step.
  std::shared_ptr<const State> pinnedState();
  // Makes `next` the last commit.
  void publish(std::shared_ptr<const State> next);

  // The view of the last commit that readers share, kept until the next commit, so that what it has looked up stays
  // found. `make(state)` makes it, its version being registered. It keeps this object alive: releaseView() ends that.
  template <typename Make>
  std::shared_ptr<const GraphView::Impl> sharedView(Make make) {
    const std::lock_guard lock{stateMutex_};
    if (!view_) {
      live.add(state_->version);
      view_ = make(state_);
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
  // Replaces the log of one adjacency, property or index by a new start at the last commit, if the writer has nothing
  // pending in it.
  void foldAdjacency(RelTypeId type, Direction direction);
  void foldProperty(const PropertyScope& scope);
  void foldIndex(IndexId index);

  // Of a follower without open views: reads the state anew and forgets what is in memory.
  void reload();

  void checkOpen() const;
  std::atomic<bool> closed{false};

 private:
  template <typename Key, typename T, typename Make>
  T& find(std::unordered_map<Key, std::unique_ptr<T>>& map, Key key, Make make);

  mutable std::mutex stateMutex_;
  std::shared_ptr<const State> state_;
  std::shared_ptr<const GraphView::Impl> view_;
  std::shared_mutex mapMutex_;
  // What histories made from now on start at: the last bulk load; before it, while views need them, the starts of
  // earlier times and the moment at which each ended.
  struct Epoch {
    Version start = 0;
    Database::ReadPointPtr end;  // null: the current one
  };
  std::vector<Epoch> epochs_{Epoch{}};
  std::unordered_map<std::uint64_t, std::unique_ptr<AdjacencyHistory>> adjacency_;
  std::unordered_map<std::uint64_t, std::unique_ptr<PropertyHistory>> properties_;
  std::unordered_map<std::uint64_t, std::unique_ptr<BitmapHistory>> labels_;
  std::unordered_map<std::uint64_t, std::unique_ptr<IndexHistory>> indexes_;
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
  Version version() const { return version_; }

 private:
  std::shared_ptr<Core> core_;
  Version version_;
};

}  // namespace plexus::storage
