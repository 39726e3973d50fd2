// core/storage/graph_view.h: a consistent reading of the graph: one snapshot, or a write transaction's own state.
//
// A GraphView is a cheap, copyable handle. A view of a snapshot never changes, and any number of threads may read it.
// A view of a write transaction shows each of its writes at once (spans got earlier may then be invalid); it belongs to
// the thread that writes, other threads may read between writes.
// Readers (Adjacency, PropertyColumn) are cheap handles too: get one per operator and batch, not per row. First use of
// a relation or property assembles its arrays from chunks (see DESIGN in docs/architecture.md), which may throw
// Error{kCorruption, kIoError}.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <roaring/roaring.hh>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/storage/attachment.h"
#include "core/storage/index_spec.h"
#include "core/value/vector.h"

namespace plexus::storage {

// Of one (relation type, direction), over all nodes; kept with the data.
struct AdjacencyStatistics {
  std::uint64_t relationships = 0;
  std::uint32_t sources = 0;  // nodes with at least one
  std::uint32_t targets = 0;  // distinct neighbours
  std::uint32_t maxDegree = 0;
  std::uint64_t loops = 0;  // relationships that start where they end
  bool parallel = false;    // some two relationships of the type have the same start and end
  bool mutual = false;      // some two nodes are joined both ways (where there are pending changes: or may be)
};

// Offsets (one more than nodes) and neighbours of a whole relation as flat arrays.
struct FlatNeighbours {
  std::span<const std::uint32_t> offsets;
  std::span<const NodeId> neighbours;
};

// Where an Adjacency reads: arrays in memory with their changes (view/), or lists that are inferred from other
// relations (core/inference). The calls are Adjacency's.
class AdjacencySource {
 public:
  virtual ~AdjacencySource() = default;
  virtual std::span<const NodeId> neighbours(NodeId node) const = 0;
  virtual std::span<const RelId> relationships(NodeId node) const = 0;
  virtual bool connected(NodeId node, NodeId neighbour) const = 0;
  virtual std::optional<FlatNeighbours> flat() const { return std::nullopt; }
  virtual const AdjacencyStatistics& statistics() const = 0;
};

// The neighbours of every node by one relation type in one direction. Trivially cheap to copy.
class Adjacency {
 public:
  using Flat = FlatNeighbours;
  struct Impl;
  explicit Adjacency(std::shared_ptr<const Impl> impl);
  explicit Adjacency(std::shared_ptr<const AdjacencySource> source);

  // Ascending; parallel relationships repeat the neighbour. Empty for nodes that do not exist. O(1), no allocation.
  std::span<const NodeId> neighbours(NodeId node) const {
    if (filter_ == nullptr || !mayHaveChanges(node)) [[likely]] {
      if (node < bound_) [[likely]]
        return {neighbours_ + offsets_[node], offsets_[node + 1] - offsets_[node]};
      return {};
    }
    return changedNeighbours(node);
  }
  // Ids of the same relationships, in the same order. First use on a relation reads its id chunks.
  std::span<const RelId> relationships(NodeId node) const { return source_->relationships(node); }
  std::size_t degree(NodeId node) const { return neighbours(node).size(); }
  // O(log degree).
  bool connected(NodeId node, NodeId neighbour) const { return source_->connected(node, neighbour); }

  // Where the relation is held so and has no pending changes; null otherwise. For kernels that run over whole
  // relations.
  std::optional<Flat> flat() const { return source_->flat(); }

  const AdjacencyStatistics& statistics() const { return source_->statistics(); }

 private:
  // The bits of nodes that may have changes not in the arrays (memory/adjacency_log.h).
  bool mayHaveChanges(NodeId node) const {
    const std::uint32_t bit = (node * 0x9E3779B1U) >> 16;
    return ((filter_[bit >> 6].load(std::memory_order_relaxed) >> (bit & 63)) & 1) != 0;
  }
  std::span<const NodeId> changedNeighbours(NodeId node) const { return source_->neighbours(node); }

  // Copies of what is in the source, so that the usual case needs one load less.
  const std::uint32_t* offsets_ = nullptr;
  const NodeId* neighbours_ = nullptr;
  NodeId bound_ = 0;
  const std::atomic<std::uint64_t>* filter_ = nullptr;  // null: no changes
  std::shared_ptr<const AdjacencySource> source_;
};

// One end of a range of values.
struct ValueBound {
  Value value;
  bool inclusive = true;
};

// One property of all nodes, or of all relationships of one type.
class PropertyColumn {
 public:
  // The vector kind that gather() fills: typed if every value has that type, else kValue.
  Vector::Kind kind() const;
  // Null where the entity has no such property.
  Value get(std::uint32_t id) const;
  // out.size() == ids.size() afterwards; `out` is of kind().
  void gather(std::span<const std::uint32_t> ids, Vector& out) const;
  // Entities that have the property.
  std::uint64_t count() const;

  // Searches: append ids of `among`, ascending: all whose value satisfies the condition, and maybe others (values that
  // cannot be searched as they lie). Segments that cannot have such a value are passed over by their least and
  // greatest; in others the arrays are searched, not value by value.
  void findEqual(const Value& value, const Roaring& among, std::vector<std::uint32_t>& found) const;  // `=`; not null
  // Values that `<` and `<=` place between the bounds, which are of one type (absent: unbounded; not both).
  void findBetween(const std::optional<ValueBound>& low, const std::optional<ValueBound>& high, const Roaring& among,
                   std::vector<std::uint32_t>& found) const;
  // Strings that have `part` anywhere, at the start, at the end. `lowered`: it is looked for in toLower(value).
  enum class Part : std::uint8_t { kAnywhere, kStart, kEnd };
  void findText(Part where, std::string_view part, bool lowered, const Roaring& among,
                std::vector<std::uint32_t>& found) const;

  struct Impl;
  explicit PropertyColumn(std::shared_ptr<const Impl> impl) : impl_{std::move(impl)} {}

 private:
  std::shared_ptr<const Impl> impl_;
};

struct PropertyValue {
  PropertyKeyId key;
  Value value;
};

class GraphView {
 public:
  // Number of the last commit that is visible.
  std::uint64_t version() const;
  // The catalog as of this view (of a transaction: as it last set it).
  const std::shared_ptr<const Attachment>& attachment() const;

  // Nodes. Every id < nodeBound() may be live; `nodes()` says which are.
  NodeId nodeBound() const;
  std::uint64_t nodeCount() const;
  const Roaring& nodes() const;
  const Roaring& labelled(LabelId label) const;  // empty for an unknown label
  bool exists(NodeId node) const;
  bool hasLabel(NodeId node, LabelId label) const;
  // In ascending order of id. Labels that any live node has: labelIdsInUse().
  std::vector<LabelId> labels(NodeId node) const;
  std::vector<LabelId> labelIdsInUse() const;

  // Relationships.
  Adjacency adjacency(RelTypeId type, Direction direction) const;  // kOut or kIn
  std::vector<RelTypeId> relTypesInUse() const;                    // that have at least one relationship
  std::uint64_t relationshipCount(RelTypeId type) const;
  // Ids given out so far: every one made since has an id at or above it. With relationshipCount() it tells whether a
  // relation is still the same: whatever is added raises the one, whatever is deleted lowers the other.
  RelId relationshipBound(RelTypeId type) const;
  // Of an open transaction: what it shows may change, and may never be committed.
  bool writing() const;
  bool exists(const Relationship& r) const;
  // By its number; nothing if there is none. O(1) after first use of the type.
  std::optional<Relationship> relationship(RelTypeId type, RelId id) const;

  // Properties.
  PropertyColumn nodeProperty(PropertyKeyId key) const;
  PropertyColumn relProperty(RelTypeId type, PropertyKeyId key) const;
  Value property(NodeId node, PropertyKeyId key) const;
  Value property(const Relationship& r, PropertyKeyId key) const;
  std::vector<PropertyValue> properties(NodeId node) const;  // by key id
  std::vector<PropertyValue> properties(const Relationship& r) const;
  std::vector<PropertyKeyId> nodePropertyKeysInUse() const;
  std::vector<PropertyKeyId> relPropertyKeysInUse(RelTypeId type) const;

  // Index reads. Ids (nodes, or relationships of the index's type) in order of the indexed values, ties by id.
  std::vector<std::uint32_t> seek(IndexId index, std::span<const Value> values) const;  // equal to the first columns
  using Bound = ValueBound;
  // Entities whose first indexed property lies between the bounds (same value type as a bound; absent: unbounded).
  std::vector<std::uint32_t> seekRange(IndexId index, const std::optional<Bound>& low,
                                       const std::optional<Bound>& high) const;
  // Strings that start with `prefix`.
  std::vector<std::uint32_t> seekPrefix(IndexId index, std::string_view prefix) const;

  class Impl;
  explicit GraphView(std::shared_ptr<const Impl> impl) : impl_{std::move(impl)} {}
  const Impl& impl() const { return *impl_; }  // for readers in this folder

 private:
  std::shared_ptr<const Impl> impl_;
};

}  // namespace plexus::storage
