// core/storage/memory/adjacency_generation.h: one (relation type, direction) in memory: base arrays and the log beside
// them.
#pragma once

#include "core/base/short_mutex.h"
#include "core/storage/graph_view.h"
#include "core/storage/memory/adjacency_log.h"
#include "core/storage/memory/array_cache.h"
#include "core/storage/memory/history.h"

namespace plexus::storage {

class AdjacencyGeneration final : public Evictable {
 public:
  AdjacencyGeneration(const Database& database, ArrayCache& cache, RelTypeId type, Direction direction, Version start)
      : Evictable{cache}, database_{database}, type_{type}, direction_{direction}, start_{start} {}
  ~AdjacencyGeneration() override { leaveCache(); }

  Version start() const { return start_; }
  void freeze(Database::ReadPointPtr moment);

  // What the arrays should cover; `entries` estimates their size.
  struct Wanted {
    NodeId nodes = 0;
    bool ids = false;
    std::uint64_t entries = 0;
  };
  std::shared_ptr<const AdjacencyBase> base(const Wanted& wanted);
  // The arrays, if they are in memory, flat and with ids; else null.
  std::shared_ptr<const FlatAdjacency> heldArrays();
  // Of a generation that nobody reads yet: arrays that show its start.
  void setArrays(std::shared_ptr<const FlatAdjacency> arrays);
  // Nodes that arrays cover where there are `nodes`: some room for nodes to come.
  static NodeId withRoom(NodeId nodes) { return nodes + nodes / 8 + 1024; }

  // Statistics of the arrays alone, counted once: `count()` is called if there are none yet.
  template <typename Count>
  std::shared_ptr<const AdjacencyStatistics> statistics(Count count) {
    const std::lock_guard lock{statisticsMutex_};
    if (!statistics_) statistics_ = std::make_shared<const AdjacencyStatistics>(count());
    return statistics_;
  }

  AdjacencyLog& log() { return log_; }
  const AdjacencyLog& log() const { return log_; }
  // Version of the last change; 0: none. By the writer, with the history locked.
  Version lastChange = 0;

  // By readers: the log cost as much as stepping over so many entries of an array. Returns what it cost in all: when it
  // has cost what new arrays cost, they are worth making.
  std::uint64_t owe(std::uint64_t entries) const {
    return debt_.fetch_add(entries, std::memory_order_relaxed) + entries;
  }
  // Whether nobody has said yet that it is to be folded.
  bool firstToWantFold() {
    return !foldWanted_.load(std::memory_order_relaxed) && !foldWanted_.exchange(true, std::memory_order_relaxed);
  }

 private:
  bool evict() override;
  std::shared_ptr<const AdjacencyBase> load(const Wanted& wanted);

  const Database& database_;
  const RelTypeId type_;
  const Direction direction_;
  const Version start_;
  ShortMutex mutex_;  // guards base_, frozen_
  std::shared_ptr<const AdjacencyBase> base_;
  NodeId covered_ = 0;
  Database::ReadPointPtr frozen_;
  AdjacencyLog log_;
  alignas(kCacheLine) mutable std::atomic<std::uint64_t> debt_{0};  // not beside what the writer changes
  std::atomic<bool> foldWanted_{false};
  std::mutex statisticsMutex_;
  std::shared_ptr<const AdjacencyStatistics> statistics_;
};

using AdjacencyHistory = History<AdjacencyGeneration>;

}  // namespace plexus::storage
