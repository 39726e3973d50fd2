#include "core/storage/memory/property_generation.h"

#include <algorithm>

namespace plexus::storage {

SegmentArray::~SegmentArray() {
  for (const auto& slot : slots_) delete slot.load();
}

const SegmentArray::Loaded* SegmentArray::put(std::size_t block, std::unique_ptr<Loaded> loaded) {
  const Loaded* expected = nullptr;
  if (!slots_[block].compare_exchange_strong(expected, loaded.get(), std::memory_order_acq_rel)) return expected;
  bytes_ += sizeof(Loaded) + (loaded->segment ? loaded->segment->bytes() : 0);
  return loaded.release();
}

void PropertyGeneration::freeze(Database::ReadPointPtr moment) {
  const std::lock_guard lock{mutex_};
  frozen_ = std::move(moment);
}

bool PropertyGeneration::evict() {
  const std::unique_lock lock{mutex_, std::try_to_lock};
  if (!lock || !array_) return false;
  array_.reset();
  return true;
}

std::shared_ptr<SegmentArray> PropertyGeneration::segments(std::uint32_t bound) {
  cache().touch(*this);
  const std::size_t blocks = (std::size_t{bound} + kSegmentSlots - 1) >> kSegmentBits;
  const std::lock_guard lock{mutex_};
  if (array_ && array_->blocks() >= blocks) return array_;
  // With room to grow: a longer array starts empty.
  array_ = std::make_shared<SegmentArray>(blocks + blocks / 8 + 1);
  return array_;
}

const Segment* PropertyGeneration::segment(SegmentArray& array, std::size_t block) {
  if (block >= array.blocks()) return nullptr;
  if (const auto* loaded = array.get(block)) return loaded->segment.get();
  // The lock keeps freeze() away: as long as this is the current generation its log has all that is read.
  const std::lock_guard lock{mutex_};
  if (const auto* loaded = array.get(block)) return loaded->segment.get();
  auto fresh = std::make_unique<SegmentArray::Loaded>();
  const auto value =
      database_.get(Keyspace::kProperty, propertyKey(scope_, static_cast<std::uint32_t>(block)), frozen_.get());
  if (value && !value->empty()) fresh->segment = std::make_unique<const Segment>(Segment::decode(*value));
  const auto* loaded = array.put(block, std::move(fresh));
  if (array_.get() == &array && !cache().charge(*this, array.bytes())) {
    // Too large to keep: those who hold the array read on, the next start afresh.
    array_.reset();
    cache().charge(*this, 0);
  }
  return loaded->segment.get();
}

void PropertyGeneration::append(Version version, std::uint32_t id, const Value& before, const Value& value) {
  {
    Shard& s = shard(id);
    const std::lock_guard lock{s.mutex};
    auto& slots = s.slots[id];
    if (slots.empty()) slots.push_back({0, before});
    slots.push_back({version, value});
  }
  const std::size_t bit = filterBit(id);
  filter_[bit >> 6].fetch_or(std::uint64_t{1} << (bit & 63), std::memory_order_relaxed);
  size_.fetch_add(1, std::memory_order_release);
}

void PropertyGeneration::undo(std::uint32_t id) {
  Shard& s = shard(id);
  const std::lock_guard lock{s.mutex};
  const auto it = s.slots.find(id);
  it->second.pop_back();
  // What it was before stays only as long as there is a change: the base shows it.
  if (it->second.size() == 1) s.slots.erase(it);
  size_.fetch_sub(1, std::memory_order_release);
}

std::optional<Value> PropertyGeneration::logged(std::uint32_t id, Version version) const {
  const Shard& s = shard(id);
  const std::lock_guard lock{s.mutex};
  const auto it = s.slots.find(id);
  if (it == s.slots.end()) return std::nullopt;
  const auto& slots = it->second;
  auto slot = slots.rbegin();
  while (slot->version > version) ++slot;
  return slot->value;
}

std::vector<std::uint32_t> PropertyGeneration::changed() const {
  std::vector<std::uint32_t> ids;
  for (const Shard& s : shards_) {
    const std::lock_guard lock{s.mutex};
    for (const auto& [id, slots] : s.slots) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace plexus::storage
