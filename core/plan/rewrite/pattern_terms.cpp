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
    for (const auto& [a, b] : pattern.sameNodes) sameNode(a, b);
  }

  void sameNode(std::size_t a, std::size_t b) { nodeOf_[find(nodeOf_, a)] = find(nodeOf_, b); }

  void relate(const Edge& edge) {
    edgeOf_.push_back(edges_.size());
    edges_.push_back(edge);
  }

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

bool sameTypes(const LabelsPtr& a, const LabelsPtr& b) {
  constexpr auto kName = bind::BoundLabels::Kind::kName;
  return a == b || (a && b && a->kind == kName && b->kind == kName && a->name == b->name);
}

// Adds a relation to those that join a pair. That a pair is related goes without saying where relationships are
// counted.
void addRelation(MessageAggregate::Relation relation, std::vector<MessageAggregate::Relation>& relations) {
  const auto same = [&](const auto& other) {
    return sameTypes(other.types, relation.types) && other.direction == relation.direction;
  };
  if (relation.exists) {
    if (std::none_of(relations.begin(), relations.end(), same)) relations.push_back(std::move(relation));
    return;
  }
  std::erase_if(relations, [&](const auto& other) { return other.exists && same(other); });
  relations.push_back(std::move(relation));
}

// Links in any order, `parent` and `child` as the edge is written; false if edges cannot be taken together.
bool TermMaker::addEdge(const Edge& edge, Term& term) {
  const std::size_t a = groupOf_[edge.from], b = groupOf_[edge.to];
  if (a == b) {
    std::vector<MessageAggregate::Relation> loops;
    for (const auto& [group, relation] : term.loops) {
      if (group == a) loops.push_back(relation);
    }
    std::erase_if(term.loops, [&](const auto& loop) { return loop.first == a; });
    addRelation(edge.relation, loops);
    for (auto& loop : loops) term.loops.emplace_back(a, std::move(loop));
    return !edge.optional;
  }
  for (auto& link : term.links) {
    const bool same = link.parent == a && link.child == b, turned = link.parent == b && link.child == a;
    if (!same && !turned) continue;
    if (edge.optional || link.optional) return false;
    auto relation = edge.relation;
    if (turned) relation.direction = reverse(relation.direction);
    addRelation(std::move(relation), link.relations);
    return true;
  }
  term.links.push_back({a, b, {edge.relation}, edge.optional, 0});
  return true;
}

// Cuts off leaves, the root never, until what is left has none.
std::vector<bool> groupsInCycles(const Term& term) {
  std::vector<std::size_t> degree(term.groups.size());
  std::vector<bool> cut(term.links.size()), inside(term.groups.size(), true);
  for (const auto& link : term.links) {
    ++degree[link.parent];
    ++degree[link.child];
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t l = 0; l < term.links.size(); ++l) {
      const auto& link = term.links[l];
      if (cut[l] || (degree[link.parent] != 1 && degree[link.child] != 1)) continue;
      cut[l] = changed = true;
      --degree[link.parent];
      --degree[link.child];
    }
  }
  for (std::size_t g = 0; g < inside.size(); ++g) inside[g] = degree[g] > 1;
  return inside;
}

// Takes the core out of the links. False if it has optional parts.
bool splitCore(Term& term) {
  const auto inside = groupsInCycles(term);
  std::vector<MessageAggregate::Link> trees;
  for (auto& link : term.links) {
    const bool core = inside[link.parent] && inside[link.child];
    if (core && link.optional) return false;
    (core ? term.core.links : trees).push_back(std::move(link));
  }
  term.links = std::move(trees);
  for (std::size_t g = 0; g < inside.size(); ++g) {
    if (inside[g]) term.core.groups.push_back(g);
  }
  return true;
}

// Turns the links so that they lead away from the root, parents first; the core is reached as a whole, and begins with
// the group by which it is. False if not all is reached, or the core is not in one piece.
bool orient(Term& term) {
  std::vector<bool> reached(term.groups.size());
  std::vector<MessageAggregate::Link> ordered, left = std::move(term.links);
  auto& core = term.core.groups;
  const auto reach = [&](std::size_t group) {
    reached[group] = true;
    const auto place = std::find(core.begin(), core.end(), group);
    if (place == core.end()) return;
    std::iter_swap(core.begin(), place);
    for (const std::size_t other : core) reached[other] = true;
  };
  reach(0);
  while (!left.empty()) {
    const auto next = std::find_if(left.begin(), left.end(),
                                   [&](const auto& link) { return reached[link.parent] != reached[link.child]; });
    if (next == left.end()) return false;
    if (!reached[next->parent]) {
      std::swap(next->parent, next->child);
      for (auto& relation : next->relations) relation.direction = reverse(relation.direction);
    }
    reach(next->child);
    ordered.push_back(std::move(*next));
    left.erase(next);
  }
  term.links = std::move(ordered);
  return std::all_of(reached.begin(), reached.end(), [](bool r) { return r; });
}

// From its first group, along its links.
bool isConnected(const MessageAggregate::Core& core) {
  if (core.groups.empty()) return true;
  std::vector<std::size_t> met{core.groups[0]};
  const auto has = [&](std::size_t group) { return std::find(met.begin(), met.end(), group) != met.end(); };
  for (std::size_t i = 0; i < met.size(); ++i) {
    for (const auto& link : core.links) {
      if (link.parent == met[i] && !has(link.child)) met.push_back(link.child);
      if (link.child == met[i] && !has(link.parent)) met.push_back(link.parent);
    }
  }
  return met.size() == core.groups.size();
}

std::optional<Term> TermMaker::finish(int sign) {
  Term term;
  term.sign = sign;
  groupOf_.assign(nodeOf_.size(), 0);
  std::vector<std::size_t> groupOfRoot(nodeOf_.size(), nodeOf_.size());
  groupOfRoot[find(nodeOf_, root_)] = 0;
  term.groups.emplace_back();
  for (std::size_t i = 0; i < nodeOf_.size(); ++i) {
    if (!pattern_.nodes[i].inUse) continue;
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
  if (!splitCore(term) || !isConnected(term.core) || !orient(term)) return std::nullopt;
  return term;
}

bool same(const std::vector<MessageAggregate::Relation>& a, const std::vector<MessageAggregate::Relation>& b,
          bool turned) {
  return std::is_permutation(a.begin(), a.end(), b.begin(), b.end(), [&](const auto& x, const auto& y) {
    return sameTypes(x.types, y.types) && x.exists == y.exists &&
           x.direction == (turned ? reverse(y.direction) : y.direction);
  });
}

bool same(const std::vector<MessageAggregate::Link>& a, const std::vector<MessageAggregate::Link>& b) {
  return std::is_permutation(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
    if (x.optional != y.optional) return false;
    if (x.parent == y.parent && x.child == y.child) return same(x.relations, y.relations, false);
    return x.parent == y.child && x.child == y.parent && same(x.relations, y.relations, true);
  });
}

// Terms that count the same, but for their signs.
bool same(const Term& a, const Term& b) {
  const auto sameLoop = [](const auto& x, const auto& y) {
    return x.first == y.first && same({x.second}, {y.second}, false);
  };
  return a.groups == b.groups && same(a.links, b.links) && same(a.core.links, b.core.links) &&
         std::is_permutation(a.loops.begin(), a.loops.end(), b.loops.begin(), b.loops.end(), sameLoop);
}

void addTerm(Term term, std::vector<Term>& terms) {
  const auto place = std::find_if(terms.begin(), terms.end(), [&](const Term& other) { return same(term, other); });
  if (place == terms.end()) {
    terms.push_back(std::move(term));
    return;
  }
  place->sign += term.sign;
}

}  // namespace

std::optional<std::vector<Term>> termsOf(const TreePattern& pattern, std::size_t root) {
  const std::size_t nodes = pattern.differentNodes.size(), edges = nodes + pattern.differentEdges.size();
  const std::size_t conditions = edges + pattern.absent.size();
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
      } else if (c < edges) {
        const auto& [a, b] = pattern.differentEdges[c - nodes];
        if (!maker.sameEdge(a, b)) return std::nullopt;
      } else {
        maker.relate(pattern.absent[c - edges]);
      }
    }
    auto term = maker.finish(sign);
    if (!term) return std::nullopt;
    addTerm(std::move(*term), terms);
  }
  const bool contradicts = terms[0].sign == 0;
  std::erase_if(terms, [](const Term& term) { return term.sign == 0; });
  if (contradicts) return std::nullopt;
  terms[0].opens = true;
  return terms;
}

}  // namespace plexus::plan
