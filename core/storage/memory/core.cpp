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
  std::shared_ptr<const GraphView::Impl> view;  // given up without the lock
  const std::lock_guard lock{stateMutex_};
  live.setPublished(next->version);
  if (!written_ || written_->version < next->version) written_ = next;
  state_.swap(next);
  view_.swap(view);
}

std::shared_ptr<const State> Core::written() const {
  const std::lock_guard lock{stateMutex_};
  return written_;
}

void Core::setWritten(std::shared_ptr<const State> next) {
  const std::lock_guard lock{stateMutex_};
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
template <typename Key, typename T, typename Make>
T& Core::find(std::unordered_map<Key, std::unique_ptr<T>>& map, Key key, Make make) {
  {
    const std::shared_lock lock{mapMutex_};
    const auto it = map.find(key);
    if (it != map.end()) return *it->second;
  }
  const std::unique_lock lock{mapMutex_};
  auto& slot = map[key];
  if (slot) return *slot;
  slot = std::make_unique<T>(make(epochs_.front().start));
  for (std::size_t i = 1; i < epochs_.size(); ++i) {
    slot->replaceIf([](const auto&) { return true; }, make(epochs_[i].start), [&] { return epochs_[i - 1].end; }, live);
  }
  return *slot;
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
  const std::unique_lock lock{mapMutex_};
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

void Core::wantFold(RelTypeId type, Direction direction, const State& state) {
  const std::unique_lock turn{writer, std::try_to_lock};
  if (turn) return foldAdjacency(type, direction, state);
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
  const std::unique_lock maps{mapMutex_};
  adjacency_.clear();
  properties_.clear();
  labels_.clear();
  indexes_.clear();
  changes.startAt(fresh->version);
  publish(std::move(fresh));
}

void Core::checkOpen() const {
  if (closed) throw Error{ErrorType::kTransactionError, Phase::kRuntime, "", "the database is closed"};
}

}  // namespace plexus::storage
