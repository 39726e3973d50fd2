#include "core/plan/rewrite/pattern_lengths.h"

namespace plexus::plan {

namespace {

constexpr std::size_t kMostChoices = 9;

using Edge = TreePattern::Edge;
using Lengths = std::vector<std::uint64_t>;  // by edge

std::size_t countChoices(const TreePattern& pattern) {
  std::size_t choices = 1;
  for (const Edge& edge : pattern.edges) {
    choices *= edge.most - edge.least + 1;
    if (choices > kMostChoices) break;
  }
  return choices;
}

// The next choice, the shortest walks of all being the first; false after the last.
bool advance(Lengths& lengths, const TreePattern& pattern) {
  for (std::size_t e = 0; e < lengths.size(); ++e) {
    if (lengths[e] < pattern.edges[e].most) {
      ++lengths[e];
      return true;
    }
    lengths[e] = pattern.edges[e].least;
  }
  return false;
}

// `stops[e]` is the first of the nodes between the relationships of walk e.
TreePattern withLengths(const TreePattern& pattern, const Lengths& lengths, const std::vector<std::size_t>& stops) {
  TreePattern out = pattern;
  out.edges.clear();
  out.differentEdges.clear();
  std::vector<std::vector<std::size_t>> steps(lengths.size());
  for (std::size_t e = 0; e < lengths.size(); ++e) {
    const Edge& walk = pattern.edges[e];
    if (lengths[e] == 0) out.sameNodes.emplace_back(walk.from, walk.to);
    for (std::uint64_t k = 0; k < lengths[e]; ++k) {
      Edge step = walk;
      step.least = step.most = 1;
      if (k > 0) step.from = stops[e] + k - 1;
      if (k + 1 < lengths[e]) {
        step.to = stops[e] + k;
        out.nodes[step.to].inUse = true;
      }
      for (const std::size_t other : steps[e]) out.differentEdges.emplace_back(other, out.edges.size());
      steps[e].push_back(out.edges.size());
      out.edges.push_back(std::move(step));
    }
  }
  for (const auto& [a, b] : pattern.differentEdges) {
    for (const std::size_t x : steps[a]) {
      for (const std::size_t y : steps[b]) out.differentEdges.emplace_back(x, y);
    }
  }
  return out;
}

}  // namespace

std::vector<TreePattern> patternsOfLengths(TreePattern& pattern, Planning& planning) {
  if (!pattern.hasLengths()) return {pattern};
  if (countChoices(pattern) > kMostChoices) return {};
  std::vector<std::size_t> stops;
  Lengths lengths;
  for (const Edge& walk : pattern.edges) {
    stops.push_back(pattern.nodes.size());
    lengths.push_back(walk.least);
    for (std::uint64_t k = 1; k < walk.most; ++k) {
      TreePattern::Node stop;
      stop.variable = planning.newVariable("stop", Type{TypeKind::kNode});
      stop.inUse = false;
      pattern.nodes.push_back(std::move(stop));
    }
  }
  std::vector<TreePattern> out;
  do {
    out.push_back(withLengths(pattern, lengths, stops));
  } while (advance(lengths, pattern));
  return out;
}

}  // namespace plexus::plan
