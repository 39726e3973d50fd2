#include <algorithm>

#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

// What a log costs, in entries of an array that could be stepped over meanwhile: each handle, and each list that is
// looked up or made. A log is folded into new arrays when it has cost as much as those, and not little.
constexpr std::uint64_t kDebtPerHandle = 64;
constexpr std::uint64_t kDebtPerList = 64;
constexpr std::uint64_t kDebtPerKernel = 1024;  // and half of the entries: it takes a slower road over the relation
constexpr std::uint64_t kLeastDebt = 16384;

// A filter that has every node.
const std::atomic<std::uint64_t>* everyNode() {
  struct Filter {
    std::array<std::atomic<std::uint64_t>, (std::size_t{1} << AdjacencyLog::kFilterBits) / 64> words;
    Filter() {
      for (auto& word : words) word = ~std::uint64_t{0};
    }
  };
  static const Filter kEvery;
  return kEvery.words.data();
}

std::shared_ptr<AdjacencyGeneration> currentGeneration(const GraphView::Impl& view, RelTypeId type, Direction direction,
                                                       std::uint64_t entries) {
  AdjacencyHistory& history = view.core().adjacency(type, direction);
  auto generation = history.at(view.version());
  if (view.writing() || generation->log().empty()) return generation;
  if (generation->owe(kDebtPerHandle) < std::max(entries, kLeastDebt)) return generation;
  view.core().wantFold(type, direction, *view.state, *generation);
  return history.at(view.version());
}

}  // namespace

std::shared_ptr<const Adjacency::Impl> openAdjacency(const GraphView::Impl& view, RelTypeId type, Direction direction) {
  auto impl = std::make_shared<Adjacency::Impl>();
  const RelTypeCounters counters = view.state->relType(type);
  impl->pin = view.pin;
  impl->type = type;
  impl->direction = direction;
  impl->nodes = view.state->nodes.bound;
  impl->entries = counters.count;
  impl->writing = view.writing();
  impl->generation = currentGeneration(view, type, direction, counters.count);
  impl->changes = impl->writing || !impl->generation->log().empty();
  // Lists that have changes are made with ids.
  impl->base = impl->generation->base({impl->nodes, !impl->generation->log().empty(), counters.count});
  return impl;
}

const AdjacencyBase& Adjacency::Impl::withIds() const {
  if (const AdjacencyBase* ready = ready_.load(std::memory_order_acquire)) return *ready;
  const std::lock_guard lock{mutex_};
  if (!withIds_) withIds_ = base->hasIds() ? base : generation->base({nodes, true, entries});
  ready_.store(withIds_.get(), std::memory_order_release);
  return *withIds_;
}

AdjacencyLog::Lists Adjacency::Impl::lists(NodeId node) const {
  const AdjacencyBase& arrays = withIds();
  if (changes && generation->log().mayHave(node)) {
    generation->owe(kDebtPerList);
    return generation->log().lists(node, pin->version(), arrays, pin->core().live);
  }
  return {arrays.neighbours(node), arrays.ids(node)};
}

Adjacency::Adjacency(std::shared_ptr<const Impl> impl) {
  if (impl->changes) filter_ = impl->generation->log().filter();
  if (const FlatAdjacency* flat = impl->flatBase()) {
    offsets_ = flat->offsets().data();
    neighbours_ = flat->all().data();
    bound_ = static_cast<NodeId>(flat->offsets().size() - 1);
  } else {
    filter_ = everyNode();  // read chunk by chunk: all take the slower road
  }
  source_ = std::move(impl);
}

Adjacency::Adjacency(std::shared_ptr<const AdjacencySource> source)
    : filter_{everyNode()}, source_{std::move(source)} {}

std::span<const NodeId> Adjacency::Impl::neighbours(NodeId node) const {
  if (changes && generation->log().mayHave(node)) return lists(node).neighbours;
  return base->neighbours(node);
}

bool Adjacency::Impl::connected(NodeId node, NodeId neighbour) const {
  if (changes && generation->log().mayHave(node)) {
    return generation->log().connected(node, neighbour, pin->version(), withIds(), pin->core().live);
  }
  const std::span<const NodeId> list = base->neighbours(node);
  return std::binary_search(list.begin(), list.end(), neighbour);
}

std::optional<FlatNeighbours> Adjacency::Impl::flat() const {
  const FlatAdjacency* flat = flatBase();
  const std::size_t needed = std::size_t{nodes} + 1;
  if (changes) generation->owe(kDebtPerKernel + entries / 2);
  if (flat == nullptr || flat->offsets().size() < needed || writing || changes) return std::nullopt;
  return FlatNeighbours{std::span{flat->offsets()}.first(needed), flat->all()};
}

const AdjacencyStatistics& Adjacency::Impl::statistics() const {
  const std::lock_guard lock{mutex_};
  if (!statistics_) {
    statistics_ = changes ? std::make_shared<const AdjacencyStatistics>(countStatistics())
                          : generation->statistics([&] { return countStatistics(); });
  }
  return *statistics_;
}

namespace {

// Whether two nodes are joined both ways: both start relationships and are met by some.
bool isMutual(const AdjacencyBase& arrays, const std::vector<bool>& met) {
  for (NodeId node = 0; node < met.size(); ++node) {
    if (!met[node]) continue;
    for (const NodeId n : arrays.neighbours(node)) {
      if (n >= node) break;
      const auto back = arrays.neighbours(n);
      if (std::binary_search(back.begin(), back.end(), node)) return true;
    }
  }
  return false;
}

}  // namespace

AdjacencyStatistics Adjacency::Impl::countStatistics() const {
  if (changes) generation->owe(entries);
  AdjacencyStatistics result;
  result.relationships = entries;
  std::vector<bool> seen;
  const auto count = [&](NodeId node, std::span<const NodeId> list) {
    if (list.empty()) return;
    const auto [first, last] = std::equal_range(list.begin(), list.end(), node);
    result.loops += static_cast<std::uint64_t>(last - first);
    ++result.sources;
    result.maxDegree = std::max(result.maxDegree, static_cast<std::uint32_t>(list.size()));
    result.parallel = result.parallel || std::adjacent_find(list.begin(), list.end()) != list.end();
    if (seen.size() <= list.back()) seen.resize(std::size_t{list.back()} + 1);
    for (const NodeId n : list) seen[n] = true;
  };
  const AdjacencyLog& log = generation->log();
  std::shared_ptr<const AdjacencyBase> arrays = base;
  if (changes && !arrays->hasIds()) arrays = generation->base({nodes, true, entries});
  for (NodeId node = 0; node < nodes; ++node) {
    const bool touched = changes && log.mayHave(node);
    count(node,
          touched ? log.lists(node, pin->version(), *arrays, pin->core().live).neighbours : arrays->neighbours(node));
  }
  result.mutual = changes || isMutual(*arrays, seen);
  result.targets = static_cast<std::uint32_t>(std::count(seen.begin(), seen.end(), true));
  return result;
}

std::optional<Relationship> Adjacency::Impl::find(RelId id) const {
  if (changes) {
    if (const auto found = generation->log().find(id, pin->version())) {
      if (!found->present) return std::nullopt;
      return Relationship{found->entry.node, found->entry.neighbour, id, type};
    }
  }
  const auto entry = withIds().find(id);
  if (!entry) return std::nullopt;
  return Relationship{entry->node, entry->neighbour, id, type};
}

}  // namespace plexus::storage
