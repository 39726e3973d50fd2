// core/storage/memory/adjacency_base.h: an adjacency read from its chunks: flat, or chunk by chunk where it is too
// large.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/storage/rocks/database.h"

namespace plexus::storage {

// Thread safety: immutable, or so it seems to readers.
class AdjacencyBase {
 public:
  virtual ~AdjacencyBase() = default;
  virtual std::span<const NodeId> neighbours(NodeId node) const = 0;
  virtual std::span<const RelId> ids(NodeId node) const = 0;  // requires hasIds()
  virtual bool hasIds() const = 0;
  // The entry with a relationship id; requires hasIds().
  virtual std::optional<AdjacencyEntry> find(RelId id) const = 0;
  virtual std::size_t bytes() const = 0;  // held now
};

// Compressed sparse rows: the neighbours of n are neighbours[offsets[n] .. offsets[n + 1]).
class FlatAdjacency final : public AdjacencyBase {
 public:
  // Reads all chunks; offsets cover at least `nodes` nodes. 0.4-4 ns an entry where blocks are cached.
  FlatAdjacency(const Database& database, RelTypeId type, Direction direction, NodeId nodes, bool withIds,
                const Database::ReadPoint* at);
  // With ids. Each vector is as the member of its name.
  FlatAdjacency(std::vector<std::uint32_t> offsets, std::vector<NodeId> neighbours, std::vector<RelId> ids)
      : hasIds_{true}, offsets_{std::move(offsets)}, neighbours_{std::move(neighbours)}, ids_{std::move(ids)} {}

  std::span<const NodeId> neighbours(NodeId node) const override { return slice(neighbours_, node); }
  std::span<const RelId> ids(NodeId node) const override { return slice(ids_, node); }
  bool hasIds() const override { return hasIds_; }
  // O(log nodes); the first call for ids that do not ascend with the entries sorts them.
  std::optional<AdjacencyEntry> find(RelId id) const override;
  std::size_t bytes() const override { return (offsets_.size() + neighbours_.size() + ids_.size()) * 4; }

  const std::vector<std::uint32_t>& offsets() const { return offsets_; }
  const std::vector<NodeId>& all() const { return neighbours_; }
  const std::vector<RelId>& allIds() const { return ids_; }

 private:
  std::span<const std::uint32_t> slice(const std::vector<std::uint32_t>& from, NodeId node) const {
    if (std::size_t{node} + 1 >= offsets_.size()) return {};
    return std::span{from}.subspan(offsets_[node], offsets_[node + 1] - offsets_[node]);
  }
  void endSource(NodeId node, std::uint32_t end);
  void addChunk(std::string_view value, std::string_view ids);

  bool hasIds_;
  std::vector<std::uint32_t> offsets_{0};
  std::vector<NodeId> neighbours_;
  std::vector<RelId> ids_;
  mutable std::once_flag sortOnce_;
  mutable std::vector<std::pair<RelId, std::uint32_t>> positions_;  // by id; empty where ids_ ascends itself
};

// Decodes chunks as they are asked for and keeps them as long as it lives; for relations larger than the budget, whose
// readers come and go. The lists of nodes that span chunks are joined on first use.
class ChunkedAdjacency final : public AdjacencyBase {
 public:
  ChunkedAdjacency(const Database& database, RelTypeId type, Direction direction, Database::ReadPointPtr at);
  ~ChunkedAdjacency() override;

  std::span<const NodeId> neighbours(NodeId node) const override;
  std::span<const RelId> ids(NodeId node) const override;
  bool hasIds() const override { return true; }
  std::optional<AdjacencyEntry> find(RelId id) const override;  // looks through all chunks
  std::size_t bytes() const override { return bytes_.load(std::memory_order_relaxed); }

 private:
  struct Chunk;
  struct Joined;
  const Chunk& chunk(std::size_t index) const;
  std::pair<std::size_t, std::size_t> chunksOf(NodeId node) const;
  const Joined& joined(NodeId node, std::size_t first, std::size_t last) const;

  const Database& database_;
  RelTypeId type_;
  Direction direction_;
  Database::ReadPointPtr at_;
  std::vector<AdjacencyEntry> firsts_;
  mutable std::vector<std::atomic<const Chunk*>> chunks_;
  mutable std::mutex mutex_;
  mutable std::unordered_map<NodeId, std::unique_ptr<const Joined>> joined_;
  mutable std::atomic<std::size_t> bytes_{0};
};

// Where the chunks of an adjacency begin.
std::vector<AdjacencyEntry> readDirectory(const Database& database, RelTypeId type, Direction direction,
                                          const Database::ReadPoint* at = nullptr);
// The last chunk that begins at or before `entry`.
std::size_t findChunk(const std::vector<AdjacencyEntry>& firsts, const AdjacencyEntry& entry);

}  // namespace plexus::storage
