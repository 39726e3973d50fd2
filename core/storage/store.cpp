#include "core/storage/store.h"

#include <fmt/format.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/version.h>

#include "core/base/error.h"
#include "core/storage/bulk/bulk_load_impl.h"
#include "core/storage/store_check.h"
#include "core/storage/store_impl.h"
#include "core/storage/view/view_impl.h"
#include "core/storage/write/transaction.h"

namespace plexus::storage {

std::shared_ptr<Store> Store::open(const StoreOptions& options) { return std::make_shared<StoreImpl>(options); }

StoreImpl::StoreImpl(const StoreOptions& options) : core_{std::make_shared<Core>(options)} {
  if (!options.readOnly) {
    removeBulkLeftovers(*core_->database);
    directories_ = std::make_shared<ChunkDirectories>(*core_->database);
  }
}

StoreImpl::~StoreImpl() {
  try {
    close();
  } catch (const std::exception&) {
    // What is committed is in the log: the next opening reads it.
  }
}

std::shared_ptr<Core> StoreImpl::core() {
  const std::lock_guard lock{mutex_};
  if (!core_) throw Error{ErrorType::kTransactionError, Phase::kRuntime, "", "the database is closed"};
  return core_;
}

std::shared_ptr<Core> StoreImpl::writableCore() {
  auto core = this->core();
  if (core->options.readOnly) {
    throw Error{ErrorType::kTransactionError, Phase::kRuntime, "ReadOnlyDatabase", "the database is open read-only"};
  }
  return core;
}

GraphView StoreImpl::snapshot() {
  const std::lock_guard lock{snapshotMutex_};
  if (!core_) throw Error{ErrorType::kTransactionError, Phase::kRuntime, "", "the database is closed"};
  return GraphView{core_->sharedView([&](const auto& state, const auto& bitmaps) {
    return std::make_shared<const GraphView::Impl>(core_, state, bitmaps);
  })};
}

std::unique_ptr<WriteTransaction> StoreImpl::begin() {
  return std::make_unique<Transaction>(writableCore(), directories_);
}

std::unique_ptr<BulkLoad> StoreImpl::bulkLoad(std::size_t memoryBytes, unsigned threads) {
  return makeBulkLoad(writableCore(), directories_, memoryBytes, threads);
}

bool StoreImpl::refresh() {
  const std::scoped_lock lock{snapshotMutex_, mutex_};
  if (!core_ || !core_->options.readOnly) return false;
  core_->releaseView();
  if (core_->live.views() == 0) {
    if (!core_->database->catchUp()) return false;
    core_->reload();
    return true;
  }
  // Views are open on what was read so far, and a follower has no snapshots: they keep theirs, the store goes on with a
  // second follower.
  auto next = std::make_shared<Core>(core_->options);
  if (next->state()->version == core_->state()->version) return false;
  core_ = std::move(next);
  return true;
}

void StoreImpl::compact() {
  const auto core = writableCore();
  const std::lock_guard lock{core->writer};
  const auto state = core->state();
  for (std::size_t type = 0; type < state->relTypes.size(); ++type) {
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      directories_->rewriteAll(static_cast<RelTypeId>(type), direction);
    }
  }
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  for (std::size_t i = 0; i < kKeyspaces; ++i) {
    storage::check(core->database->rocks().CompactRange(options, core->database->family(static_cast<Keyspace>(i)),
                                                        nullptr, nullptr));
  }
}

void StoreImpl::backup(const std::filesystem::path& directory) {
  const auto core = this->core();
  if (std::filesystem::exists(directory)) {
    throw Error{ErrorType::kIoError, Phase::kRuntime, "", fmt::format("{}: exists already", directory.string())};
  }
  const bool onDisk = core->options.path != ":memory:";
  if (!onDisk || core->options.readOnly) return copyDatabase(*core->database, directory);
  rocksdb::Checkpoint* raw = nullptr;
  storage::check(rocksdb::Checkpoint::Create(&core->database->rocks(), &raw));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint{raw};
  storage::check(checkpoint->CreateCheckpoint(std::filesystem::absolute(directory).string()));
}

void copyDatabase(const Database& from, const std::filesystem::path& directory) {
  StoreOptions options;
  options.path = directory;
  const auto to = Database::open(options);
  const auto moment = from.readPoint();
  for (std::size_t i = 0; i < kKeyspaces; ++i) {
    const auto keyspace = static_cast<Keyspace>(i);
    rocksdb::WriteBatch batch;
    const auto all = from.scan(keyspace, "", moment.get());
    for (; all->it->Valid(); all->it->Next()) {
      check(batch.Put(to->family(keyspace), all->it->key(), all->it->value()));
      if (batch.GetDataSize() < (std::size_t{4} << 20)) continue;
      to->write(batch, false);
      batch.Clear();
    }
    check(all->it->status());
    to->write(batch, false);
  }
  to->flush();
}

bool StoreImpl::check(const std::function<void(const std::string&)>& report) { return checkStore(*core(), report); }

Store::Info StoreImpl::info() {
  const auto core = this->core();
  Info info;
  for (std::size_t i = 0; i < kKeyspaces; ++i) {
    std::uint64_t bytes = 0;
    for (const char* property : {"rocksdb.total-sst-files-size", "rocksdb.cur-size-all-mem-tables"}) {
      if (core->database->rocks().GetIntProperty(core->database->family(static_cast<Keyspace>(i)), property, &bytes)) {
        info.diskBytes += bytes;
      }
    }
  }
  info.arrayBytes = core->arrays.used();
  info.formatVersion = kFormatVersion;
  info.rocksdbVersion = fmt::format("{}.{}.{}", ROCKSDB_MAJOR, ROCKSDB_MINOR, ROCKSDB_PATCH);
  return info;
}

void StoreImpl::close() {
  std::shared_ptr<Core> core;
  {
    const std::scoped_lock lock{snapshotMutex_, mutex_};
    core = std::move(core_);
    core_.reset();
  }
  if (!core) return;
  core->closed = true;
  core->releaseView();
  if (!core->options.readOnly) core->database->flush();
}

}  // namespace plexus::storage
