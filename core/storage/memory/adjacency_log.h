// core/storage/memory/adjacency_log.h: the changes of one adjacency since its generation began, by node, with versions.
//
// Readers ask a bitmap first whether a node may have changes (mayHave: no lock, one load); only then they look it up.
// Merged lists are made on first read, from the one before where there is one, and kept while a view can read them.
// Thread safety: one writer, many readers.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/short_mutex.h"
#include "core/storage/fold.h"
#include "core/storage/memory/adjacency_base.h"
#include "core/storage/memory/live_versions.h"

namespace plexus::storage {

class AdjacencyLog {
 public:
  struct Lists {
    std::span<const NodeId> neighbours;
    std::span<const RelId> ids;
  };

  static constexpr unsigned kFilterBits = 16;
  static std::size_t filterBit(NodeId node) { return (node * 0x9E3779B1U) >> (32 - kFilterBits); }
  const std::atomic<std::uint64_t>* filter() const { return filter_.data(); }
  bool mayHave(NodeId node) const {
    const std::size_t bit = filterBit(node);
    return ((filter_[bit >> 6].load(std::memory_order_relaxed) >> (bit & 63)) & 1) != 0;
  }

  // By the writer. Versions never descend.
  void append(Version version, const AdjacencyOp& op);
  void undo(NodeId node);  // takes back the node's last change

  bool empty() const { return size_.load(std::memory_order_acquire) == 0; }
  std::size_t size() const { return size_.load(std::memory_order_acquire); }

  // The lists of `node` at `version`. Valid while a view is open at that version (of the writer: until its next write).
  Lists lists(NodeId node, Version version, const AdjacencyBase& base, const LiveVersions& live) const;
  // Is there an entry (node, neighbour)? Cheap also right after changes to a long list.
  bool connected(NodeId node, NodeId neighbour, Version version, const AdjacencyBase& base,
                 const LiveVersions& live) const;
  std::vector<NodeId> touchedNodes() const;
  // The entry with this relationship id, of those in the log, and whether it is there at `version`.
  struct Found {
    AdjacencyEntry entry;
    bool present = false;
  };
  std::optional<Found> find(RelId id, Version version) const;

 private:
  struct Change {
    Version version;
    NodeId neighbour;
    RelId id;
    bool add;
  };
  struct Merged {
    std::size_t end;  // changes [0, end) are in it
    std::vector<NodeId> neighbours;
    std::vector<RelId> ids;
  };
  struct NodeLog {
    std::vector<Change> changes;
    std::vector<std::unique_ptr<Merged>> merged;  // by end
    std::size_t endAt(Version version) const;
    const Merged* mergedBefore(std::size_t end) const;
  };
  struct alignas(kCacheLine) Shard {
    mutable ShortMutex mutex;
    std::unordered_map<NodeId, NodeLog> nodes;
  };
  static constexpr std::size_t kShards = 16;

  static void drop(NodeLog& log, const LiveVersions& live, std::size_t keepEnd);
  static const Merged& merge(NodeId node, NodeLog& log, std::size_t end, const AdjacencyBase& base,
                             const LiveVersions& live);
  NodeId nodeOf(RelId id) const;  // kNoNode: not in the log
  Shard& shard(std::uint32_t number) const { return shards_[number % kShards]; }

  mutable std::array<Shard, kShards> shards_;
  mutable ShortMutex idsMutex_;
  std::vector<std::pair<RelId, NodeId>> created_;  // ascending: ids are given out in order
  std::unordered_map<RelId, NodeId> removed_;      // of entries that are older than the log
  std::array<std::atomic<std::uint64_t>, (std::size_t{1} << kFilterBits) / 64> filter_{};
  alignas(kCacheLine) std::atomic<std::size_t> size_{0};
};

}  // namespace plexus::storage
