// core/storage/store_impl.h: the Store over a Core.
#pragma once

#include "core/base/short_mutex.h"
#include "core/storage/memory/core.h"
#include "core/storage/store.h"
#include "core/storage/write/chunk_directories.h"

namespace plexus::storage {

class StoreImpl final : public Store {
 public:
  explicit StoreImpl(const StoreOptions& options);
  ~StoreImpl() override;

  GraphView snapshot() override;
  std::unique_ptr<WriteTransaction> begin() override;
  std::unique_ptr<BulkLoad> bulkLoad(std::size_t memoryBytes, unsigned threads) override;
  bool refresh() override;
  void compact() override;
  void backup(const std::filesystem::path& directory) override;
  bool check(const std::function<void(const std::string&)>& report) override;
  Info info() override;
  void close() override;

 private:
  std::shared_ptr<Core> core();          // throws after close()
  std::shared_ptr<Core> writableCore();  // and of a follower

  // Either guards core_ where it is read, both where it changes: readers of snapshots do not wait for anybody else.
  ShortMutex snapshotMutex_, mutex_;
  std::shared_ptr<Core> core_;
  std::shared_ptr<ChunkDirectories> directories_;
};

// Everything stored, into a new directory; for databases of which RocksDB makes no checkpoint.
void copyDatabase(const Database& from, const std::filesystem::path& directory);

}  // namespace plexus::storage
