// core/storage/store.h: a database directory (or a database in memory), opened.
//
// One process may have it open for writing; others open it read-only at the same time and follow it (refresh()).
// The layout on disk is docs/file-format.md. Nothing outside this folder sees RocksDB.
// Thread safety: all calls may come from any thread. begin() and bulkLoad() wait for the one writer to end.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/storage/bulk_load.h"
#include "core/storage/graph_view.h"
#include "core/storage/text_index.h"
#include "core/storage/write_transaction.h"

namespace plexus::storage {

struct StoreOptions {
  std::filesystem::path path;  // ":memory:" keeps everything in RocksDB's in-memory environment
  bool readOnly = false;       // follow a database that another process may be writing
  bool createIfMissing = true;
  bool syncCommits = true;                        // fsync the log on every commit
  std::size_t arrayBytes = std::size_t{4} << 30;  // arrays held in memory: adjacency, properties, bitmaps
  std::size_t blockCacheBytes = std::size_t{64} << 20;
  AttachmentReader readAttachment;  // required
  TextAnalyser analyse;             // required if there are full-text indexes
};

class Store {
 public:
  // Throws Error{kIoError}: missing, locked by another writer (the message says by whom, if known, and offers
  // read-only), not a Plexus database; Error{kCorruption}: damaged, or written by a newer format.
  static std::shared_ptr<Store> open(const StoreOptions& options);
  virtual ~Store() = default;

  virtual GraphView snapshot() = 0;
  virtual std::unique_ptr<WriteTransaction> begin() = 0;  // Error{kTransactionError} if read-only
  virtual std::unique_ptr<BulkLoad> bulkLoad(std::size_t memoryBytes, unsigned threads) = 0;

  // Read-only stores: catches up with the writer; true if anything changed. Others: false.
  virtual bool refresh() = 0;

  virtual void compact() = 0;                                       // merges pending updates, recompresses
  virtual void backup(const std::filesystem::path& directory) = 0;  // a consistent copy, while others read and write
  // Verifies checksums and every invariant of the format; calls back with a line per finding. True if all is well.
  virtual bool check(const std::function<void(const std::string&)>& report) = 0;

  struct Info {
    std::uint64_t diskBytes = 0;
    std::uint64_t arrayBytes = 0;  // in memory now
    unsigned formatVersion = 0;
    std::string rocksdbVersion;
  };
  virtual Info info() = 0;
  // Flushes and closes; later calls throw. The destructor does it too, silently.
  virtual void close() = 0;
};

}  // namespace plexus::storage
