// core/storage/view/view_impl.h: what a GraphView reads: a version, its counters, and the histories of the core.
#pragma once

#include <functional>
#include <unordered_map>

#include "core/storage/graph_view.h"
#include "core/storage/memory/core.h"

namespace plexus::storage {

class GraphView::Impl {
 public:
  // Of a snapshot: takes over the registration of state->version.
  Impl(std::shared_ptr<Core> core, std::shared_ptr<const State> state, std::shared_ptr<FoundBitmaps> bitmaps);
  // Of the open transaction, whose state changes under it.
  Impl(std::shared_ptr<VersionPin> pin, const State* state);

  Core& core() const { return pin->core(); }
  Version version() const { return pin->version(); }
  bool writing() const { return owned == nullptr; }

  // Valid as long as the view (of a transaction: until its next write).
  const Roaring& bitmap(LabelId label) const;
  // After a rollback: bitmaps made meanwhile are not to be trusted.
  void forgetBitmaps();

  // Calls back with the keys of an index in [from, until), in order, until the callback returns false.
  void scanIndex(IndexId index, const std::string& from, const std::string& until,
                 const std::function<bool(std::string_view key)>& found) const;

  const std::shared_ptr<VersionPin> pin;
  const std::shared_ptr<const State> owned;  // null for a transaction
  const State* const state;

 private:
  const Roaring& writersBitmap(LabelId label) const;
  const std::shared_ptr<FoundBitmaps> found_;  // of a snapshot
  // Of a transaction: bitmaps with the first `changes` changes.
  mutable std::mutex mutex_;
  struct Held {
    std::shared_ptr<const Roaring> nodes;
    std::size_t changes = 0;
  };
  mutable std::unordered_map<LabelId, Held> held_;
};

struct Adjacency::Impl final : AdjacencySource {
  std::shared_ptr<VersionPin> pin;
  std::shared_ptr<AdjacencyGeneration> generation;
  std::shared_ptr<const AdjacencyBase> base;
  RelTypeId type = 0;
  Direction direction = Direction::kOut;
  NodeId nodes = 0;
  std::uint64_t entries = 0;
  bool changes = false;  // the log is to be asked
  bool writing = false;

  std::span<const NodeId> neighbours(NodeId node) const override;
  std::span<const RelId> relationships(NodeId node) const override { return lists(node).ids; }
  bool connected(NodeId node, NodeId neighbour) const override;
  std::optional<FlatNeighbours> flat() const override;
  const AdjacencyStatistics& statistics() const override;

  const FlatAdjacency* flatBase() const { return dynamic_cast<const FlatAdjacency*>(base.get()); }
  // The base with relationship ids: for all that is not plain neighbours. Loaded once.
  const AdjacencyBase& withIds() const;
  AdjacencyLog::Lists lists(NodeId node) const;
  std::optional<Relationship> find(RelId id) const;

 private:
  AdjacencyStatistics countStatistics() const;
  mutable std::mutex mutex_;
  mutable std::atomic<const AdjacencyBase*> ready_{nullptr};
  mutable std::shared_ptr<const AdjacencyBase> withIds_;
  mutable std::shared_ptr<const AdjacencyStatistics> statistics_;
};

struct PropertyColumn::Impl {
  std::shared_ptr<const GraphView::Impl> view;
  std::shared_ptr<PropertyGeneration> generation;
  std::shared_ptr<SegmentArray> segments;
  PropertyScope scope;
  bool changes = false;

  std::optional<Value> logged(std::uint32_t id) const {
    if (!changes || !generation->mayHave(id)) return std::nullopt;
    return generation->logged(id, view->version());
  }
  const Segment* segment(std::uint32_t id) const {
    const std::size_t block = id >> kSegmentBits;
    if (block >= segments->blocks()) return nullptr;
    if (const auto* loaded = segments->get(block)) return loaded->segment.get();
    return generation->segment(*segments, block);
  }
};

// Readers of a view.
std::shared_ptr<const Adjacency::Impl> openAdjacency(const GraphView::Impl& view, RelTypeId type, Direction direction);
std::shared_ptr<const PropertyColumn::Impl> openColumn(std::shared_ptr<const GraphView::Impl> view,
                                                       const PropertyScope& scope);

}  // namespace plexus::storage
