// core/exec/operator/expand/shortest_search.h: shortest trails between two different nodes, by bidirectional
// breadth-first search.
//
// Each side keeps a bit a node and the nodes of each level; the side with the smaller frontier takes the next step; the
// first contact ends the search. Trails are then read off the levels, so no parents are kept.
#pragma once

#include <functional>
#include <vector>

#include "core/exec/operator/expand/trails.h"

namespace plexus::exec {

class ShortestSearch {
 public:
  // Hops from a node, or, backwards, to it, whose other end is among `ends` (ascending). One will do where one trail is
  // wanted.
  using Hops = std::function<void(NodeId node, bool backwards, std::span<const NodeId> ends, std::vector<Hop>& out)>;
  // All nodes at the other end, in any number of pieces; may repeat nodes.
  using Visit = std::function<void(std::span<const NodeId> nodes)>;
  using Neighbours = std::function<void(NodeId node, bool backwards, const Visit& visit)>;

  // The shortest trails of at most `maximum` hops from `from` to `to`, which differ: all of them, or one. Each is in
  // order from `from`. None if they are farther apart. O(edges reached).
  std::vector<std::vector<Relationship>> find(NodeId from, NodeId to, std::uint64_t maximum, bool all, NodeId nodeBound,
                                              const Neighbours& neighbours, const Hops& hops,
                                              const Cancellation* cancellation);

 private:
  struct Side {
    std::vector<std::uint64_t> marks;
    std::vector<std::vector<NodeId>> levels;

    bool has(NodeId node) const { return (marks[node >> 6] >> (node & 63) & 1) != 0; }
    void start(NodeId node, NodeId bound);
    bool add(NodeId node) {
      std::uint64_t& word = marks[node >> 6];
      const std::uint64_t bit = std::uint64_t{1} << (node & 63);
      if ((word & bit) != 0) return false;
      word |= bit;
      levels.back().push_back(node);
      return true;
    }
    void clear();
  };
  bool meet(std::uint64_t maximum, bool all, const Neighbours& neighbours, const Cancellation* cancellation);
  void expand(bool backwards, bool all, const Neighbours& neighbours);
  // Appends the trails between `node` at `level` of a side and that side's start.
  void readOff(bool backwards, NodeId node, std::size_t level, bool all, const Hops& hops,
               std::vector<Relationship>& trail, std::vector<std::vector<Relationship>>& out) const;

  Side sides_[2];
  std::vector<NodeId> contacts_;
};

}  // namespace plexus::exec
