#include "core/exec/operator/aggregate/core_counting.h"

#include <algorithm>

#include "core/exec/operator/aggregate/core_enumeration.h"
#include "core/exec/operator/aggregate/cycle_walk.h"
#include "core/exec/operator/aggregate/image_pairs.h"
#include "core/exec/operator/aggregate/triangle_count.h"

namespace plexus::exec {

namespace {

constexpr double kWalkedStep = 4;  // of a relationship met on a walk, against one met from many sources at once

}  // namespace

CoreCounting::CoreCounting(Worker& worker, MessagePassing& passing, const MessageTerm& term) : worker_{worker} {
  const auto& groups = term.core.groups;
  const auto number = [&](std::size_t group) {
    return static_cast<std::size_t>(std::find(groups.begin(), groups.end(), group) - groups.begin());
  };
  for (const auto& link : term.core.links) {
    CoreGraph::Link made{number(link.from), number(link.to), LinkReader{link.relations, true, worker},
                         LinkReader{link.relations, false, worker}, &link.relations};
    made.there.consultStatistics();
    made.back.consultStatistics();
    graph_.links.push_back(std::move(made));
  }
  for (const std::size_t group : groups) {
    graph_.weights.push_back(passing.ofTree(term, group));
    if (graph_.weights.back().size() == 0) return;
  }
}

bool CoreCounting::isEmpty() const {
  return std::any_of(graph_.weights.begin(), graph_.weights.end(), [](const Weights& w) { return w.size() == 0; });
}

Weights CoreCounting::counts() const {
  if (isEmpty()) return Weights::of(NodeCounts{});
  if (auto walk = CycleWalk::of(worker_, graph_, true)) return Weights::of(walk->counts());
  return Weights::of(CoreEnumeration{worker_, graph_}.counts());
}

std::uint64_t CoreCounting::total() const {
  if (isEmpty()) return 0;
  if (const auto triangles = TriangleCount::of(worker_, graph_)) return triangles->total();
  const auto pairs = ImagePairs::of(worker_, graph_);
  auto walk = CycleWalk::of(worker_, graph_, false);
  if (pairs && pairs->cost() <= kWalkedStep * walk->cost()) return pairs->total();
  if (walk) return walk->total();
  const NodeCounts counts = CoreEnumeration{worker_, graph_}.counts();
  std::uint64_t sum = 0;
  for (const std::uint64_t count : counts.counts) sum = countSum(sum, count);
  return sum;
}

}  // namespace plexus::exec
