// core/storage/write/commit_batch.h: a transaction's operations as one RocksDB batch, updates of one value joined.
#pragma once

#include <unordered_map>

#include "core/storage/write/chunk_directories.h"
#include "core/storage/write/operation.h"

namespace plexus::storage {

class CommitBatch {
 public:
  CommitBatch(const Database& database, ChunkDirectories& directories)
      : database_{database}, directories_{directories} {}

  void add(const Operation& operation);
  // Moves what was gathered into `batch`.
  void finish(rocksdb::WriteBatch& batch);

 private:
  std::string& operand(Keyspace keyspace, const std::string& key);
  void addLabel(LabelId label, NodeId node, bool add);

  const Database& database_;
  ChunkDirectories& directories_;
  // Per keyspace: operands by key, in the order in which keys came.
  struct Operands {
    std::unordered_map<std::string, std::size_t> at;
    std::vector<std::pair<std::string, std::string>> list;
  };
  std::array<Operands, kKeyspaces> operands_;
  std::unordered_map<std::string, bool> indexEntries_;
};

}  // namespace plexus::storage
