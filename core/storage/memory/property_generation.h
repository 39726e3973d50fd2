// core/storage/memory/property_generation.h: one property in memory: segments, decoded as they are asked for, and the
// values written since, by entity, with versions.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/base/short_mutex.h"
#include "core/storage/codec/property_segment.h"
#include "core/storage/memory/array_cache.h"
#include "core/storage/memory/history.h"

namespace plexus::storage {

// The segments of a property, by block. Readers share it; a slot once filled stays as long as the array lives.
class SegmentArray {
 public:
  explicit SegmentArray(std::size_t blocks) : slots_(blocks) {}
  ~SegmentArray();
  std::size_t blocks() const { return slots_.size(); }

  // Null pointer in the inner: the block has no values. Null outer: not loaded yet.
  struct Loaded {
    std::unique_ptr<const Segment> segment;
  };
  const Loaded* get(std::size_t block) const { return slots_[block].load(std::memory_order_acquire); }
  // Keeps the first of two that race.
  const Loaded* put(std::size_t block, std::unique_ptr<Loaded> loaded);
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }

 private:
  std::vector<std::atomic<const Loaded*>> slots_;
  std::atomic<std::size_t> bytes_{0};
};

class PropertyGeneration final : public Evictable {
 public:
  PropertyGeneration(const Database& database, ArrayCache& cache, PropertyScope scope, Version start)
      : Evictable{cache}, database_{database}, scope_{scope}, start_{start} {}
  ~PropertyGeneration() override { leaveCache(); }

  Version start() const { return start_; }
  void freeze(Database::ReadPointPtr moment);

  // The array for entities [0, bound).
  std::shared_ptr<SegmentArray> segments(std::uint32_t bound);
  // The segment of a block, loaded if need be; null if it has no values.
  const Segment* segment(SegmentArray& array, std::size_t block);

  // By the writer: the value of an entity from `version` on; `before` is what it was (used on the first change only).
  void append(Version version, std::uint32_t id, const Value& before, const Value& value);
  void undo(std::uint32_t id);

  bool mayHave(std::uint32_t id) const {
    const std::size_t bit = filterBit(id);
    return ((filter_[bit >> 6].load(std::memory_order_relaxed) >> (bit & 63)) & 1) != 0;
  }
  // The value at `version`, if the entity's value ever changed in this generation.
  std::optional<Value> logged(std::uint32_t id, Version version) const;
  // All entities with changes.
  std::vector<std::uint32_t> changed() const;
  std::size_t size() const { return size_.load(std::memory_order_acquire); }
  Version lastChange = 0;  // by the writer, with the history locked

 private:
  struct Slot {
    Version version;
    Value value;
  };
  struct Shard {
    mutable ShortMutex mutex;
    std::unordered_map<std::uint32_t, std::vector<Slot>> slots;
  };
  static constexpr unsigned kFilterBits = 15;
  static std::size_t filterBit(std::uint32_t id) { return (id * 0x9E3779B1U) >> (32 - kFilterBits); }
  Shard& shard(std::uint32_t id) const { return shards_[id % kShards]; }
  bool evict() override;

  static constexpr std::size_t kShards = 16;
  const Database& database_;
  const PropertyScope scope_;
  const Version start_;
  std::mutex mutex_;  // guards array_, frozen_
  std::shared_ptr<SegmentArray> array_;
  Database::ReadPointPtr frozen_;
  mutable std::array<Shard, kShards> shards_;
  std::array<std::atomic<std::uint64_t>, (std::size_t{1} << kFilterBits) / 64> filter_{};
  std::atomic<std::size_t> size_{0};
};

using PropertyHistory = History<PropertyGeneration>;

}  // namespace plexus::storage
