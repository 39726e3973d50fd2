#include "core/storage/bulk/index_builder.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include <oneapi/tbb/task_arena.h>

#include "core/base/parallel.h"
#include "core/storage/bulk/key_sorter.h"
#include "core/storage/bulk/property_appender.h"
#include "core/storage/bulk/text_builder.h"
#include "core/storage/codec/value_codec.h"
#include "core/storage/write_transaction.h"

namespace plexus::storage {

std::optional<Segment> segmentOf(const IndexSource& source, const PropertyScope& scope, std::uint32_t block) {
  const std::string key = propertyKey(scope, block);
  std::vector<std::string> parts;
  if ((std::uint64_t{block} << kSegmentBits) < source.base->bound(scope)) {
    if (auto stored = source.core.database->get(Keyspace::kProperty, key, source.moment.get()))
      parts.push_back(*std::move(stored));
  }
  const auto [from, to] = source.properties.find(key);
  for (std::size_t i = from; i < to; ++i) parts.push_back(source.properties.read(source.properties.items()[i]));
  std::erase(parts, std::string{});
  if (parts.empty()) return std::nullopt;
  return Segment::decode(joinSegments(parts));
}

namespace {

const Roaring* changedOf(const IndexSource& source, const PropertyScope& scope) {
  if (!scope.onRelationships) return nullptr;
  const auto found = source.changed.find(scope.type);
  return found == source.changed.end() ? nullptr : &found->second;
}

}  // namespace

bool concerns(const IndexSource& source, const PropertyScope& scope, bool whole, std::uint32_t id) {
  if (whole || id >= source.base->bound(scope)) return true;
  const Roaring* changed = changedOf(source, scope);
  return changed != nullptr && changed->contains(id);
}

std::vector<std::uint32_t> blocksOf(const IndexSource& source, const PropertyScope& scope, bool whole) {
  std::vector<std::uint32_t> blocks;
  const std::string prefix = propertyPrefix(scope);
  for (const auto& item : source.properties.items()) {
    if (!item.key.starts_with(prefix)) continue;
    ByteReader in{std::string_view{item.key}.substr(prefix.size()), "property key"};
    blocks.push_back(in.big<std::uint32_t>());
  }
  for (std::uint64_t begin = 0; whole && begin < source.base->bound(scope); begin += kSegmentSlots) {
    blocks.push_back(static_cast<std::uint32_t>(begin >> kSegmentBits));
  }
  if (const Roaring* changed = changedOf(source, scope)) {
    for (const std::uint32_t id : *changed) {
      if (blocks.empty() || blocks.back() != id >> kSegmentBits) blocks.push_back(id >> kSegmentBits);
    }
  }
  std::sort(blocks.begin(), blocks.end());
  blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
  return blocks;
}

Roaring membersOf(const IndexSource& source, LabelId label, bool whole) {
  Roaring members;
  if (whole) members = readLabel(*source.core.database, label, source.moment.get());
  const auto added = source.labels.find(label);
  if (added != source.labels.end()) members |= added->second;
  return members;
}

namespace {

// f(entity, key of its entry) for the entities of a block that `member` holds and that have all properties.
template <typename Member, typename F>
void forBlock(const IndexSource& source, const IndexSpec& spec, std::uint32_t block, Member member, F f) {
  std::vector<Segment> columns;
  for (const PropertyKeyId property : spec.properties) {
    auto segment = segmentOf(
        source, {spec.onRelationships, spec.onRelationships ? spec.labelOrType : RelTypeId{0}, property}, block);
    if (!segment) return;
    columns.push_back(*std::move(segment));
  }
  std::string key = indexPrefix(spec.id);
  const std::size_t prefix = key.size();
  columns.front().forEach([&](std::uint32_t slot, std::size_t) {
    const std::uint32_t id = (block << kSegmentBits) + slot;
    const bool complete = std::all_of(columns.begin(), columns.end(), [&](const Segment& s) { return s.has(slot); });
    if (!complete || !member(id)) return;
    key.resize(prefix);
    for (const Segment& s : columns) encodeSortable(key, s.get(slot));
    putBig(key, id);
    f(key);
  });
}

std::uint32_t entityOf(const std::string& key) {
  ByteReader in{std::string_view{key}.substr(key.size() - 4), "index key"};
  return in.big<std::uint32_t>();
}

std::string_view valuesOf(const std::string& key) { return std::string_view{key}.substr(0, key.size() - 4); }

// An entry that is stored already, with the same values. Those of changed entities are among what is put.
void checkStored(const IndexSource& source, const IndexSpec& spec, const PropertyScope& scope, const std::string& key) {
  const auto scan = source.core.database->scan(Keyspace::kIndex, std::string{valuesOf(key)});
  if (!scan->it->Valid()) return;
  const std::uint32_t stored = entityOf(scan->it->key().ToString());
  if (!concerns(source, scope, false, stored)) throw UniqueViolation{spec.id, stored, entityOf(key)};
}

}  // namespace

void addIndexEntries(const IndexSource& source, const IndexSpec& spec, bool whole,
                     const std::filesystem::path& directory, std::size_t memoryBytes, const SstOutput::PutKey& put) {
  if (spec.text) return addTextEntries(source, spec, whole, directory, memoryBytes, put);
  const PropertyScope scope{spec.onRelationships, spec.onRelationships ? spec.labelOrType : RelTypeId{0},
                            spec.properties.at(0)};
  Roaring members;
  if (!spec.onRelationships) members = membersOf(source, spec.labelOrType, whole);
  KeySorter sorter{directory};
  const auto member = [&](std::uint32_t id) {
    return spec.onRelationships ? concerns(source, scope, whole, id) : members.contains(id);
  };
  std::mutex mutex;  // of the sorter
  const std::vector<std::uint32_t> blocks = blocksOf(source, scope, whole);
  parallelFor(blocks.size(), [&](std::size_t i) {
    KeyBuffer keys;
    forBlock(source, spec, blocks[i], member, [&](const std::string& key) { keys.add(key); });
    const std::lock_guard lock{mutex};
    sorter.add(std::move(keys));
    // Isolated: a thread that waits in the sort must not begin another block, which would want the mutex it holds.
    if (sorter.bytes() > memoryBytes) tbb::this_task_arena::isolate([&] { sorter.spill(); });
  });
  std::string previous;
  sorter.forEach([&](const std::string& key) {
    if (spec.unique) {
      if (!previous.empty() && valuesOf(previous) == valuesOf(key)) {
        throw UniqueViolation{spec.id, entityOf(previous), entityOf(key)};
      }
      if (!whole) checkStored(source, spec, scope, key);
      previous = key;
    }
    put(key);
  });
}

}  // namespace plexus::storage
