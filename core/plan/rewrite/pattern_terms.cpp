#include "core/plan/rewrite/pattern_terms.h"

#include <algorithm>
#include <numeric>

namespace plexus::plan {

namespace {

using Term = MessageAggregate::Term;
using Edge = TreePattern::Edge;

// One term while it is made: which nodes coincide, which edges are the same relationship.
class TermMaker {
 public:
  TermMaker(const TreePattern& pattern, std::size_t root)
      : pattern_{pattern},
        root_{root},
        nodeOf_(pattern.nodes.size()),
        edges_{pattern.edges},
        edgeOf_(pattern.edges.size()) {
    std::iota(nodeOf_.begin(), nodeOf_.end(), std::size_t{0});
    std::iota(edgeOf_.begin(), edgeOf_.end(), std::size_t{0});
  }

  void sameNode(std::size_t a, std::size_t b) { nodeOf_[find(nodeOf_, a)] = find(nodeOf_, b); }

  // False if that cannot be said by making nodes coincide.
  bool sameEdge(std::size_t a, std::size_t b) {
    const Edge &x = pattern_.edges[a], &y = pattern_.edges[b];
    if (x.optional || y.optional) return false;
    if ((x.relation.direction == Direction::kBoth) != (y.relation.direction == Direction::kBoth)) return false;
    for (const bool xTurned : {false, true}) {
      for (const bool yTurned : {false, true}) {
        const std::size_t shared = xTurned ? x.to : x.from;
        if (shared != (yTurned ? y.to : y.from)) continue;
        const Direction dx = outward(x, xTurned), dy = outward(y, yTurned);
        const std::size_t farX = xTurned ? x.from : x.to, farY = yTurned ? y.from : y.to;
        sameNode(farX, farY);
        // Out of the shared node and into it: only a loop is both.
        if (dx != dy) sameNode(farX, shared);
        unite(a, b);
        return true;
      }
    }
    if (x.relation.direction == Direction::kBoth) return false;
    const bool turned = x.relation.direction != y.relation.direction;
    sameNode(x.from, turned ? y.to : y.from);
    sameNode(x.to, turned ? y.from : y.to);
    unite(a, b);
    return true;
  }

  std::optional<Term> finish(int sign);

 private:
  static std::size_t find(std::vector<std::size_t>& parent, std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  static Direction outward(const Edge& e, bool turned) {
    return turned ? reverse(e.relation.direction) : e.relation.direction;
  }

  // Keeps one of the two with the conditions of both.
  void unite(std::size_t a, std::size_t b) {
    const std::size_t ra = find(edgeOf_, a), rb = find(edgeOf_, b);
    if (ra == rb) return;
    edgeOf_[rb] = ra;
    auto& kept = edges_[ra].relation;
    const auto& other = edges_[rb].relation;
    if (other.types != kept.types) kept.types = conjunction({kept.types, other.types});
  }

  bool addEdge(const Edge& edge, Term& term);

  const TreePattern& pattern_;
  std::size_t root_;
  std::vector<std::size_t> nodeOf_;
  std::vector<Edge> edges_;
  std::vector<std::size_t> edgeOf_;
  std::vector<std::size_t> groupOf_;  // of nodes, while finishing
};

// Links in any order, `parent` and `child` as the edge is written; false if edges cannot be taken together.
bool TermMaker::addEdge(const Edge& edge, Term& term) {
  const std::size_t a = groupOf_[edge.from], b = groupOf_[edge.to];
  if (a == b) {
    term.loops.emplace_back(a, edge.relation);
    return !edge.optional;
  }
  for (auto& link : term.links) {
    const bool same = link.parent == a && link.child == b, turned = link.parent == b && link.child == a;
    if (!same && !turned) continue;
    if (edge.optional || link.optional) return false;
    auto relation = edge.relation;
    if (turned) relation.direction = reverse(relation.direction);
    link.relations.push_back(std::move(relation));
    return true;
  }
  term.links.push_back({a, b, {edge.relation}, edge.optional, 0});
  return true;
}

// Turns the links so that they lead away from the root, parents first. False if they are no tree.
bool orient(Term& term) {
  if (term.links.size() + 1 != term.groups.size()) return false;
  std::vector<bool> reached(term.groups.size());
  reached[0] = true;
  std::vector<MessageAggregate::Link> ordered, left = std::move(term.links);
  while (!left.empty()) {
    const auto next = std::find_if(left.begin(), left.end(),
                                   [&](const auto& link) { return reached[link.parent] || reached[link.child]; });
    if (next == left.end()) return false;
    if (!reached[next->parent]) {
      std::swap(next->parent, next->child);
      for (auto& relation : next->relations) relation.direction = reverse(relation.direction);
    }
    reached[next->child] = true;
    ordered.push_back(std::move(*next));
    left.erase(next);
  }
  term.links = std::move(ordered);
  return std::all_of(reached.begin(), reached.end(), [](bool r) { return r; });
}

std::optional<Term> TermMaker::finish(int sign) {
  Term term;
  term.sign = sign;
  groupOf_.assign(nodeOf_.size(), 0);
  std::vector<std::size_t> groupOfRoot(nodeOf_.size(), nodeOf_.size());
  groupOfRoot[find(nodeOf_, root_)] = 0;
  term.groups.emplace_back();
  for (std::size_t i = 0; i < nodeOf_.size(); ++i) {
    std::size_t& group = groupOfRoot[find(nodeOf_, i)];
    if (group == nodeOf_.size()) {
      group = term.groups.size();
      term.groups.emplace_back();
    }
    groupOf_[i] = group;
    term.groups[group].push_back(i);
  }
  for (std::size_t e = 0; e < edges_.size(); ++e) {
    if (find(edgeOf_, e) == e && !addEdge(edges_[e], term)) return std::nullopt;
  }
  if (!orient(term)) return std::nullopt;
  return term;
}

}  // namespace

std::optional<std::vector<Term>> termsOf(const TreePattern& pattern, std::size_t root) {
  const std::size_t nodes = pattern.differentNodes.size(), conditions = nodes + pattern.differentEdges.size();
  if (conditions > kMostConditions) return std::nullopt;
  std::vector<Term> terms;
  for (std::size_t set = 0; set < std::size_t{1} << conditions; ++set) {
    TermMaker maker{pattern, root};
    int sign = 1;
    for (std::size_t c = 0; c < conditions; ++c) {
      if ((set >> c & 1) == 0) continue;
      sign = -sign;
      if (c < nodes) {
        maker.sameNode(pattern.differentNodes[c].first, pattern.differentNodes[c].second);
      } else {
        const auto& [a, b] = pattern.differentEdges[c - nodes];
        if (!maker.sameEdge(a, b)) return std::nullopt;
      }
    }
    auto term = maker.finish(sign);
    if (!term) return std::nullopt;
    terms.push_back(std::move(*term));
  }
  return terms;
}

}  // namespace plexus::plan
