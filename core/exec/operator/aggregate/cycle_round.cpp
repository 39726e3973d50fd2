#include "core/exec/operator/aggregate/cycle_round.h"

#include <algorithm>

namespace plexus::exec {

std::vector<std::pair<const LinkReader*, std::size_t>> roundFrom(const CoreGraph& graph, std::size_t start,
                                                                 bool turned) {
  std::vector<std::pair<const LinkReader*, std::size_t>> out;
  std::vector<bool> used(graph.links.size());
  for (std::size_t at = start; out.size() < graph.links.size();) {
    std::vector<std::size_t> ways;
    for (std::size_t l = 0; l < graph.links.size(); ++l) {
      if (!used[l] && (graph.links[l].from == at || graph.links[l].to == at)) ways.push_back(l);
    }
    if (ways.size() != (out.empty() ? 2U : 1U)) return {};
    const std::size_t l = ways[out.empty() && turned ? 1 : 0];
    const auto& link = graph.links[l];
    used[l] = true;
    const bool there = link.from == at;
    at = there ? link.to : link.from;
    out.emplace_back(there ? &link.there : &link.back, at);
  }
  if (out.back().second != start) return {};
  return out;
}

double meanDegree(const LinkReader& link) {
  double relationships = 0, sources = 1;
  for (const auto& step : link.steps()) {
    const auto& numbers = step.adjacency.statistics();
    relationships += static_cast<double>(numbers.relationships);
    sources = std::max(sources, static_cast<double>(numbers.sources));
  }
  return relationships / sources;
}

const LinkReader& reversed(const CoreGraph& graph, const LinkReader* link) {
  for (const auto& l : graph.links) {
    if (&l.there == link) return l.back;
    if (&l.back == link) return l.there;
  }
  return *link;
}

}  // namespace plexus::exec
