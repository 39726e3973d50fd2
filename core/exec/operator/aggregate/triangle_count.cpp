#include "core/exec/operator/aggregate/triangle_count.h"

#include <algorithm>
#include <numeric>

#include "core/exec/operator/aggregate/shared_image.h"
#include "core/exec/run/blocks.h"

namespace plexus::exec {

namespace {

constexpr std::uint64_t kMostMark = std::uint64_t{1} << 31;  // times as many neighbours fits 63 bits

// The same single undirected relation of flat arrays on all three sides.
bool sameSides(const CoreGraph& graph) {
  if (graph.weights.size() != 3 || graph.links.size() != 3) return false;
  const auto& first = graph.links[0];
  return std::all_of(graph.links.begin(), graph.links.end(), [&](const auto& link) {
    if (link.relations->size() != 1 || (*link.relations)[0].direction != Direction::kBoth || link.from == link.to)
      return false;
    const auto a = link.there.stepsOf(0), b = first.there.stepsOf(0);
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
             return x.type == y.type && x.direction == y.direction && x.flat && !x.skipLoops &&
                    x.adjacency.statistics().loops == 0;
           });
  });
}

// All nodes of the link's relation, or of none of them, count once in every place.
bool isOne(const Weights& weights, const LinkReader& link) {
  return weights.isSet() && link.leadsInto(weights.members);
}

}  // namespace

std::optional<TriangleCount> TriangleCount::of(const Worker& worker, const CoreGraph& graph) {
  if (graph.weights.size() > 3) {
    auto shared = SharedImage::of(graph);
    if (!shared || !sameSides(shared->rest)) return std::nullopt;
    return ofThree(worker, shared->rest, shared->low, shared->image);
  }
  if (!sameSides(graph)) return std::nullopt;
  NodeId low = kNoNode, high = 0;
  for (const Weights& weights : graph.weights) {
    const auto hull = weights.hull();
    low = std::min(low, hull.first);
    high = std::max(high, hull.second);
  }
  Images images(high - low, kNoNode);
  for (const Weights& weights : graph.weights) {
    weights.forEach([&](NodeId node, std::uint64_t) { images[node - low] = 0; });
  }
  return ofThree(worker, graph, low, images);
}

std::optional<TriangleCount> TriangleCount::ofThree(const Worker& worker, const CoreGraph& graph, NodeId low,
                                                    const Images& images) {
  // Sums of marks are not checked.
  if (std::any_of(graph.weights.begin(), graph.weights.end(), [](const Weights& w) { return w.most() > kMostMark; })) {
    return std::nullopt;
  }
  const bool exists =
      std::all_of(graph.links.begin(), graph.links.end(), [](const auto& l) { return (*l.relations)[0].exists; });
  TriangleCount made{worker};
  if (!made.build(graph.links[0].there, exists, images, low)) return std::nullopt;
  made.setCorners(graph);
  return made;
}

// Merges the steps' lists. False if a pair is met twice and that counts.
bool TriangleCount::build(const LinkReader& link, bool exists, const Images& images, NodeId low) {
  const std::size_t nodes = images.size();
  std::vector<std::uint32_t> offsets(nodes + 1);
  std::vector<NodeId> lists;
  const auto steps = link.stepsOf(0);
  for (std::size_t i = 0; i < nodes; ++i) {
    if (images[i] != kNoNode) {
      const std::size_t begin = lists.size();
      for (const auto& step : steps) {
        const std::size_t middle = lists.size();
        for (const NodeId n : step.adjacency.neighbours(static_cast<NodeId>(low + i))) {
          const std::size_t at = static_cast<NodeId>(n - low);
          if (at < nodes && images[at] == images[i]) lists.push_back(static_cast<NodeId>(at));
        }
        const auto first = lists.begin() + static_cast<std::ptrdiff_t>(begin);
        std::inplace_merge(first, lists.begin() + static_cast<std::ptrdiff_t>(middle), lists.end());
      }
      const auto first = lists.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto end = std::unique(first, lists.end());
      if (end != lists.end() && !exists) return false;
      lists.erase(end, lists.end());
    }
    offsets[i + 1] = static_cast<std::uint32_t>(lists.size());
  }
  orient(offsets, lists, low);
  return true;
}

// Ranks by degree (a counting sort), and of each edge the way from the lower to the higher.
void TriangleCount::orient(const std::vector<std::uint32_t>& offsets, const std::vector<NodeId>& lists, NodeId low) {
  const std::size_t nodes = offsets.size() - 1;
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < nodes; ++i) most = std::max(most, offsets[i + 1] - offsets[i]);
  std::vector<std::uint32_t> first(std::size_t{most} + 2), rank(nodes);
  for (std::size_t i = 0; i < nodes; ++i) ++first[offsets[i + 1] - offsets[i] + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  nodeAt_.resize(nodes);
  for (std::size_t i = 0; i < nodes; ++i) {
    rank[i] = first[offsets[i + 1] - offsets[i]]++;
    nodeAt_[rank[i]] = static_cast<NodeId>(low + i);
  }
  offsets_.reserve(nodes + 1);
  targets_.resize(lists.size() / 2 + 1);
  std::uint32_t size = 0;
  for (std::size_t r = 0; r < nodes; ++r) {
    offsets_.push_back(size);
    const std::size_t node = nodeAt_[r] - low;
    for (std::uint32_t at = offsets[node]; at < offsets[node + 1]; ++at) {
      const std::uint32_t other = rank[lists[at]];
      targets_[size] = other;
      size += other > r ? 1 : 0;
    }
  }
  offsets_.push_back(size);
}

void TriangleCount::setCorners(const CoreGraph& graph) {
  for (std::size_t place = 0; place < 3; ++place) {
    const Weights& weights = graph.weights[place];
    if (isOne(weights, graph.links[0].there)) continue;
    const DenseCounts dense = asDense(weights);
    Counts counts(nodeAt_.size());
    for (std::size_t r = 0; r < counts.size(); ++r) counts[r] = dense[nodeAt_[r]];
    const auto same = std::find(counts_.begin(), counts_.end(), counts);
    place_[place] = static_cast<std::size_t>(same - counts_.begin());
    if (same == counts_.end()) counts_.push_back(std::move(counts));
  }
}

// Matches with u and v at two corners, given what the third ones count together.
std::uint64_t TriangleCount::orderings(std::uint32_t u, std::uint32_t v, std::uint64_t ones,
                                       const std::array<std::uint64_t, 3>& sums) const {
  std::uint64_t total = 0;
  for (std::size_t third = 0; third < 3; ++third) {
    const std::size_t a = (third + 1) % 3, b = (third + 2) % 3;
    const std::uint64_t sum = place_[third] == kOne ? ones : sums[place_[third]];
    if (sum == 0) continue;
    const std::uint64_t pairs =
        countSum(countProduct(corner(a, u), corner(b, v)), countProduct(corner(b, u), corner(a, v)));
    total = countSum(total, countProduct(pairs, sum));
  }
  return total;
}

template <std::size_t kWeighted, typename Mark>
std::uint64_t TriangleCount::countAt(std::uint32_t u, std::vector<std::vector<Mark>>& marks) const {
  const std::uint32_t *begin = targets_.data() + offsets_[u], *end = targets_.data() + offsets_[u + 1];
  for (const std::uint32_t* v = begin; v < end; ++v) {
    marks[0][*v] = 1;
    for (std::size_t j = 0; j < kWeighted; ++j) marks[j + 1][*v] = static_cast<Mark>(counts_[j][*v]);
  }
  std::uint64_t total = 0;
  for (const std::uint32_t* v = begin; v < end; ++v) {
    std::uint32_t ones = 0;
    std::array<std::uint64_t, 3> sums{};
    const std::uint32_t *x = targets_.data() + offsets_[*v], *last = targets_.data() + offsets_[*v + 1];
    for (; x < last; ++x) {
      ones += static_cast<std::uint32_t>(marks[0][*x]);
      for (std::size_t j = 0; j < kWeighted; ++j) sums[j] += static_cast<std::uint64_t>(marks[j + 1][*x]);
    }
    if (ones == 0) continue;
    if constexpr (kWeighted == 0) {
      total += 6 * std::uint64_t{ones};
    } else {
      total = countSum(total, orderings(u, *v, ones, sums));
    }
  }
  for (const std::uint32_t* v = begin; v < end; ++v) {
    for (std::size_t j = 0; j <= kWeighted; ++j) marks[j][*v] = 0;
  }
  return total;
}

template <std::size_t kWeighted, typename Mark>
std::uint64_t TriangleCount::count() const {
  const std::size_t nodes = nodeAt_.size();
  std::vector<std::vector<std::vector<Mark>>> marks(blockThreads(worker_));
  std::vector<std::uint64_t> sums(marks.size());
  const double work = 10 * static_cast<double>(targets_.size());
  forBlocks(worker_, nodes, 64, work, [&](std::size_t begin, std::size_t end, std::size_t slot) {
    marks[slot].resize(kWeighted + 1);
    for (auto& array : marks[slot]) array.resize(nodes);
    for (auto u = static_cast<std::uint32_t>(begin); u < end; ++u) {
      if (offsets_[u + 1] - offsets_[u] < 2) continue;
      sums[slot] = countSum(sums[slot], countAt<kWeighted>(u, marks[slot]));
    }
  });
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}, countSum);
}

std::uint64_t TriangleCount::total() const {
  switch (counts_.size()) {
    case 0:
      return count<0, std::uint8_t>();
    case 1:
      return count<1, std::uint64_t>();
    case 2:
      return count<2, std::uint64_t>();
    default:
      return count<3, std::uint64_t>();
  }
}

}  // namespace plexus::exec
