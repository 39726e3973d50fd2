// core/inference/list_memo.h: neighbour lists that are made when first asked for, and kept while memory lasts.
//
// Lists belong to a relation whose content does not change while they live. They are shared by all views that see that
// content; a reader makes the list that is missing. Beyond the budget a reader keeps only its last few lists, so memory
// is bounded and answers stay the same.
// Thread safety: all calls, concurrently.
#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "core/storage/graph_view.h"

namespace plexus::inference {

// Bytes that lists may take, over all relations of a database.
class ListBudget {
 public:
  static constexpr std::size_t kBytes = std::size_t{512} << 20;
  explicit ListBudget(std::size_t limit = kBytes) : limit_{limit} {}
  bool take(std::size_t bytes);
  void give(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::size_t used() const { return used_.load(std::memory_order_relaxed); }

 private:
  std::size_t limit_;
  std::atomic<std::size_t> used_{0};
};

struct NeighbourList {
  std::vector<NodeId> nodes;
  std::vector<RelId> ids;                         // parallel
  mutable std::atomic<std::uint32_t> keepers{1};  // Lists that have it
};

// By node, in pages that come into being as nodes are asked for.
class Lists {
 public:
  Lists(NodeId bound, std::shared_ptr<ListBudget> budget);
  // The same lists as others have, but for those of `affected`, with room for more nodes.
  Lists(const Lists& others, const Roaring& affected, NodeId bound);
  ~Lists();
  Lists(const Lists&) = delete;
  Lists& operator=(const Lists&) = delete;

  // As if made of itself without the lists of `affected`. While nobody reads it.
  void forget(const Roaring& affected, NodeId bound);

  NodeId bound() const { return bound_; }  // nodes from here on have no neighbours
  const NeighbourList* find(NodeId node) const;
  // Null if there is no room: `list` is left as it was. If another thread was faster, its list.
  const NeighbourList* keep(NodeId node, std::unique_ptr<NeighbourList>& list);
  // Counted once.
  template <typename Count>
  const storage::AdjacencyStatistics& statistics(Count count) {
    const std::lock_guard lock{mutex_};
    if (!statistics_) statistics_ = count();
    return *statistics_;
  }

 private:
  static constexpr NodeId kPage = 1024;
  using Slot = std::atomic<const NeighbourList*>;
  Slot* page(NodeId node, bool make);
  static std::vector<std::atomic<Slot*>> pagesFor(NodeId bound);

  NodeId bound_;
  std::shared_ptr<ListBudget> budget_;
  std::vector<std::atomic<Slot*>> pages_;
  std::atomic<std::size_t> bytes_{0};
  std::mutex mutex_;
  std::optional<storage::AdjacencyStatistics> statistics_;
};

// An adjacency over such lists: what makes a list is the derived class's. Spans of lists that found no room are valid
// until kRecent more of them were read.
class ListSource : public storage::AdjacencySource {
 public:
  std::span<const NodeId> neighbours(NodeId node) const final;
  std::span<const RelId> relationships(NodeId node) const final;
  bool connected(NodeId node, NodeId neighbour) const override;
  // Estimates, from the lists of some nodes.
  const storage::AdjacencyStatistics& statistics() const final;

 protected:
  explicit ListSource(std::shared_ptr<Lists> lists) : lists_{std::move(lists)} {}
  // Fills an ascending list. Called by one thread at a time.
  virtual void make(NodeId node, std::vector<NodeId>& nodes, std::vector<RelId>& ids) const = 0;

 private:
  static constexpr std::size_t kRecent = 64;
  static constexpr NodeId kSample = 256;
  const NeighbourList& list(NodeId node) const;
  storage::AdjacencyStatistics count() const;

  std::shared_ptr<Lists> lists_;
  mutable std::mutex mutex_;
  mutable std::deque<std::pair<NodeId, std::unique_ptr<NeighbourList>>> recent_;
};

}  // namespace plexus::inference
