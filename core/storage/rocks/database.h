// core/storage/rocks/database.h: RocksDB opened with our keyspaces and options; its Status becomes our Error here.
// Thread safety: all calls, concurrently.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include "core/storage/codec/keys.h"
#include "core/storage/store.h"

namespace plexus::storage {

inline constexpr std::uint32_t kFormatVersion = 1;

// Throws Error{kCorruption} or Error{kIoError} unless ok.
void check(const rocksdb::Status& status);

inline std::string_view toView(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

class Database {
 public:
  // A moment of the database, for reads that must agree with each other. Released with the last reference. Of a
  // follower it holds nothing: a follower stands still while views are open.
  class ReadPoint {
   public:
    explicit ReadPoint(const Database& database);
    ~ReadPoint();
    ReadPoint(const ReadPoint&) = delete;
    ReadPoint& operator=(const ReadPoint&) = delete;
    const rocksdb::Snapshot* snapshot() const { return snapshot_; }

   private:
    const Database& database_;
    const rocksdb::Snapshot* snapshot_ = nullptr;
  };
  using ReadPointPtr = std::shared_ptr<const ReadPoint>;

  // Checks the format version; a new database gets its format key. Throws as Store::open().
  static std::unique_ptr<Database> open(const StoreOptions& options);
  ~Database();

  bool follower() const { return follower_; }
  rocksdb::DB& rocks() const { return *db_; }
  rocksdb::ColumnFamilyHandle* family(Keyspace keyspace) const { return families_[static_cast<std::size_t>(keyspace)]; }
  const std::string& path() const { return path_; }
  rocksdb::Env* env() const { return options_.env; }
  const rocksdb::Options& options() const { return options_; }
  rocksdb::ColumnFamilyOptions familyOptions(Keyspace keyspace) const;

  ReadPointPtr readPoint() const { return std::make_shared<const ReadPoint>(*this); }
  // Nothing if the key is absent. `at` null: the latest state.
  std::optional<std::string> get(Keyspace keyspace, const std::string& key, const ReadPoint* at = nullptr) const;
  // Over all keys that start with `prefix` (to be given to Seek); ends after them.
  struct Scan {
    std::string upper;
    rocksdb::Slice bound;
    std::unique_ptr<rocksdb::Iterator> it;
  };
  std::unique_ptr<Scan> scan(Keyspace keyspace, const std::string& prefix, const ReadPoint* at = nullptr) const;

  void write(rocksdb::WriteBatch& batch, bool sync);
  void syncLog();  // all that was written is on disk when it returns
  void flush();
  // A follower catches up; true if the writer has written anything since.
  bool catchUp();

 private:
  Database() = default;
  void prepareOptions(const StoreOptions& options);
  void openWriter(const StoreOptions& options);
  void openFollower(const StoreOptions& options);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors() const;
  void removeEmptyLogs() const;
  void requireAllFiles() const;
  void checkFormat();
  std::string lockOwner() const;

  bool follower_ = false;
  std::string path_;
  std::filesystem::path secondaryPath_;
  std::unique_ptr<rocksdb::Env> memoryEnv_;
  rocksdb::Options options_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace plexus::storage
