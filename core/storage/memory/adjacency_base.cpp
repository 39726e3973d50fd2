#include "core/storage/memory/adjacency_base.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/storage/codec/adjacency_chunk.h"

namespace plexus::storage {

std::vector<AdjacencyEntry> readDirectory(const Database& database, RelTypeId type, Direction direction,
                                          const Database::ReadPoint* at) {
  const auto value = database.get(Keyspace::kMeta, directoryKey(type, direction), at);
  return value ? decodeDirectory(*value) : std::vector<AdjacencyEntry>{AdjacencyEntry{}};
}

std::size_t findChunk(const std::vector<AdjacencyEntry>& firsts, const AdjacencyEntry& entry) {
  return static_cast<std::size_t>(std::upper_bound(firsts.begin(), firsts.end(), entry) - firsts.begin()) - 1;
}

FlatAdjacency::FlatAdjacency(const Database& database, RelTypeId type, Direction direction, NodeId nodes, bool withIds,
                             const Database::ReadPoint* at)
    : hasIds_{withIds} {
  offsets_.reserve(std::size_t{nodes} + 2);
  const auto lists = database.scan(Keyspace::kAdjacency, adjacencyPrefix(type, direction, ChunkPart::kNeighbours), at);
  for (; lists->it->Valid(); lists->it->Next()) {
    const std::string_view value = toView(lists->it->value());
    const NeighboursView chunk{value};
    std::optional<std::string> ids;
    if ((withIds || chunk.hasOperations()) && chunk.entries() > 0) {
      std::string key = lists->it->key().ToString();
      key[3] = static_cast<char>(ChunkPart::kIds);
      ids = database.get(Keyspace::kAdjacency, key, at);
      if (!ids) throwCorruption("relationship ids are missing", key);
    }
    addChunk(value, ids ? *ids : std::string_view{});
  }
  check(lists->it->status());
  if (offsets_.size() < std::size_t{nodes} + 1) offsets_.resize(std::size_t{nodes} + 1, offsets_.back());
}

void FlatAdjacency::endSource(NodeId node, std::uint32_t end) {
  const std::size_t at = std::size_t{node} + 1;
  if (offsets_.size() > at + 1) throwCorruption("adjacency chunks overlap");
  if (offsets_.size() <= at) offsets_.resize(at + 1, offsets_.back());
  offsets_[at] = end;
}

void FlatAdjacency::addChunk(std::string_view value, std::string_view ids) {
  const NeighboursView chunk{value};
  const std::size_t base = neighbours_.size();
  if (!chunk.hasOperations()) {
    neighbours_.resize(base + chunk.entries());
    chunk.copyNeighbours(neighbours_.data() + base);
    for (std::size_t s = 0; s < chunk.sources(); ++s) {
      endSource(chunk.node(s), static_cast<std::uint32_t>(base + chunk.end(s)));
    }
    if (hasIds_ && chunk.entries() > 0) decodeIds(ids, chunk.entries(), ids_);
    return;
  }
  for (const AdjacencyEntry& entry : decodeChunk(chunk, ids)) {
    neighbours_.push_back(entry.neighbour);
    if (hasIds_) ids_.push_back(entry.id);
    endSource(entry.node, static_cast<std::uint32_t>(neighbours_.size()));
  }
}

std::optional<AdjacencyEntry> FlatAdjacency::find(RelId id) const {
  std::call_once(sortOnce_, [&] {
    if (std::is_sorted(ids_.begin(), ids_.end())) return;
    positions_.reserve(ids_.size());
    for (std::size_t i = 0; i < ids_.size(); ++i) positions_.emplace_back(ids_[i], static_cast<std::uint32_t>(i));
    std::sort(positions_.begin(), positions_.end());
  });
  std::size_t position = 0;
  if (positions_.empty()) {
    const auto it = std::lower_bound(ids_.begin(), ids_.end(), id);
    if (it == ids_.end() || *it != id) return std::nullopt;
    position = static_cast<std::size_t>(it - ids_.begin());
  } else {
    const auto it = std::lower_bound(positions_.begin(), positions_.end(), std::pair{id, std::uint32_t{0}});
    if (it == positions_.end() || it->first != id) return std::nullopt;
    position = it->second;
  }
  const auto after = std::upper_bound(offsets_.begin(), offsets_.end(), static_cast<std::uint32_t>(position));
  return AdjacencyEntry{static_cast<NodeId>(after - offsets_.begin() - 1), neighbours_[position], id};
}

struct ChunkedAdjacency::Chunk {
  std::vector<NodeId> nodes;
  std::vector<std::uint32_t> offsets{0};
  std::vector<NodeId> neighbours;
  std::vector<RelId> ids;
  std::pair<std::size_t, std::size_t> range(NodeId node) const {
    const auto it = std::lower_bound(nodes.begin(), nodes.end(), node);
    if (it == nodes.end() || *it != node) return {0, 0};
    const auto i = static_cast<std::size_t>(it - nodes.begin());
    return {offsets[i], offsets[i + 1]};
  }
};

struct ChunkedAdjacency::Joined {
  std::vector<NodeId> neighbours;
  std::vector<RelId> ids;
};

ChunkedAdjacency::ChunkedAdjacency(const Database& database, RelTypeId type, Direction direction,
                                   Database::ReadPointPtr at)
    : database_{database},
      type_{type},
      direction_{direction},
      at_{std::move(at)},
      firsts_{readDirectory(database, type, direction, at_.get())},
      chunks_(firsts_.size()) {}

ChunkedAdjacency::~ChunkedAdjacency() {
  for (const auto& chunk : chunks_) delete chunk.load();
}

const ChunkedAdjacency::Chunk& ChunkedAdjacency::chunk(std::size_t index) const {
  if (const Chunk* loaded = chunks_[index].load(std::memory_order_acquire)) return *loaded;
  auto chunk = std::make_unique<Chunk>();
  const auto value = database_.get(Keyspace::kAdjacency,
                                   adjacencyKey(type_, direction_, ChunkPart::kNeighbours, firsts_[index]), at_.get());
  if (value) {
    const auto ids = database_.get(Keyspace::kAdjacency,
                                   adjacencyKey(type_, direction_, ChunkPart::kIds, firsts_[index]), at_.get());
    for (const AdjacencyEntry& entry : decodeChunk(NeighboursView{*value}, ids ? *ids : std::string_view{})) {
      if (chunk->nodes.empty() || chunk->nodes.back() != entry.node) {
        chunk->nodes.push_back(entry.node);
        chunk->offsets.push_back(0);
      }
      chunk->neighbours.push_back(entry.neighbour);
      chunk->ids.push_back(entry.id);
      chunk->offsets.back() = static_cast<std::uint32_t>(chunk->neighbours.size());
    }
  }
  const std::lock_guard lock{mutex_};
  if (const Chunk* loaded = chunks_[index].load(std::memory_order_acquire)) return *loaded;
  bytes_ += (chunk->nodes.size() + chunk->neighbours.size()) * 8;
  chunks_[index].store(chunk.get(), std::memory_order_release);
  return *chunk.release();
}

// The chunks [first, last] in which a node may have entries.
std::pair<std::size_t, std::size_t> ChunkedAdjacency::chunksOf(NodeId node) const {
  return {findChunk(firsts_, {node, 0, 0}), findChunk(firsts_, {node, kNoNode, kNoRel})};
}

const ChunkedAdjacency::Joined& ChunkedAdjacency::joined(NodeId node, std::size_t first, std::size_t last) const {
  {
    const std::lock_guard lock{mutex_};
    const auto it = joined_.find(node);
    if (it != joined_.end()) return *it->second;
  }
  auto joined = std::make_unique<Joined>();
  for (std::size_t i = first; i <= last; ++i) {
    const Chunk& part = chunk(i);
    const auto [from, to] = part.range(node);
    const auto begin = static_cast<std::ptrdiff_t>(from), end = static_cast<std::ptrdiff_t>(to);
    joined->neighbours.insert(joined->neighbours.end(), part.neighbours.begin() + begin, part.neighbours.begin() + end);
    joined->ids.insert(joined->ids.end(), part.ids.begin() + begin, part.ids.begin() + end);
  }
  const std::lock_guard lock{mutex_};
  bytes_ += joined->neighbours.size() * 8;
  return *joined_.try_emplace(node, std::move(joined)).first->second;
}

std::optional<AdjacencyEntry> ChunkedAdjacency::find(RelId id) const {
  for (std::size_t index = 0; index < firsts_.size(); ++index) {
    const Chunk& part = chunk(index);
    const auto it = std::find(part.ids.begin(), part.ids.end(), id);
    if (it == part.ids.end()) continue;
    const auto position = static_cast<std::uint32_t>(it - part.ids.begin());
    const auto after = std::upper_bound(part.offsets.begin(), part.offsets.end(), position);
    return AdjacencyEntry{part.nodes[static_cast<std::size_t>(after - part.offsets.begin() - 1)],
                          part.neighbours[position], id};
  }
  return std::nullopt;
}

std::span<const NodeId> ChunkedAdjacency::neighbours(NodeId node) const {
  const auto [first, last] = chunksOf(node);
  if (first != last) return joined(node, first, last).neighbours;
  const Chunk& only = chunk(first);
  const auto [from, to] = only.range(node);
  return std::span{only.neighbours}.subspan(from, to - from);
}

std::span<const RelId> ChunkedAdjacency::ids(NodeId node) const {
  const auto [first, last] = chunksOf(node);
  if (first != last) return joined(node, first, last).ids;
  const Chunk& only = chunk(first);
  const auto [from, to] = only.range(node);
  return std::span{only.ids}.subspan(from, to - from);
}

}  // namespace plexus::storage
