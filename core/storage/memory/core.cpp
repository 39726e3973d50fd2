#include "core/storage/memory/core.h"

#include "core/base/error.h"
#include "core/storage/memory/adjacency_fold.h"

namespace plexus::storage {
namespace {

std::uint64_t packed(RelTypeId type, Direction direction) {
  return (std::uint64_t{type} << 8) | static_cast<std::uint64_t>(direction);
}
std::uint64_t packed(const PropertyScope& scope) {
  return (std::uint64_t{scope.onRelationships} << 32) | (std::uint64_t{scope.type} << 16) | scope.key;
}
// A view of a commit before the last one is kept no longer than so many commits.
constexpr Version kStaleVersions = 256;

PropertyScope unpackedScope(std::uint64_t key) {
  return {(key >> 32) != 0, static_cast<RelTypeId>(key >> 16), static_cast<PropertyKeyId>(key)};
}

}  // namespace

Core::Core(const StoreOptions& given) : options{given}, database{Database::open(given)}, arrays{given.arrayBytes} {
  publish(std::make_shared<const State>(readState(*database, options.readAttachment)));
  changes.startAt(state_->version);
}

std::shared_ptr<const State> Core::state() const {
  const std::lock_guard lock{stateMutex_};
  return state_;
}

std::shared_ptr<const State> Core::newestState() {
  if (written() != state()) makeDurable(written()->version);
  const std::lock_guard lock{stateMutex_};
  live.add(state_->version);
  return state_;
}

void Core::publish(std::shared_ptr<const State> next) {
  {
    const std::lock_guard lock{writtenMutex_};
    if (!written_ || written_->version < next->version) written_ = next;
  }
  std::shared_ptr<const GraphView::Impl> view;  // given up without the lock
  std::shared_ptr<FoundBitmaps> bitmaps;
  {
    const std::lock_guard lock{stateMutex_};
    live.setPublished(next->version);
    if (bitmaps_ && bitmaps_->since() != next->nodesChanged) bitmaps_.swap(bitmaps);
    if (next->version > viewVersion_ + kStaleVersions) view_.swap(view);
    state_.swap(next);
  }
  retire(std::move(next));
}

// States are made by those who write, and given up by them.
void Core::retire(std::shared_ptr<const State> state) {
  const std::lock_guard lock{writtenMutex_};
  std::erase_if(retired_, [](const auto& retired) { return retired.use_count() <= 1; });
  retired_.push_back(std::move(state));
}

void Core::publishLoad(std::shared_ptr<const State> next, const std::function<void(bool seen)>& put) {
  {
    const std::lock_guard lock{stateMutex_};
    view_.reset();
    bitmaps_.reset();
    put(live.views() > 1);
    live.setPublished(next->version);
    state_.swap(next);
  }
  setWritten(state());
  retire(std::move(next));
}

std::shared_ptr<const State> Core::written() const {
  const std::lock_guard lock{writtenMutex_};
  return written_;
}

void Core::setWritten(std::shared_ptr<const State> next) {
  const std::lock_guard lock{writtenMutex_};
  written_.swap(next);
}

void Core::makeDurable(Version version) {
  std::unique_lock lock{syncMutex_};
  while (durable_ < version) {
    if (syncing_) {
      synced_.wait(lock);
      continue;
    }
    syncing_ = true;
    lock.unlock();
    const auto target = written();
    std::exception_ptr error;
    try {
      database->syncLog();
      publish(target);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    syncing_ = false;
    if (!error) durable_ = target->version;
    synced_.notify_all();
    if (error) std::rethrow_exception(error);
  }
}

void Core::releaseView() {
  std::shared_ptr<const GraphView::Impl> view;
  const std::lock_guard lock{stateMutex_};
  view_.swap(view);
}

// Entries are never removed, so a reference stays valid without the lock.
template <typename T, typename Make>
T& Core::find(Histories<T>& map, std::uint64_t key, Make make) {
  if (const auto found = map.find(key); found != map.end()) return *found->second;
  const std::lock_guard lock{mapMutex_};
  if (const auto found = map.find(key); found != map.end()) return *found->second;
  auto history = std::make_unique<T>(make(epochs_.front().start));
  for (std::size_t i = 1; i < epochs_.size(); ++i) {
    history->replaceIf([](const auto&) { return true; }, make(epochs_[i].start), [&] { return epochs_[i - 1].end; },
                       live);
  }
  return *map.emplace(key, std::move(history)).first->second;
}

AdjacencyHistory& Core::adjacency(RelTypeId type, Direction direction) {
  return find(adjacency_, packed(type, direction), [&](Version start) {
    return std::make_shared<AdjacencyGeneration>(*database, arrays, type, direction, start);
  });
}

PropertyHistory& Core::property(const PropertyScope& scope) {
  return find(properties_, packed(scope),
              [&](Version start) { return std::make_shared<PropertyGeneration>(*database, arrays, scope, start); });
}

BitmapHistory& Core::label(LabelId label) {
  return find(labels_, std::uint64_t{label},
              [&](Version start) { return std::make_shared<BitmapGeneration>(*database, label, start); });
}

IndexHistory& Core::index(IndexId index) {
  return find(indexes_, std::uint64_t{index},
              [&](Version start) { return std::make_shared<IndexGeneration>(*database, arrays, index, start); });
}

const TextAnalyser& Core::analyser() const {
  if (options.analyse) return options.analyse;
  throw Error{ErrorType::kSchemaError, Phase::kRuntime, "", "this database was opened without text analysis"};
}

void Core::startAnew(Version version, const Database::ReadPointPtr& before) {
  const std::lock_guard lock{mapMutex_};
  epochs_.back().end = before;
  epochs_.push_back({version, nullptr});
  while (epochs_.size() > 1 && live.oldest() >= epochs_[1].start) epochs_.erase(epochs_.begin());
  const auto always = [](const auto&) { return true; };
  const auto moment = [&] { return before; };
  for (auto& [key, history] : adjacency_) {
    const auto type = static_cast<RelTypeId>(key >> 8);
    const auto direction = static_cast<Direction>(key & 0xFF);
    history->replaceIf(always, std::make_shared<AdjacencyGeneration>(*database, arrays, type, direction, version),
                       moment, live);
  }
  for (auto& [key, history] : properties_) {
    history->replaceIf(always, std::make_shared<PropertyGeneration>(*database, arrays, unpackedScope(key), version),
                       moment, live);
  }
  for (auto& [key, history] : labels_) {
    history->replaceIf(always, std::make_shared<BitmapGeneration>(*database, static_cast<LabelId>(key), version),
                       moment, live);
  }
  for (auto& [key, history] : indexes_) {
    history->replaceIf(always, std::make_shared<IndexGeneration>(*database, arrays, static_cast<IndexId>(key), version),
                       moment, live);
  }
}

void Core::foldAdjacency(RelTypeId type, Direction direction, const State& state) {
  AdjacencyHistory& history = adjacency(type, direction);
  const auto from = history.at(state.version);
  const auto foldable = [&](const AdjacencyGeneration& g) {
    return &g == from.get() && g.lastChange <= state.version && !g.log().empty();
  };
  if (!history.withCurrent(foldable)) return;
  auto next = std::make_shared<AdjacencyGeneration>(*database, arrays, type, direction, state.version);
  if (const auto held = from->heldArrays()) {
    const NodeId nodes = AdjacencyGeneration::withRoom(state.nodes.bound);
    next->setArrays(foldedArrays(*held, from->log(), state.version, nodes, live));
  }
  history.replaceIf(
      foldable, std::move(next), [&] { return database->readPoint(); }, live);
}

void Core::wantFold(RelTypeId type, Direction direction, const State& state, AdjacencyGeneration& from) {
  const std::unique_lock turn{writer, std::try_to_lock};
  if (turn) return foldAdjacency(type, direction, state);
  if (!from.firstToWantFold()) return;
  const std::lock_guard lock{wantedMutex_};
  wantedFolds_.emplace(type, direction);
}

void Core::foldWanted(const State& state) {
  std::set<std::pair<RelTypeId, Direction>> wanted;
  {
    const std::lock_guard lock{wantedMutex_};
    wanted.swap(wantedFolds_);
  }
  for (const auto& [type, direction] : wanted) foldAdjacency(type, direction, state);
}

void Core::foldProperty(const PropertyScope& scope, Version version) {
  property(scope).replaceIf([&](const PropertyGeneration& g) { return g.lastChange <= version && g.size() > 0; },
                            std::make_shared<PropertyGeneration>(*database, arrays, scope, version),
                            [&] { return database->readPoint(); }, live);
}

void Core::foldIndex(IndexId id, Version version) {
  index(id).replaceIf([&](const IndexGeneration& g) { return g.lastChange <= version && g.size() > 0; },
                      std::make_shared<IndexGeneration>(*database, arrays, id, version),
                      [&] { return database->readPoint(); }, live);
}

void Core::reload() {
  auto fresh = std::make_shared<const State>(readState(*database, options.readAttachment));
  {
    const std::lock_guard maps{mapMutex_};
    adjacency_.clear();
    properties_.clear();
    labels_.clear();
    indexes_.clear();
  }
  changes.startAt(fresh->version);
  publish(std::move(fresh));
}

void Core::checkOpen() const {
  if (closed) throw Error{ErrorType::kTransactionError, Phase::kRuntime, "", "the database is closed"};
}

}  // namespace plexus::storage
