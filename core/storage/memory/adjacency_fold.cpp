#include "core/storage/memory/adjacency_fold.h"

#include <algorithm>

namespace plexus::storage {
namespace {

class Folding {
 public:
  explicit Folding(const FlatAdjacency& base, std::size_t nodes, std::size_t entries)
      : base_{base}, covered_{base.offsets().size() - 1} {
    offsets_.reserve(nodes + 1);
    neighbours_.reserve(entries);
    ids_.reserve(entries);
  }

  // Nodes up to here are as in the base.
  void copyUntil(NodeId end) {
    const auto from = offsets_.size() - 1, to = std::min<std::size_t>(end, covered_);
    if (from < to) {
      const std::uint32_t begin = base_.offsets()[from];
      const auto shift = static_cast<std::uint32_t>(neighbours_.size()) - begin;  // modulo 2^32
      for (std::size_t node = from; node < to; ++node) offsets_.push_back(base_.offsets()[node + 1] + shift);
      append(neighbours_, base_.all(), begin, base_.offsets()[to]);
      append(ids_, base_.allIds(), begin, base_.offsets()[to]);
    }
    if (offsets_.size() <= end) offsets_.resize(std::size_t{end} + 1, static_cast<std::uint32_t>(neighbours_.size()));
  }

  void add(const AdjacencyLog::Lists& lists) {
    neighbours_.insert(neighbours_.end(), lists.neighbours.begin(), lists.neighbours.end());
    ids_.insert(ids_.end(), lists.ids.begin(), lists.ids.end());
    offsets_.push_back(static_cast<std::uint32_t>(neighbours_.size()));
  }

  std::shared_ptr<const FlatAdjacency> take() {
    return std::make_shared<const FlatAdjacency>(std::move(offsets_), std::move(neighbours_), std::move(ids_));
  }

 private:
  static void append(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from, std::uint32_t begin,
                     std::uint32_t end) {
    to.insert(to.end(), from.begin() + begin, from.begin() + end);
  }

  const FlatAdjacency& base_;
  std::size_t covered_;  // nodes of the base
  std::vector<std::uint32_t> offsets_{0};
  std::vector<NodeId> neighbours_;
  std::vector<RelId> ids_;
};

}  // namespace

std::shared_ptr<const FlatAdjacency> foldedArrays(const FlatAdjacency& base, const AdjacencyLog& log, Version version,
                                                  NodeId nodes, const LiveVersions& live) {
  const auto all = static_cast<NodeId>(std::max<std::size_t>(nodes, base.offsets().size() - 1));
  Folding folding{base, all, base.all().size() + log.size()};
  for (const NodeId node : log.touchedNodes()) {
    folding.copyUntil(node);
    folding.add(log.lists(node, version, base, live));
  }
  folding.copyUntil(all);
  return folding.take();
}

}  // namespace plexus::storage
