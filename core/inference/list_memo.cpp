#include "core/inference/list_memo.h"

#include <algorithm>
#include <unordered_set>

namespace plexus::inference {
namespace {

const NeighbourList& noNeighbours() {
  static const NeighbourList kNone;
  return kNone;
}

std::size_t bytesOf(const NeighbourList& list) {
  return sizeof(NeighbourList) + list.nodes.capacity() * sizeof(NodeId) + list.ids.capacity() * sizeof(RelId);
}

void giveUp(const NeighbourList* list) {
  if (list == nullptr || list == &noNeighbours()) return;
  if (list->keepers.fetch_sub(1, std::memory_order_acq_rel) == 1) delete list;
}

}  // namespace

bool ListBudget::take(std::size_t bytes) {
  if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= limit_) return true;
  give(bytes);
  return false;
}

std::vector<std::atomic<Lists::Slot*>> Lists::pagesFor(NodeId bound) {
  return std::vector<std::atomic<Slot*>>(std::size_t{bound} / kPage + 1);
}

Lists::Lists(NodeId bound, std::shared_ptr<ListBudget> budget)
    : bound_{bound}, budget_{std::move(budget)}, pages_{pagesFor(bound)} {}

Lists::Lists(const Lists& others, const Roaring& affected, NodeId bound)
    : bound_{bound}, budget_{others.budget_}, pages_{pagesFor(bound)} {
  for (NodeId first = 0; first < std::min(bound, others.bound_); first += kPage) {
    const Slot* theirs = others.pages_[first / kPage].load(std::memory_order_acquire);
    Slot* ours = theirs == nullptr ? nullptr : page(first, true);
    for (NodeId i = 0; ours != nullptr && i < kPage; ++i) {
      const NeighbourList* list = theirs[i].load(std::memory_order_acquire);
      if (list == nullptr || affected.contains(first + i)) continue;
      if (list != &noNeighbours()) {
        const std::size_t bytes = bytesOf(*list);
        if (!budget_->take(bytes)) continue;
        bytes_ += bytes;
        list->keepers.fetch_add(1, std::memory_order_relaxed);
      }
      ours[i].store(list, std::memory_order_release);
    }
  }
}

Lists::~Lists() {
  for (auto& entry : pages_) {
    Slot* slots = entry.load();
    for (NodeId i = 0; slots != nullptr && i < kPage; ++i) giveUp(slots[i].load());
    delete[] slots;
  }
  budget_->give(bytes_);
}

void Lists::forget(const Roaring& affected, NodeId bound) {
  for (const NodeId node : affected) {
    Slot* slots = node < bound_ ? page(node, false) : nullptr;
    const NeighbourList* list = slots == nullptr ? nullptr : slots[node % kPage].exchange(nullptr);
    if (list == nullptr || list == &noNeighbours()) continue;
    const std::size_t bytes = bytesOf(*list);
    bytes_ -= bytes;
    budget_->give(bytes);
    giveUp(list);
  }
  auto pages = pagesFor(bound);
  for (std::size_t i = 0; i < std::min(pages.size(), pages_.size()); ++i) pages[i] = pages_[i].load();
  pages_.swap(pages);
  bound_ = bound;
  statistics_.reset();
}

Lists::Slot* Lists::page(NodeId node, bool make) {
  auto& entry = pages_[node / kPage];
  Slot* slots = entry.load(std::memory_order_acquire);
  if (slots != nullptr || !make) return slots;
  const std::size_t bytes = kPage * sizeof(Slot);
  if (!budget_->take(bytes)) return nullptr;
  Slot* made = new Slot[kPage]{};
  if (entry.compare_exchange_strong(slots, made, std::memory_order_acq_rel)) {
    bytes_ += bytes;
    return made;
  }
  delete[] made;
  budget_->give(bytes);
  return slots;
}

const NeighbourList* Lists::find(NodeId node) const {
  if (node >= bound_) return &noNeighbours();
  const Slot* slots = pages_[node / kPage].load(std::memory_order_acquire);
  return slots == nullptr ? nullptr : slots[node % kPage].load(std::memory_order_acquire);
}

const NeighbourList* Lists::keep(NodeId node, std::unique_ptr<NeighbourList>& list) {
  Slot* slots = page(node, true);
  if (slots == nullptr) return nullptr;
  Slot& slot = slots[node % kPage];
  const NeighbourList* before = nullptr;
  if (list->nodes.empty()) {
    slot.compare_exchange_strong(before, &noNeighbours(), std::memory_order_acq_rel);
    return &noNeighbours();
  }
  const std::size_t bytes = bytesOf(*list);
  if (!budget_->take(bytes)) return nullptr;
  if (slot.compare_exchange_strong(before, list.get(), std::memory_order_acq_rel)) {
    bytes_ += bytes;
    return list.release();
  }
  budget_->give(bytes);
  return before;
}

const NeighbourList& ListSource::list(NodeId node) const {
  if (const NeighbourList* known = lists_->find(node)) return *known;
  const std::lock_guard lock{mutex_};
  for (const auto& [recent, list] : recent_) {
    if (recent == node) return *list;
  }
  auto list = std::make_unique<NeighbourList>();
  make(node, list->nodes, list->ids);
  list->nodes.shrink_to_fit();
  list->ids.shrink_to_fit();
  if (const NeighbourList* kept = lists_->keep(node, list)) return *kept;
  if (recent_.size() == kRecent) recent_.pop_front();
  return *recent_.emplace_back(node, std::move(list)).second;
}

std::span<const NodeId> ListSource::neighbours(NodeId node) const { return list(node).nodes; }
std::span<const RelId> ListSource::relationships(NodeId node) const { return list(node).ids; }

bool ListSource::connected(NodeId node, NodeId neighbour) const {
  const auto nodes = neighbours(node);
  return std::binary_search(nodes.begin(), nodes.end(), neighbour);
}

const storage::AdjacencyStatistics& ListSource::statistics() const {
  return lists_->statistics([this] { return count(); });
}

storage::AdjacencyStatistics ListSource::count() const {
  storage::AdjacencyStatistics result;
  const NodeId bound = lists_->bound(), step = std::max<NodeId>(1, bound / kSample);
  std::unordered_set<NodeId> targets;
  for (std::uint64_t node = 0; node < bound; node += step) {
    const auto nodes = neighbours(static_cast<NodeId>(node));
    if (nodes.empty()) continue;
    ++result.sources;
    result.relationships += nodes.size();
    result.maxDegree = std::max(result.maxDegree, static_cast<std::uint32_t>(nodes.size()));
    targets.insert(nodes.begin(), nodes.end());
  }
  result.parallel = result.mutual = true;  // possibly
  result.relationships *= step;
  result.sources *= step;
  result.targets = std::min<std::uint32_t>(bound, static_cast<std::uint32_t>(targets.size()) * step);
  return result;
}

}  // namespace plexus::inference
