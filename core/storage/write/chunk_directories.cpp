#include "core/storage/write/chunk_directories.h"

#include <algorithm>

#include "core/storage/memory/adjacency_base.h"

namespace plexus::storage {

std::vector<AdjacencyEntry> readChunk(const Database& database, const std::string& neighboursKey,
                                      const Database::ReadPoint* at) {
  const auto value = database.get(Keyspace::kAdjacency, neighboursKey, at);
  if (!value) return {};
  std::string idsKey = neighboursKey;
  idsKey[3] = static_cast<char>(ChunkPart::kIds);
  const auto ids = database.get(Keyspace::kAdjacency, idsKey, at);
  return decodeChunk(NeighboursView{*value}, ids ? *ids : std::string_view{});
}

void ChunkDirectories::setKeys(Directory& d) {
  d.keys.clear();
  for (const AdjacencyEntry& first : d.firsts) {
    d.keys.push_back(adjacencyKey(d.type, d.direction, ChunkPart::kNeighbours, first));
  }
}

ChunkDirectories::Directory& ChunkDirectories::directory(RelTypeId type, Direction direction) {
  const std::uint32_t key = (std::uint32_t{type} << 1) | (direction == Direction::kIn ? 1U : 0U);
  auto it = directories_.find(key);
  if (it == directories_.end()) {
    Directory d{type, direction, readDirectory(database_, type, direction), {}, {}};
    d.pending.resize(d.firsts.size());
    setKeys(d);
    it = directories_.emplace(key, std::move(d)).first;
  }
  return it->second;
}

const std::string& ChunkDirectories::chunkFor(RelTypeId type, Direction direction, const AdjacencyEntry& entry) {
  Directory& d = directory(type, direction);
  const std::size_t chunk = findChunk(d.firsts, entry);
  if (++d.pending[chunk] == kRewriteOperations) {
    full_.emplace_back((std::uint32_t{type} << 1) | (direction == Direction::kIn ? 1U : 0U), d.firsts[chunk]);
  }
  return d.keys[chunk];
}

std::size_t ChunkDirectories::rewrite(Directory& d, std::size_t chunk) {
  const std::vector<AdjacencyEntry> entries = readChunk(database_, d.keys[chunk]);
  const std::size_t pieces = std::max<std::size_t>(1, (entries.size() + kChunkEntries - 1) / kChunkEntries);
  rocksdb::WriteBatch batch;
  std::vector<AdjacencyEntry> firsts;
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    const std::size_t from = entries.size() * piece / pieces, to = entries.size() * (piece + 1) / pieces;
    firsts.push_back(piece == 0 ? d.firsts[chunk] : entries[from]);
    const auto put = [&](ChunkPart part, const std::string& value) {
      check(batch.Put(database_.family(Keyspace::kAdjacency), adjacencyKey(d.type, d.direction, part, firsts.back()),
                      value));
    };
    put(ChunkPart::kNeighbours, encodeNeighbours(entries.data() + from, to - from));
    put(ChunkPart::kIds, encodeIds(entries.data() + from, to - from));
  }
  if (pieces > 1) {
    d.firsts.insert(d.firsts.begin() + static_cast<std::ptrdiff_t>(chunk) + 1, firsts.begin() + 1, firsts.end());
    d.pending.insert(d.pending.begin() + static_cast<std::ptrdiff_t>(chunk) + 1, pieces - 1, 0);
    setKeys(d);
    check(batch.Put(database_.family(Keyspace::kMeta), directoryKey(d.type, d.direction), encodeDirectory(d.firsts)));
  }
  d.pending[chunk] = 0;
  database_.write(batch, false);
  return pieces;
}

void ChunkDirectories::rewriteFull() {
  for (const auto& [key, first] : full_) {
    const auto it = directories_.find(key);
    if (it == directories_.end()) continue;
    rewrite(it->second, findChunk(it->second.firsts, first));
  }
  full_.clear();
}

void ChunkDirectories::rewriteAll(RelTypeId type, Direction direction) {
  Directory& d = directory(type, direction);
  for (std::size_t chunk = 0; chunk < d.firsts.size();) {
    const auto value = database_.get(Keyspace::kAdjacency, d.keys[chunk]);
    const bool pending = value && NeighboursView{*value}.hasOperations();
    chunk += pending ? rewrite(d, chunk) : 1;
  }
}

}  // namespace plexus::storage
