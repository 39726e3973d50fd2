// core/exec/operator/aggregate/triangle_count.h: triangles of one undirected relation, each found once, whatever its
// corners count in each of the pattern's three places.
//
// The relation becomes a simple graph with its nodes in order of degree and its edges from lower to higher: no node has
// more than sqrt(2 * edges) of them. A node's out-neighbours are marked and met again from each of them: a load and an
// addition a step, in arrays that fit the cache. Cost: edges * sqrt(edges) at worst. (N. Chiba and T. Nishizeki,
// "Arboricity and subgraph listing algorithms", 1985.)
#pragma once

#include <array>
#include <optional>

#include "core/exec/operator/aggregate/core_counting.h"

namespace plexus::exec {

class TriangleCount {
 public:
  // Nothing if the core is no such triangle, or if some pair of nodes is related twice, or a node to itself.
  // The corners may also have to share an image (shared_image.h).
  static std::optional<TriangleCount> of(const Worker& worker, const CoreGraph& graph);

  std::uint64_t total() const;

 private:
  // Corner counts that are not all one, each as an array by rank.
  using Counts = std::vector<std::uint64_t>;

  explicit TriangleCount(const Worker& worker) : worker_{worker} {}
  // What a node must have in common with its neighbours; kNoNode: it has none.
  using Images = std::vector<NodeId>;
  static std::optional<TriangleCount> ofThree(const Worker& worker, const CoreGraph& graph, NodeId low,
                                              const Images& images);
  bool build(const LinkReader& link, bool exists, const Images& images, NodeId low);
  void orient(const std::vector<std::uint32_t>& offsets, const std::vector<NodeId>& lists, NodeId low);
  void setCorners(const CoreGraph& graph);
  template <std::size_t kWeighted, typename Mark>
  std::uint64_t count() const;
  template <std::size_t kWeighted, typename Mark>
  std::uint64_t countAt(std::uint32_t u, std::vector<std::vector<Mark>>& marks) const;
  std::uint64_t orderings(std::uint32_t u, std::uint32_t v, std::uint64_t ones,
                          const std::array<std::uint64_t, 3>& sums) const;
  std::uint64_t corner(std::size_t place, std::uint32_t rank) const {
    return place_[place] == kOne ? 1 : counts_[place_[place]][rank];
  }

  static constexpr std::size_t kOne = ~std::size_t{0};

  const Worker& worker_;
  std::vector<std::uint32_t> offsets_, targets_;        // by rank, to higher ranks
  std::vector<NodeId> nodeAt_;                          // by rank
  std::vector<Counts> counts_;                          // the different ones
  std::array<std::size_t, 3> place_{kOne, kOne, kOne};  // of each corner in counts_
};

}  // namespace plexus::exec
