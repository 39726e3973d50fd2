#include "core/exec/operator/expand/shortest_search.h"

#include <algorithm>

namespace plexus::exec {

void ShortestSearch::Side::start(NodeId node, NodeId bound) {
  clear();
  marks.resize(bound / 64 + 1);
  levels.emplace_back();
  add(node);
}

void ShortestSearch::Side::clear() {
  for (const auto& level : levels) {
    for (const NodeId node : level) marks[node >> 6] = 0;
  }
  levels.clear();
}

// One more level. Not `all`: stops at the first contact.
void ShortestSearch::expand(bool backwards, bool all, const Neighbours& neighbours) {
  Side& side = sides_[backwards ? 1 : 0];
  const Side& other = sides_[backwards ? 0 : 1];
  const std::size_t last = side.levels.size() - 1;
  side.levels.emplace_back();
  const auto visit = [&](std::span<const NodeId> nodes) {
    for (const NodeId node : nodes) {
      if (!all && !contacts_.empty()) return;
      if (side.add(node) && other.has(node)) contacts_.push_back(node);
    }
  };
  const Visit visitor = visit;
  for (std::size_t i = 0; i < side.levels[last].size(); ++i) {
    neighbours(side.levels[last][i], backwards, visitor);
    if (!all && !contacts_.empty()) return;
  }
}

bool ShortestSearch::meet(std::uint64_t maximum, bool all, const Neighbours& neighbours,
                          const Cancellation* cancellation) {
  contacts_.clear();
  while (contacts_.empty()) {
    if (cancellation) cancellation->check();
    const std::size_t length = sides_[0].levels.size() + sides_[1].levels.size() - 1;  // of a trail found now
    if (length > maximum) return false;
    const bool backwards = sides_[1].levels.back().size() < sides_[0].levels.back().size();
    if (sides_[backwards ? 1 : 0].levels.back().empty()) return false;
    expand(backwards, all, neighbours);
  }
  return true;
}

void ShortestSearch::readOff(bool backwards, NodeId node, std::size_t level, bool all, const Hops& hops,
                             std::vector<Relationship>& trail, std::vector<std::vector<Relationship>>& out) const {
  if (level == 0) {
    out.push_back(trail);
    return;
  }
  const auto& nearer = sides_[backwards ? 1 : 0].levels[level - 1];
  std::vector<Hop> found;
  hops(node, !backwards, nearer, found);
  for (const Hop& hop : found) {
    trail.push_back(hop.relationship);
    readOff(backwards, hop.to, level - 1, all, hops, trail, out);
    trail.pop_back();
    if (!all && !out.empty()) return;
  }
}

std::vector<std::vector<Relationship>> ShortestSearch::find(NodeId from, NodeId to, std::uint64_t maximum, bool all,
                                                            NodeId nodeBound, const Neighbours& neighbours,
                                                            const Hops& hops, const Cancellation* cancellation) {
  sides_[0].start(from, nodeBound);
  sides_[1].start(to, nodeBound);
  std::vector<std::vector<Relationship>> trails;
  if (!meet(maximum, all, neighbours, cancellation)) return trails;
  // Trails are read off from the last levels inwards.
  for (Side& side : sides_) {
    for (std::size_t l = 0; l + 1 < side.levels.size(); ++l) std::sort(side.levels[l].begin(), side.levels[l].end());
  }
  std::vector<Relationship> trail;
  for (const NodeId contact : contacts_) {
    std::vector<std::vector<Relationship>> first, second;
    readOff(false, contact, sides_[0].levels.size() - 1, all, hops, trail, first);
    readOff(true, contact, sides_[1].levels.size() - 1, all, hops, trail, second);
    for (const auto& head : first) {
      for (const auto& tail : second) {
        auto& whole = trails.emplace_back(head.rbegin(), head.rend());
        whole.insert(whole.end(), tail.begin(), tail.end());
        if (!all) return trails;
      }
    }
  }
  return trails;
}

}  // namespace plexus::exec
