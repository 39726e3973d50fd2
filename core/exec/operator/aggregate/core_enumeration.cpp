#include "core/exec/operator/aggregate/core_enumeration.h"

#include <algorithm>

#include "core/exec/run/blocks.h"

namespace plexus::exec {

CoreEnumeration::CoreEnumeration(const Worker& worker, const CoreGraph& graph) : worker_{worker}, graph_{graph} {
  for (const Weights& weights : graph.weights) lookups_.emplace_back(weights, true);
  std::vector<bool> bound(graph.weights.size());
  bound[0] = true;
  while (levels_.size() + 1 < graph.weights.size()) {
    // The group with the most links to bound ones: the more tests, the fewer are left.
    Level best{};
    std::size_t most = 0;
    for (std::size_t group = 0; group < bound.size(); ++group) {
      if (bound[group]) continue;
      std::vector<Level::Way> ways;
      for (const auto& link : graph.links) {
        if (link.to == group && bound[link.from]) ways.push_back({link.from, &link.there});
        if (link.from == group && bound[link.to]) ways.push_back({link.to, &link.back});
      }
      if (ways.size() <= most) continue;
      most = ways.size();
      std::sort(ways.begin(), ways.end(),
                [](const auto& a, const auto& b) { return a.link->mostDegree() < b.link->mostDegree(); });
      best = {group, ways[0], {ways.begin() + 1, ways.end()}};
    }
    bound[best.group] = true;
    levels_.push_back(std::move(best));
  }
}

std::uint64_t CoreEnumeration::below(std::size_t level, std::vector<NodeId>& bound) const {
  if (level == levels_.size()) return 1;
  const Level& at = levels_[level];
  std::uint64_t sum = 0;
  at.walk.link->forEach(bound[at.walk.boundGroup], [&](NodeId node, std::uint64_t times) {
    std::uint64_t product = countProduct(times, lookups_[at.group](node));
    for (const auto& test : at.tests) {
      if (product == 0) return;
      product = countProduct(product, test.link->between(bound[test.boundGroup], node));
    }
    if (product == 0) return;
    bound[at.group] = node;
    const std::uint64_t rest = below(level + 1, bound);
    if (rest != 0) sum = countSum(sum, countProduct(product, rest));
  });
  return sum;
}

NodeCounts CoreEnumeration::counts() const {
  NodeCounts first = asList(graph_.weights[0]);
  const double work = 1000 * static_cast<double>(first.size());
  forBlocks(worker_, first.size(), 16, work, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<NodeId> bound(graph_.weights.size());
    for (std::size_t i = begin; i < end; ++i) {
      bound[0] = first.nodes[i];
      first.counts[i] = countProduct(first.counts[i], below(0, bound));
    }
  });
  NodeCounts out;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first.counts[i] != 0) out.add(first.nodes[i], first.counts[i]);
  }
  return out;
}

}  // namespace plexus::exec
