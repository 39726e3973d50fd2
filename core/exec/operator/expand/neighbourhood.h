// core/exec/operator/expand/neighbourhood.h: the relationships of a node by some types and directions, as runs of
// sorted arrays; what must not be used again cut out.
//
// Cypher's rule that relationships of a pattern differ costs next to nothing here: of a node's list, a relationship
// that is bound already can only be at the place of its other end, which binary search finds. So lists are never
// tested entry by entry, and can be copied or counted in pieces.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/exec/run/columns.h"
#include "core/exec/run/name_condition.h"
#include "core/storage/graph_view.h"

namespace plexus::exec {

// One type in one direction.
struct Way {
  RelTypeId type;
  Direction direction;  // kOut or kIn
  bool skipLoops;       // the second way of kBoth: loops were met in the first
  bool symmetric;       // a relationship leads from either of its ends to the other
  storage::Adjacency adjacency;
  std::optional<storage::Adjacency> asserted = {};  // of a symmetric type for kBoth, as kOut: tells where they start

  // Of a symmetric type: stands for both ways of kBoth.
  bool undirected() const { return asserted.has_value(); }
  std::span<const NodeId> neighbours(NodeId node) const { return adjacency.neighbours(node); }
  // The relationship `id` between `node` and a neighbour of it.
  Relationship relationship(NodeId node, NodeId neighbour, RelId id) const {
    const bool fromNode = undirected() ? startsAt(node, neighbour, id) : direction == Direction::kOut;
    return fromNode ? Relationship{node, neighbour, id, type} : Relationship{neighbour, node, id, type};
  }

 private:
  bool startsAt(NodeId node, NodeId neighbour, RelId id) const;
};

// All ways in which relationships of the types lead on in a direction.
std::vector<Way> waysOf(const ExecContext& context, std::span<const RelTypeId> types, Direction direction);

// Consecutive entries of a node's list: list[first .. first + neighbours.size()).
struct Run {
  const Way* way;
  NodeId node;
  std::uint32_t first;
  std::span<const NodeId> neighbours;

  std::span<const RelId> ids() const { return way->adjacency.relationships(node).subspan(first, neighbours.size()); }
};

// Handles are as of bind(): in a query that writes, bind again for each batch.
// Not for several threads at once.
class Neighbourhood {
 public:
  using Positions = std::pair<std::size_t, std::size_t>;  // [first, last) of a list
  void bind(const ExecContext& context, std::span<const RelTypeId> types, Direction direction);
  std::span<const Way> ways() const { return ways_; }
  void unbind() { ways_.clear(); }
  // The same relationships seen from the other end: ways()[i] reversed.
  void bindReverse(const ExecContext& context, const Neighbourhood& forward);

  // Appends the runs of `node` to targets in the range of `targets` (a set that is no range still has to be tested),
  // without the relationships of `excluded`.
  void runs(NodeId node, const NodeSet& targets, std::span<const Relationship> excluded, std::vector<Run>& out) const;
  // How many relationships lead from `node` to `targets`, `excluded` left out.
  std::uint64_t count(NodeId node, const NodeSet& targets, std::span<const Relationship> excluded) const;
  // Where a relationship leads from `node`; kNoNode if these ways do not lead over it.
  NodeId end(NodeId node, const Relationship& r) const;
  // The targets of those entries of `node` that belong to `excluded`, one for each.
  void excludedEnds(NodeId node, std::span<const Relationship> excluded, std::vector<NodeId>& out) const;
  // The entries in one way's list of `node` that are `other`, without `excluded`: appended as runs.
  static void between(const Way& way, NodeId node, NodeId other, std::span<const Relationship> excluded,
                      std::vector<Run>& out);

 private:
  std::vector<Way> ways_;
  mutable std::vector<Positions> holes_;  // memory for the two above
};

// Columns of bound relationships, or lists of them, that new ones must differ from.
class Differing {
 public:
  Differing() = default;
  Differing(const std::vector<VariableId>& variables, const Layout& layout);
  bool empty() const { return columns_.empty(); }

  // The relationships of each row of a batch.
  class Rows {
   public:
    void read(const Differing& differing, const Batch& batch);
    void close() {
      keepMemory(relationships_);
      keepMemory(offsets_);
    }
    std::span<const Relationship> of(std::size_t row) const {
      if (offsets_.empty()) return {};
      return std::span{relationships_}.subspan(offsets_[row], offsets_[row + 1] - offsets_[row]);
    }

   private:
    std::vector<Relationship> relationships_;
    std::vector<std::size_t> offsets_;  // empty: none in any row
  };

 private:
  std::vector<ColumnIndex> columns_;
};

}  // namespace plexus::exec
