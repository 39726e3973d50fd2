#include "core/exec/operator/aggregate/shared_image.h"

#include <algorithm>

namespace plexus::exec {

namespace {

// From a group of the rest to the shared one: readers in order, and the groups that they lead to.
struct Road {
  std::size_t from;
  std::vector<std::pair<const LinkReader*, std::size_t>> steps;
};

std::vector<const CoreGraph::Link*> linksOf(const CoreGraph& graph, std::size_t group) {
  std::vector<const CoreGraph::Link*> out;
  for (const auto& link : graph.links) {
    if (link.from == group || link.to == group) out.push_back(&link);
  }
  return out;
}

// Outwards over groups with two links, as long as the way back is n:1.
std::optional<Road> roadTo(const CoreGraph& graph, std::size_t shared, const CoreGraph::Link* link) {
  Road road{shared, {}};
  for (;;) {
    const std::size_t inner = road.from;
    const bool outwards = link->from == inner;
    road.from = outwards ? link->to : link->from;
    const LinkReader& back = outwards ? link->back : link->there;
    if (!back.isFlat() || !back.isFunction() || road.from == shared) return std::nullopt;
    road.steps.insert(road.steps.begin(), {&back, inner});
    const auto next = linksOf(graph, road.from);
    if (next.size() != 2) return road;
    link = next[0] == link ? next[1] : next[0];
  }
}

struct Image {
  NodeId node = kNoNode;
  std::uint64_t count = 1;  // of the groups on the road
};

Image follow(const Road& road, NodeId node, const std::vector<Lookup>& lookups) {
  Image image{node, 1};
  for (const auto& [link, group] : road.steps) {
    NodeId next = kNoNode;
    link->forEach(image.node, [&](NodeId n, std::uint64_t) { next = n; });
    if (next == kNoNode) return {};
    const std::uint64_t count = lookups[group](next);
    if (count == 0) return {};
    image.node = next;
    // The shared group itself is counted once, not by every road.
    if (group != road.steps.back().second) image.count = countProduct(image.count, count);
  }
  return image;
}

std::vector<Road> roadsTo(const CoreGraph& graph, std::size_t shared) {
  std::vector<Road> roads;
  for (const auto* link : linksOf(graph, shared)) {
    auto road = roadTo(graph, shared, link);
    if (!road) return {};
    roads.push_back(std::move(*road));
  }
  return roads;
}

}  // namespace

std::optional<SharedImage> SharedImage::of(const CoreGraph& graph) {
  std::vector<Road> roads;
  std::size_t shared = 0;
  for (; shared < graph.weights.size() && roads.size() < 3; ++shared) roads = roadsTo(graph, shared);
  if (roads.size() < 3) return std::nullopt;
  --shared;
  std::size_t between = 0;
  for (const Road& road : roads) between += road.steps.size() - 1;
  if (roads.size() + between + 1 != graph.weights.size()) return std::nullopt;

  std::vector<Lookup> lookups;
  for (const Weights& weights : graph.weights) lookups.emplace_back(weights, false);
  SharedImage out;
  NodeId high = 0;
  out.low = kNoNode;
  for (const Road& road : roads) {
    const auto hull = graph.weights[road.from].hull();
    out.low = std::min(out.low, hull.first);
    high = std::max(high, hull.second);
  }
  out.image.assign(high - out.low, kNoNode);
  for (std::size_t r = 0; r < roads.size(); ++r) {
    const Weights& weights = graph.weights[roads[r].from];
    bool conflict = false, weighted = false;
    NodeCounts counts;
    weights.forEach([&](NodeId node, std::uint64_t count) {
      Image found = follow(roads[r], node, lookups);
      if (found.node == kNoNode) return;
      if (r == 0) found.count = countProduct(found.count, lookups[shared](found.node));
      weighted = weighted || found.count != 1;
      NodeId& slot = out.image[node - out.low];
      conflict = conflict || (slot != kNoNode && slot != found.node);
      slot = found.node;
      counts.add(node, countProduct(count, found.count));
    });
    if (conflict) return std::nullopt;
    // Nodes without an image are left out by the test of edges.
    out.rest.weights.push_back(weighted ? Weights::of(std::move(counts)) : weights);
  }
  const auto numberOf = [&](std::size_t group) {
    const auto place = std::find_if(roads.begin(), roads.end(), [&](const Road& r) { return r.from == group; });
    return static_cast<std::size_t>(place - roads.begin());
  };
  for (const auto& link : graph.links) {
    const std::size_t from = numberOf(link.from), to = numberOf(link.to);
    if (from < roads.size() && to < roads.size())
      out.rest.links.push_back({from, to, link.there, link.back, link.relations});
  }
  return out;
}

}  // namespace plexus::exec
