// core/storage/write/chunk_directories.h: which chunk an adjacency entry belongs to, for the writer; and when a chunk
// has gathered so many updates that it is to be rewritten. Used under the writer's lock.
#pragma once

#include <unordered_map>
#include <vector>

#include "core/storage/codec/adjacency_chunk.h"
#include "core/storage/rocks/database.h"

namespace plexus::storage {

class ChunkDirectories {
 public:
  explicit ChunkDirectories(Database& database) : database_{database} {}

  // The key (part kNeighbours) of the chunk that takes an update of `entry`; counts it.
  const std::string& chunkFor(RelTypeId type, Direction direction, const AdjacencyEntry& entry);
  // Rewrites the chunks that have gathered kRewriteOperations updates: folded, cut into pieces of about kChunkEntries.
  // What is stored means the same before and after.
  void rewriteFull();
  // Rewrites every chunk of the adjacency that has pending updates.
  void rewriteAll(RelTypeId type, Direction direction);
  void forget() { directories_.clear(); }

 private:
  struct Directory {
    RelTypeId type;
    Direction direction;
    std::vector<AdjacencyEntry> firsts;
    std::vector<std::string> keys;
    std::vector<std::uint32_t> pending;
  };
  Directory& directory(RelTypeId type, Direction direction);
  static void setKeys(Directory& d);
  // Returns into how many pieces the chunk was cut.
  std::size_t rewrite(Directory& d, std::size_t chunk);

  Database& database_;
  std::unordered_map<std::uint32_t, Directory> directories_;
  std::vector<std::pair<std::uint32_t, AdjacencyEntry>> full_;
};

// The entries of a chunk, folded, from its two values.
std::vector<AdjacencyEntry> readChunk(const Database& database, const std::string& neighboursKey,
                                      const Database::ReadPoint* at = nullptr);

}  // namespace plexus::storage
