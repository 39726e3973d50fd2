#include "core/storage/bulk/bulk_load_impl.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <oneapi/tbb/task_arena.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/storage/bulk/index_builder.h"
#include "core/storage/bulk/relation_builder.h"
#include "core/storage/bulk/sst_output.h"
#include "core/storage/codec/label_block.h"
#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

constexpr const char* kBulkPrefix = "bulk-";

// Where a load keeps its files; removed with them at the end.
class WorkDirectory {
 public:
  explicit WorkDirectory(const Database& database, bool inMemory) : database_{database}, inMemory_{inMemory} {
    static std::atomic<unsigned> counter{0};
    const std::string name = fmt::format("{}{}-{}", kBulkPrefix, ::getpid(), counter++);
    tables_ = database.path() + "/" + name;
    runs_ = inMemory ? std::filesystem::temp_directory_path() / ("plexus-" + name) : std::filesystem::path{tables_};
    std::filesystem::create_directories(runs_);
    if (inMemory) check(database.env()->CreateDirIfMissing(tables_));
  }
  ~WorkDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(runs_, ignored);
    if (!inMemory_) return;
    std::vector<std::string> files;
    database_.env()->GetChildren(tables_, &files).PermitUncheckedError();
    for (const std::string& file : files) database_.env()->DeleteFile(tables_ + "/" + file).PermitUncheckedError();
    database_.env()->DeleteDir(tables_).PermitUncheckedError();
  }
  const std::string& tables() const { return tables_; }        // in the database's environment
  const std::filesystem::path& runs() const { return runs_; }  // in the file system

 private:
  const Database& database_;
  bool inMemory_;
  std::string tables_;
  std::filesystem::path runs_;
};

class BulkLoadImpl final : public BulkLoad {
 public:
  BulkLoadImpl(std::shared_ptr<Core> core, std::shared_ptr<ChunkDirectories> directories, std::size_t memoryBytes,
               unsigned threads);
  ~BulkLoadImpl() override;

  NodeId addNodes(std::span<const LabelId> labels, std::size_t count) override;
  void setNodeProperty(PropertyKeyId key, NodeId first, const Vector& values) override;
  std::uint64_t addRelationships(RelTypeId type, std::span<const NodeId> starts, std::span<const NodeId> ends) override;
  void setRelProperty(RelTypeId type, PropertyKeyId key, std::uint64_t first, const Vector& values) override;
  void changeRelProperty(RelTypeId type, PropertyKeyId key, RelId id, const Value& value) override;
  void createIndex(const IndexSpec& spec) override { newIndexes_.push_back(spec); }
  void setAttachment(std::shared_ptr<const Attachment> attachment) override {
    next_.attachment = std::move(attachment);
  }
  void finish(const std::function<void()>& step) override;

 private:
  const Database& database() const { return *core_->database; }
  RelationBuilder& relation(RelTypeId type);
  void buildRelations(const std::function<void()>& step);
  void countProperties();
  void addChanges();
  void addLabelBlocks();
  void writeIndexes();
  std::vector<std::string> entriesOfChanged(const IndexSpec& spec) const;
  void addState();
  void writeTables();
  std::string joinWithStored(const std::string& key, std::vector<std::string> parts) const;
  void publish();

  std::shared_ptr<Core> core_;
  std::shared_ptr<ChunkDirectories> directories_;
  std::unique_lock<WriterTurn> lock_;
  std::shared_ptr<const State> base_;
  State next_;
  std::size_t memoryBytes_;
  tbb::task_arena arena_;
  WorkDirectory work_;
  KeyedValues meta_, adjacency_, properties_;
  SstOutput output_;
  Roaring newNodes_;
  std::unordered_map<LabelId, Roaring> labels_;
  std::unordered_map<PropertyKeyId, std::unique_ptr<PropertyAppender>> nodeProperties_;
  std::unordered_map<RelTypeId, std::unique_ptr<RelationBuilder>> relations_;
  std::map<PropertyScope, std::map<RelId, Value>> changes_;  // of relationships that were there
  ChangedRelationships changed_;
  std::vector<IndexSpec> newIndexes_;
  bool finished_ = false;
};

BulkLoadImpl::BulkLoadImpl(std::shared_ptr<Core> core, std::shared_ptr<ChunkDirectories> directories,
                           std::size_t memoryBytes, unsigned threads)
    : core_{std::move(core)},
      directories_{std::move(directories)},
      lock_{core_->writer},
      base_{core_->newestState()},  // pinned, so that what it shows stays readable while files are ingested
      next_{*base_},
      memoryBytes_{std::max(memoryBytes, std::size_t{16} << 20)},
      arena_{static_cast<int>(std::max(threads, 1U))},
      work_{*core_->database, core_->options.path == ":memory:"},
      meta_{work_.runs(), memoryBytes_ / 16},
      adjacency_{work_.runs(), memoryBytes_ / 8},
      properties_{work_.runs(), memoryBytes_ / 8},
      output_{*core_->database, work_.tables()} {
  next_.version = next_.nodesChanged = base_->version + 1;
}

BulkLoadImpl::~BulkLoadImpl() { core_->live.remove(base_->version); }

NodeId BulkLoadImpl::addNodes(std::span<const LabelId> labels, std::size_t count) {
  const NodeId first = next_.nodes.bound;
  if (count > kNoNode - 1 - std::size_t{first}) {
    throw Error{ErrorType::kLimitExceeded, Phase::kRuntime, "", "a database holds at most 2^32 - 2 nodes"};
  }
  const std::uint64_t end = std::uint64_t{first} + count;
  next_.nodes.bound = static_cast<NodeId>(end);
  next_.nodes.count += count;
  newNodes_.addRange(first, end);
  for (auto it = labels.begin(); it != labels.end(); ++it) {
    if (std::find(labels.begin(), it, *it) != it) continue;
    labels_[*it].addRange(first, end);
    next_.labelCountRef(*it) += count;
  }
  return first;
}

void BulkLoadImpl::setNodeProperty(PropertyKeyId key, NodeId first, const Vector& values) {
  auto& appender = nodeProperties_[key];
  if (!appender) appender = std::make_unique<PropertyAppender>(PropertyScope{false, 0, key}, properties_);
  appender->add(first, values);
}

RelationBuilder& BulkLoadImpl::relation(RelTypeId type) {
  auto& builder = relations_[type];
  if (!builder) builder = std::make_unique<RelationBuilder>(type, work_.runs(), memoryBytes_);
  return *builder;
}

std::uint64_t BulkLoadImpl::addRelationships(RelTypeId type, std::span<const NodeId> starts,
                                             std::span<const NodeId> ends) {
  RelationBuilder& builder = relation(type);
  if (base_->relType(type).bound + builder.count() + starts.size() > kNoRel - 1) {
    throw Error{ErrorType::kLimitExceeded, Phase::kRuntime, "", "a relation type holds at most 2^32 - 2 relationships"};
  }
  const std::uint64_t first = builder.add(starts, ends);
  std::size_t held = 0;
  for (const auto& [id, other] : relations_) held += other->bytes();
  if (held > memoryBytes_ / 4) {
    const auto largest = std::max_element(relations_.begin(), relations_.end(), [](const auto& a, const auto& b) {
      return a.second->bytes() < b.second->bytes();
    });
    arena_.execute([&] { largest->second->spill(); });
  }
  return first;
}

void BulkLoadImpl::setRelProperty(RelTypeId type, PropertyKeyId key, std::uint64_t first, const Vector& values) {
  relation(type).setProperty(key, first, values);
}

void BulkLoadImpl::changeRelProperty(RelTypeId type, PropertyKeyId key, RelId id, const Value& value) {
  changes_[PropertyScope{true, type, key}][id] = value;
  changed_[type].add(id);
}

void BulkLoadImpl::buildRelations(const std::function<void()>& step) {
  std::vector<RelationBuilder*> builders;
  for (const auto& [type, builder] : relations_) {
    if (builder->count() > 0) builders.push_back(builder.get());
  }
  std::sort(builders.begin(), builders.end(), [](const auto* a, const auto* b) { return a->count() > b->count(); });
  const auto build = [&](RelationBuilder* builder) {
    builder->finish(database(), base_->relType(builder->type()).bound, adjacency_, meta_, properties_);
  };
  // Together if they fit, else one after another, each with all the memory.
  std::size_t bytes = 0;
  for (const auto* builder : builders) bytes += builder->count() * sizeof(AdjacencyEntry) * 3;
  if (bytes <= memoryBytes_ / 2) {
    parallelFor(builders.size(), [&](std::size_t i) { build(builders[i]); });
  } else {
    for (auto* builder : builders) {
      step();
      build(builder);
    }
  }
  for (const auto* builder : builders) {
    RelTypeCounters& counters = next_.relTypeRef(builder->type());
    counters.count += builder->count();
    counters.bound += static_cast<RelId>(builder->count());
  }
}

void BulkLoadImpl::countProperties() {
  const auto add = [&](const PropertyScope& scope, const PropertySummary& more) {
    PropertySummary& summary = next_.summaryRef(scope);
    summary.count += more.count;
    summary.kinds |= more.kinds;
  };
  for (const auto& [key, appender] : nodeProperties_) {
    appender->finish();
    add(appender->scope(), appender->summary());
  }
  for (const auto& [type, builder] : relations_) {
    for (const auto& [scope, summary] : builder->summaries()) add(scope, summary);
  }
}

// As segments beside the stored ones, which writeTables() joins them with.
void BulkLoadImpl::addChanges() {
  for (const auto& [scope, values] : changes_) {
    PropertyAppender appender{scope, properties_};
    std::optional<std::uint32_t> block;
    std::optional<Segment> stored;
    PropertySummary& summary = next_.summaryRef(scope);
    for (const auto& [id, value] : values) {
      if (block != id >> kSegmentBits) {
        block = id >> kSegmentBits;
        const auto bytes = database().get(Keyspace::kProperty, propertyKey(scope, *block));
        stored = bytes ? std::optional{Segment::decode(*bytes)} : std::nullopt;
      }
      if (!stored || !stored->has(id & (kSegmentSlots - 1))) ++summary.count;
      appender.add(id, value);
    }
    appender.finish();
    summary.kinds |= appender.summary().kinds;
  }
}

void BulkLoadImpl::addLabelBlocks() {
  const auto add = [&](LabelId label, const Roaring& nodes) {
    if (nodes.isEmpty()) return;
    for (std::uint32_t block = nodes.minimum() >> kLabelBlockBits; block <= nodes.maximum() >> kLabelBlockBits;
         ++block) {
      Roaring part;
      part.addRange(std::uint64_t{block} << kLabelBlockBits, (std::uint64_t{block} + 1) << kLabelBlockBits);
      part &= nodes;
      if (part.isEmpty()) continue;
      const std::string key = labelBlockKey(label, static_cast<std::uint16_t>(block));
      if (const auto stored = database().get(Keyspace::kMeta, key)) part |= decodeLabelBlock(*stored);
      meta_.add(key, encodeLabelBlock(part));
    }
  };
  add(kAllNodes, newNodes_);
  for (const auto& [label, nodes] : labels_) add(label, nodes);
}

// In the order of their ids, which their keys begin with, so that all go to one file.
void BulkLoadImpl::writeIndexes() {
  std::vector<std::pair<const IndexSpec*, bool>> indexes;  // with whether it is new
  for (const IndexSpec& spec : *base_->indexes) indexes.emplace_back(&spec, false);
  for (const IndexSpec& spec : newIndexes_) indexes.emplace_back(&spec, true);
  std::sort(indexes.begin(), indexes.end(), [](const auto& a, const auto& b) { return a.first->id < b.first->id; });
  const IndexSource source{*core_, base_, newNodes_, labels_, properties_, changed_, nullptr};
  output_.writeKeys(Keyspace::kIndex, [&](const SstOutput::PutKey& put, const SstOutput::PutKey& remove) {
    for (const auto& [spec, isNew] : indexes) {
      const auto before = isNew ? std::vector<std::string>{} : entriesOfChanged(*spec);
      auto old = before.begin();
      addIndexEntries(source, *spec, isNew, work_.runs(), memoryBytes_ / 4, [&](const std::string& key) {
        for (; old != before.end() && *old < key; ++old) remove(*old);
        if (old != before.end() && *old == key) {
          ++old;
        } else {
          put(key);
        }
      });
      for (; old != before.end(); ++old) remove(*old);
    }
  });
}

// The stored entries of relationships that the load changes, ascending.
std::vector<std::string> BulkLoadImpl::entriesOfChanged(const IndexSpec& spec) const {
  std::vector<std::string> keys;
  if (!spec.onRelationships || changed_.empty()) return keys;
  const KeyedValues noProperties{work_.runs(), 0};
  const IndexSource stored{*core_, base_, newNodes_, labels_, noProperties, changed_, nullptr};
  IndexSpec all = spec;
  all.unique = false;
  addIndexEntries(stored, all, false, work_.runs(), memoryBytes_ / 4,
                  [&](const std::string& key) { keys.push_back(key); });
  return keys;
}

// The counters, as a commit would write them: its batch is taken apart again.
void BulkLoadImpl::addState() {
  struct ToValues final : rocksdb::WriteBatch::Handler {
    explicit ToValues(KeyedValues& values_) : values{values_} {}
    rocksdb::Status PutCF(std::uint32_t, const rocksdb::Slice& key, const rocksdb::Slice& value) override {
      values.add(key.ToString(), value.ToString());
      return rocksdb::Status::OK();
    }
    KeyedValues& values;
  };
  if (!newIndexes_.empty()) {
    auto indexes = std::make_shared<std::vector<IndexSpec>>(*base_->indexes);
    indexes->insert(indexes->end(), newIndexes_.begin(), newIndexes_.end());
    next_.indexes = std::move(indexes);
  }
  rocksdb::WriteBatch batch;
  writeState(database(), *base_, next_, batch);
  ToValues handler{meta_};
  check(batch.Iterate(&handler));
}

// A block of the old nodes may hold the first new ones.
std::string BulkLoadImpl::joinWithStored(const std::string& key, std::vector<std::string> parts) const {
  ByteReader in{std::string_view{key}, "property key"};
  PropertyScope scope;
  scope.onRelationships = in.big<std::uint8_t>() != 0;
  scope.type = in.big<RelTypeId>();
  scope.key = in.big<PropertyKeyId>();
  const std::uint64_t begin = std::uint64_t{in.big<std::uint32_t>()} << kSegmentBits;
  if (begin < base_->bound(scope)) {
    if (auto stored = database().get(Keyspace::kProperty, key)) parts.insert(parts.begin(), *std::move(stored));
  }
  return joinSegments(parts);
}

void BulkLoadImpl::writeTables() {
  struct Part {
    Keyspace keyspace;
    const KeyedValues* values;
    std::size_t first, last;
  };
  std::vector<Part> parts;
  const auto split = [&](Keyspace keyspace, KeyedValues& values) {
    values.sort();
    const std::size_t size = values.items().size();
    std::size_t middle = size / 2;
    // Items of one key stay together.
    while (middle > 0 && middle < size && values.items()[middle].key == values.items()[middle - 1].key) ++middle;
    parts.push_back({keyspace, &values, 0, middle});
    parts.push_back({keyspace, &values, middle, size});
  };
  split(Keyspace::kAdjacency, adjacency_);
  split(Keyspace::kProperty, properties_);
  split(Keyspace::kMeta, meta_);
  parallelFor(parts.size(), [&](std::size_t i) {
    const Part& part = parts[i];
    SstOutput::Join join;
    if (part.keyspace == Keyspace::kProperty) {
      join = [&](const std::string& key, std::vector<std::string> values) {
        return joinWithStored(key, std::move(values));
      };
    }
    output_.write(part.keyspace, *part.values, part.first, part.last, join);
  });
}

// From the moment of startAnew() on, old views read what they have not read yet at a point of before. Where there are
// none there is no such point, so that RocksDB numbers the files' entries 0, as in files that it need not write anew;
// and nothing starts anew before the files are there: should that fail, views go on with what is in memory.
void BulkLoadImpl::publish() {
  core_->publishLoad(std::make_shared<State>(next_), [&](bool seen) {
    if (seen) core_->startAnew(next_.version, database().readPoint());
    output_.ingest();
    if (!seen) core_->startAnew(next_.version, nullptr);
    directories_->forget();
    core_->changes.startAt(next_.version);
  });
}

void BulkLoadImpl::finish(const std::function<void()>& step) {
  if (finished_) throw Error{ErrorType::kTransactionError, Phase::kRuntime, "", "the load is over"};
  core_->checkOpen();
  finished_ = true;
  arena_.execute([&] {
    step();
    buildRelations(step);
    step();
    countProperties();
    addChanges();
    addLabelBlocks();
    properties_.sort();
    writeIndexes();
    addState();
    step();
    writeTables();
    step();
    publish();
  });
}

}  // namespace

std::unique_ptr<BulkLoad> makeBulkLoad(std::shared_ptr<Core> core, std::shared_ptr<ChunkDirectories> directories,
                                       std::size_t memoryBytes, unsigned threads) {
  return std::make_unique<BulkLoadImpl>(std::move(core), std::move(directories), memoryBytes, threads);
}

void removeBulkLeftovers(const Database& database) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator{database.path(), ignored}) {
    if (entry.path().filename().string().starts_with(kBulkPrefix)) std::filesystem::remove_all(entry.path(), ignored);
  }
}

}  // namespace plexus::storage
