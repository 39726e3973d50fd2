#include "core/storage/bulk/relation_builder.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/storage/memory/adjacency_base.h"
#include "core/storage/write/chunk_directories.h"

namespace plexus::storage {
namespace {

// Takes the entries of one chunk's range in order and cuts them into chunks; the first begins where the range does.
class ChunkCutter {
 public:
  ChunkCutter(RelTypeId type, Direction direction, KeyedValues& out) : type_{type}, direction_{direction}, out_{out} {}

  void begin(const AdjacencyEntry& first) { first_ = first; }
  void add(const AdjacencyEntry& entry) {
    if (entries_.size() == kChunkEntries) {
      flush();
      first_ = entry;
    }
    entries_.push_back(entry);
  }
  void flush() {
    const auto put = [&](ChunkPart part, std::string value) {
      out_.add(adjacencyKey(type_, direction_, part, first_), std::move(value));
    };
    put(ChunkPart::kNeighbours, encodeNeighbours(entries_.data(), entries_.size()));
    put(ChunkPart::kIds, encodeIds(entries_.data(), entries_.size()));
    firsts.push_back(first_);
    entries_.clear();
  }

  std::vector<AdjacencyEntry> firsts;

 private:
  RelTypeId type_;
  Direction direction_;
  KeyedValues& out_;
  AdjacencyEntry first_;
  std::vector<AdjacencyEntry> entries_;
};

}  // namespace

RelationBuilder::RelationBuilder(RelTypeId type, const std::filesystem::path& directory, std::size_t memoryBytes)
    : type_{type},
      directory_{directory},
      memoryBytes_{memoryBytes},
      out_{directory},
      in_{directory},
      byOrdinal_{directory, memoryBytes / 8} {}

std::uint64_t RelationBuilder::add(std::span<const NodeId> starts, std::span<const NodeId> ends) {
  const std::uint64_t first = count_;
  out_.reserve(starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) out_.add({starts[i], ends[i], static_cast<RelId>(count_++)});
  return first;
}

void RelationBuilder::setProperty(PropertyKeyId key, std::uint64_t first, const Vector& values) {
  auto it = std::find_if(appenders_.begin(), appenders_.end(), [&](const auto& a) { return a->scope().key == key; });
  if (it == appenders_.end()) {
    appenders_.push_back(std::make_unique<PropertyAppender>(PropertyScope{true, type_, key}, byOrdinal_));
    it = std::prev(appenders_.end());
  }
  (*it)->add(static_cast<std::uint32_t>(first), values);
}

void RelationBuilder::finish(const Database& database, RelId firstId, KeyedValues& adjacency, KeyedValues& meta,
                             KeyedValues& properties) {
  std::vector<RelId> idOf(appenders_.empty() ? 0 : count_);
  // The sorted order is read twice: once for the ids, once into chunks.
  RelId next = firstId;
  in_.reserve(std::min<std::size_t>(count_, memoryBytes_ / 4 / sizeof(AdjacencyEntry)));
  EntrySorter numbered{directory_};
  const bool spills = count_ * sizeof(AdjacencyEntry) > memoryBytes_ / 4;
  numbered.reserve(spills ? 0 : count_);
  out_.forEach([&](const AdjacencyEntry& e) {
    if (!idOf.empty()) idOf[e.id] = next;
    numbered.add({e.node, e.neighbour, next});
    in_.add({e.neighbour, e.node, next});
    ++next;
    if (spills && numbered.bytes() > memoryBytes_ / 8) {
      numbered.spill();
      in_.spill();
    }
  });
  out_ = EntrySorter{directory_};
  parallelFor(2, [&](std::size_t i) {
    const auto direction = i == 0 ? Direction::kOut : Direction::kIn;
    writeDirection(database, direction, std::move(i == 0 ? numbered : in_), adjacency, meta);
  });
  for (const auto& appender : appenders_) appender->finish();
  byOrdinal_.sort();
  for (const auto& appender : appenders_) writeProperty(*appender, idOf, firstId, properties);
}

void RelationBuilder::writeDirection(const Database& database, Direction direction, EntrySorter entries,
                                     KeyedValues& adjacency, KeyedValues& meta) {
  const std::vector<AdjacencyEntry> firsts = readDirectory(database, type_, direction);
  ChunkCutter cutter{type_, direction, adjacency};
  std::vector<AdjacencyEntry> old;  // of the chunk being joined, what is not yet passed on
  std::size_t chunk = 0, oldAt = 0;
  bool open = false;
  const auto close = [&] {
    for (; oldAt < old.size(); ++oldAt) cutter.add(old[oldAt]);
    if (open) cutter.flush();
    open = false;
  };
  entries.forEach([&](const AdjacencyEntry& entry) {
    while (chunk + 1 < firsts.size() && !(entry < firsts[chunk + 1])) {
      if (!open) cutter.firsts.push_back(firsts[chunk]);  // untouched
      close();
      ++chunk;
    }
    if (!open) {
      old = readChunk(database, adjacencyKey(type_, direction, ChunkPart::kNeighbours, firsts[chunk]));
      oldAt = 0;
      cutter.begin(firsts[chunk]);
      open = true;
    }
    for (; oldAt < old.size() && old[oldAt] < entry; ++oldAt) cutter.add(old[oldAt]);
    cutter.add(entry);
  });
  const std::size_t untouched = open ? chunk + 1 : chunk;
  close();
  cutter.firsts.insert(cutter.firsts.end(), firsts.begin() + static_cast<std::ptrdiff_t>(untouched), firsts.end());
  meta.add(directoryKey(type_, direction), encodeDirectory(cutter.firsts));
}

// Values lie in order of their ordinals; ids have another order. So many ids are placed at a time as memory allows.
void RelationBuilder::writeProperty(PropertyAppender& byOrdinal, const std::vector<RelId>& idOf, RelId firstId,
                                    KeyedValues& properties) {
  const PropertyScope scope = byOrdinal.scope();
  const std::uint64_t perPass = std::max<std::uint64_t>(std::uint64_t{1} << 20, memoryBytes_ / 4 / 64);
  const std::uint64_t end = std::uint64_t{firstId} + count_;
  PropertyAppender appender{scope, properties};
  for (std::uint64_t from = firstId; from < end; from += perPass) {
    const std::uint64_t to = std::min(from + perPass, end);
    std::vector<std::pair<RelId, Value>> values;
    const auto [first, last] =
        std::pair{std::lower_bound(byOrdinal_.items().begin(), byOrdinal_.items().end(), propertyPrefix(scope),
                                   [](const auto& item, const std::string& key) { return item.key < key; }),
                  byOrdinal_.items().end()};
    for (auto item = first; item != last && item->key.starts_with(propertyPrefix(scope)); ++item) {
      ByteReader key{std::string_view{item->key}.substr(5), "property key"};
      const std::uint32_t base = key.big<std::uint32_t>() << kSegmentBits;
      const Segment segment = Segment::decode(byOrdinal_.read(*item));
      segment.forEach([&](std::uint32_t slot, std::size_t rank) {
        if (base + slot >= idOf.size()) return;
        const RelId id = idOf[base + slot];
        if (id >= from && id < to) values.emplace_back(id, segment.byRank(rank));
      });
    }
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [id, value] : values) appender.add(id, value);
  }
  appender.finish();
}

std::vector<std::pair<PropertyScope, PropertySummary>> RelationBuilder::summaries() const {
  std::vector<std::pair<PropertyScope, PropertySummary>> result;
  for (const auto& appender : appenders_) result.emplace_back(appender->scope(), appender->summary());
  return result;
}

}  // namespace plexus::storage
