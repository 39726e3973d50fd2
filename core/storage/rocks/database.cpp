#include "core/storage/rocks/database.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/storage/rocks/merge_operators.h"

namespace plexus::storage {
namespace {

constexpr const char* kFamilyNames[kKeyspaces] = {"default", "adjacency", "property", "index"};
constexpr const char* kOwnerFile = "/OWNER";
constexpr int kFollowAttempts = 5;
constexpr std::chrono::milliseconds kFollowPause{20};

[[noreturn]] void fail(ErrorType type, std::string message, std::string hint = {}) {
  throw Error{type, Phase::kRuntime, "", std::move(message), {}, std::move(hint)};
}

// RocksDB's own diary is not kept: what goes wrong becomes an Error, and on a full disk a diary that cannot be written
// ends the process where RocksDB has its assertions compiled in.
class NoDiary final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

// Without the name of the code, which our own message has already.
std::string message(const rocksdb::Status& status) {
  return status.getState() != nullptr ? status.getState() : status.ToString();
}

// True if something is there that is neither a database nor one whose making was cut short.
bool isForeign(const std::filesystem::path& directory) {
  std::error_code ignored;
  if (!std::filesystem::exists(directory, ignored) || std::filesystem::exists(directory / "CURRENT", ignored))
    return false;
  if (!std::filesystem::is_directory(directory, ignored)) return true;
  for (const auto& entry : std::filesystem::directory_iterator{directory, ignored}) {
    const std::string name = entry.path().filename().string();
    if (name != "LOCK" && name != "IDENTITY" && !name.starts_with("MANIFEST-") && !name.ends_with(".dbtmp"))
      return true;
  }
  return false;
}

std::filesystem::path uniqueSecondaryPath() {
  static std::atomic<unsigned> counter{0};
  return std::filesystem::temp_directory_path() / fmt::format("plexus-follower-{}-{}", ::getpid(), counter++);
}

}  // namespace

void check(const rocksdb::Status& status) {
  if (status.ok()) return;
  if (status.IsCorruption()) fail(ErrorType::kCorruption, "the database is damaged: " + message(status));
  fail(ErrorType::kIoError, "the database cannot be read or written: " + message(status));
}

Database::ReadPoint::ReadPoint(const Database& database) : database_{database} {
  if (!database.follower()) snapshot_ = database.rocks().GetSnapshot();
}

Database::ReadPoint::~ReadPoint() {
  if (snapshot_ != nullptr) database_.rocks().ReleaseSnapshot(snapshot_);
}

rocksdb::ColumnFamilyOptions Database::familyOptions(Keyspace keyspace) const {
  rocksdb::ColumnFamilyOptions family{options_};
  // Commits write the same counters and chunks again and again: their place in the memtable is remembered.
  if (keyspace == Keyspace::kMeta) {
    family.merge_operator = labelMerge();
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  }
  if (keyspace == Keyspace::kAdjacency) {
    family.merge_operator = adjacencyMerge();
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(16));
  }
  if (keyspace == Keyspace::kProperty) family.merge_operator = propertyMerge();
  return family;
}

// What measured well for chunks (docs/architecture.md): no filters, since every key that is asked for exists; indexes
// outside the cache, since they are tiny; memory belongs to the arrays.
void Database::prepareOptions(const StoreOptions& options) {
  if (options.path == ":memory:") {
    memoryEnv_.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
    options_.env = memoryEnv_.get();
    path_ = "/plexus";
  } else {
    path_ = options.path.string();
  }
  rocksdb::BlockBasedTableOptions table;
  table.format_version = 5;
  table.block_size = 32 << 10;
  table.cache_index_and_filter_blocks = false;
  table.block_cache = rocksdb::NewLRUCache(options.blockCacheBytes);
  options_.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options_.compression = rocksdb::kLZ4Compression;
  options_.bottommost_compression = rocksdb::kZSTD;
  options_.max_open_files = -1;
  options_.max_file_opening_threads = 1;  // a family: starting more takes longer than opening its few files
  options_.max_background_jobs = 2;
  options_.write_buffer_size = std::size_t{32} << 20;
  options_.info_log = std::make_shared<NoDiary>();
  options_.skip_stats_update_on_db_open = true;
  options_.skip_checking_sst_file_sizes_on_db_open = true;
  options_.paranoid_checks = true;
}

std::unique_ptr<Database> Database::open(const StoreOptions& options) {
  std::unique_ptr<Database> database{new Database};
  database->prepareOptions(options);
  const bool exists = database->env()->FileExists(database->path_ + "/CURRENT").ok();
  if (!exists && (options.readOnly || !options.createIfMissing)) {
    const bool directory = database->env()->FileExists(database->path_).ok();
    fail(ErrorType::kIoError, fmt::format("{}: {}", options.path.string(),
                                          directory ? "is not a Plexus database" : "there is no such database"));
  }
  if (options.readOnly) {
    database->openFollower(options);
  } else {
    database->openWriter(options);
  }
  database->checkFormat();
  return database;
}

void Database::openWriter(const StoreOptions& options) {
  if (!memoryEnv_) {
    const std::filesystem::path directory{path_};
    std::error_code ignored;
    if (isForeign(directory)) fail(ErrorType::kIoError, fmt::format("{}: is not a Plexus database", path_));
    std::filesystem::create_directories(directory.parent_path().empty() ? "." : directory.parent_path(), ignored);
  }
  options_.create_if_missing = true;
  options_.create_missing_column_families = true;
  std::vector<rocksdb::ColumnFamilyDescriptor> families = descriptors();
  rocksdb::DB* raw = nullptr;
  rocksdb::Status status;
  if (env()->FileExists(path_ + "/CURRENT").ok()) {
    status = rocksdb::DB::Open(options_, path_, families, &families_, &raw);
  } else {
    // RocksDB writes its options to a file for each family that Open() finds missing, but once for all made together.
    const std::vector<rocksdb::ColumnFamilyDescriptor> rest{families.begin() + 1, families.end()};
    families.resize(1);
    status = rocksdb::DB::Open(options_, path_, families, &families_, &raw);
    std::vector<rocksdb::ColumnFamilyHandle*> made;
    if (status.ok()) {
      db_.reset(raw);
      status = db_->CreateColumnFamilies(rest, &made);
      families_.insert(families_.end(), made.begin(), made.end());
    }
  }
  if (status.IsIOError() && status.ToString().find("lock") != std::string::npos) {
    fail(ErrorType::kIoError, fmt::format("{}: is open for writing{}", options.path.string(), lockOwner()),
         "open it read-only to follow it");
  }
  if (status.IsInvalidArgument()) fail(ErrorType::kIoError, fmt::format("{}: is not a Plexus database", path_));
  check(status);
  if (!db_) db_.reset(raw);
  if (memoryEnv_) return;
  removeEmptyLogs();
  std::ofstream{path_ + kOwnerFile} << ::getpid() << "\n";
}

// Each opening begins a log, which RocksDB before 8.3 keeps, when nothing is written to it, until the next flush:
// programs that only read would leave one after another. The newest is the one of this opening.
void Database::removeEmptyLogs() const {
  std::vector<std::filesystem::path> logs;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator{path_, ignored}) {
    if (entry.path().extension() == ".log") logs.push_back(entry.path());
  }
  std::sort(logs.begin(), logs.end());  // numbers of six digits at least
  if (!logs.empty()) logs.pop_back();
  for (const std::filesystem::path& log : logs) {
    if (std::filesystem::file_size(log, ignored) == 0) std::filesystem::remove(log, ignored);
  }
}

std::vector<rocksdb::ColumnFamilyDescriptor> Database::descriptors() const {
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (std::size_t i = 0; i < kKeyspaces; ++i) {
    descriptors.emplace_back(kFamilyNames[i], familyOptions(static_cast<Keyspace>(i)));
  }
  return descriptors;
}

// A follower makes do with an older state where a file is missing, and would answer from that. A read-only opening is
// strict; an empty directory in place of that of the logs spares it their replay. A writer may just be replacing files:
// only what stays missing is damage.
void Database::requireAllFiles() const {
  rocksdb::Options strict{options_};
  strict.wal_dir = secondaryPath_.string();
  rocksdb::Status status;
  for (int attempt = 0; attempt < kFollowAttempts; ++attempt) {
    std::vector<rocksdb::ColumnFamilyHandle*> families;
    rocksdb::DB* raw = nullptr;
    status = rocksdb::DB::OpenForReadOnly(strict, path_, descriptors(), &families, &raw);
    const std::unique_ptr<rocksdb::DB> db{raw};
    for (rocksdb::ColumnFamilyHandle* handle : families) db->DestroyColumnFamilyHandle(handle);
    if (status.ok() || status.IsInvalidArgument()) return;
    std::this_thread::sleep_for(kFollowPause);
  }
  check(status);
}

void Database::openFollower(const StoreOptions& options) {
  follower_ = true;
  secondaryPath_ = uniqueSecondaryPath();
  std::filesystem::create_directories(secondaryPath_);
  requireAllFiles();
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenAsSecondary(options_, path_, secondaryPath_.string(), descriptors(), &families_, &raw);
  if (status.IsInvalidArgument()) {
    fail(ErrorType::kIoError, fmt::format("{}: is not a Plexus database", options.path.string()));
  }
  check(status);
  db_.reset(raw);
  check(db_->TryCatchUpWithPrimary());  // opening reads the manifest only; this reads the log
}

std::string Database::lockOwner() const {
  std::ifstream in{path_ + kOwnerFile};
  long pid = 0;
  if (!(in >> pid)) return "";
  return pid == ::getpid() ? " by this process" : fmt::format(" by process {}", pid);
}

void Database::checkFormat() {
  const auto stored = get(Keyspace::kMeta, formatKey());
  if (!stored) {
    if (follower_) fail(ErrorType::kIoError, fmt::format("{}: is not a Plexus database", path_));
    std::unique_ptr<rocksdb::Iterator> any{db_->NewIterator({}, family(Keyspace::kMeta))};
    any->SeekToFirst();
    if (any->Valid()) fail(ErrorType::kIoError, fmt::format("{}: is not a Plexus database", path_));
    rocksdb::WriteBatch batch;
    std::string value;
    putLittle(value, kFormatVersion);
    check(batch.Put(family(Keyspace::kMeta), formatKey(), value));
    return write(batch, true);
  }
  ByteReader in{*stored, "format version"};
  const auto version = in.little<std::uint32_t>();
  if (version > kFormatVersion) {
    fail(ErrorType::kCorruption,
         fmt::format("{}: has file format {}, this program reads up to {}", path_, version, kFormatVersion),
         "use a newer Plexus");
  }
}

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* handle : families_) db_->DestroyColumnFamilyHandle(handle);
  if (db_) {
    db_->Close().PermitUncheckedError();
    if (!follower_ && !memoryEnv_) std::remove((path_ + kOwnerFile).c_str());
  }
  db_.reset();
  std::error_code ignored;
  if (!secondaryPath_.empty()) std::filesystem::remove_all(secondaryPath_, ignored);
}

std::optional<std::string> Database::get(Keyspace keyspace, const std::string& key, const ReadPoint* at) const {
  rocksdb::ReadOptions read;
  if (at != nullptr) read.snapshot = at->snapshot();
  std::string value;
  const rocksdb::Status status = db_->Get(read, family(keyspace), key, &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status);
  return value;
}

std::unique_ptr<Database::Scan> Database::scan(Keyspace keyspace, const std::string& prefix,
                                               const ReadPoint* at) const {
  auto scan = std::make_unique<Scan>();
  scan->upper = afterPrefix(prefix);
  scan->bound = scan->upper;
  rocksdb::ReadOptions read;
  if (at != nullptr) read.snapshot = at->snapshot();
  if (!scan->upper.empty()) read.iterate_upper_bound = &scan->bound;
  scan->it.reset(db_->NewIterator(read, family(keyspace)));
  scan->it->Seek(prefix);
  check(scan->it->status());
  return scan;
}

void Database::write(rocksdb::WriteBatch& batch, bool sync) {
  rocksdb::WriteOptions write;
  write.sync = sync;
  check(db_->Write(write, &batch));
}

void Database::syncLog() {
  if (!memoryEnv_) check(db_->SyncWAL());
}

void Database::flush() {
  rocksdb::FlushOptions options;
  check(db_->Flush(options, families_));
}

bool Database::catchUp() {
  const auto before = get(Keyspace::kMeta, versionKey());
  check(db_->TryCatchUpWithPrimary());
  return get(Keyspace::kMeta, versionKey()) != before;
}

}  // namespace plexus::storage
