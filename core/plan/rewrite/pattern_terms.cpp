#include "core/plan/rewrite/pattern_terms.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace plexus::plan {

namespace {

using Term = MessageAggregate::Term;
using Edge = TreePattern::Edge;

// One term while it is made: which nodes coincide, which edges are the same relationship.
class TermMaker {
 public:
  explicit TermMaker(const TreePattern& pattern)
      : pattern_{pattern}, nodeOf_(pattern.nodes.size()), edges_{pattern.edges}, edgeOf_(pattern.edges.size()) {
    std::iota(nodeOf_.begin(), nodeOf_.end(), std::size_t{0});
    std::iota(edgeOf_.begin(), edgeOf_.end(), std::size_t{0});
    for (const auto& [a, b] : pattern.sameNodes) sameNode(a, b);
  }

  void sameNode(std::size_t a, std::size_t b) { nodeOf_[find(nodeOf_, a)] = find(nodeOf_, b); }

  void relate(std::size_t absent) {
    related_ |= std::size_t{1} << absent;
    edgeOf_.push_back(edges_.size());
    edges_.push_back(pattern_.absent[absent]);
  }

  // In how many ways two edges are the same relationship, as nodes coincide; 0: that cannot be said so. Undirected ones
  // without a node in common may be so either way round; a loop is both, and is taken away as the last way.
  unsigned waysToBeSame(std::size_t a, std::size_t b) const {
    const Edge &x = pattern_.edges[a], &y = pattern_.edges[b];
    if (x.optional || y.optional) return 0;
    const bool directed = !isUndirected(x) && !isUndirected(y);
    return directed || shareNode(x, y) ? 1 : kWaysOfUndirected;
  }
  static int signOf(unsigned way) { return way + 1 == kWaysOfUndirected ? -1 : 1; }

  void sameEdge(std::size_t a, std::size_t b, unsigned way) {
    const Edge &x = pattern_.edges[a], &y = pattern_.edges[b];
    if (isUndirected(x) || isUndirected(y)) {
      if (shareNode(x, y)) {
        meet(x, y);
      } else if (way == 2) {
        for (const std::size_t node : {x.to, y.from, y.to}) sameNode(x.from, node);
      } else {
        sameNode(x.from, way == 1 ? y.to : y.from);
        sameNode(x.to, way == 1 ? y.from : y.to);
      }
    }
    unite(a, b);
  }

  // A node would come before itself: there are no matches.
  bool contradicts() {
    return std::any_of(pattern_.orders.begin(), pattern_.orders.end(), [&](const TreePattern::Order& order) {
      std::vector<bool> met(nodeOf_.size());
      return order.strict && sameKey(order.lessKey, order.greaterKey) &&
             leads(order.greater, order.less, order.lessKey, met);
    });
  }

  // Equal where the same nodes and relationships coincide, and the same nodes are related.
  std::vector<std::size_t> key() {
    std::vector<std::size_t> out{related_};
    for (std::size_t i = 0; i < nodeOf_.size(); ++i) out.push_back(firstLike(nodeOf_, i));
    for (std::size_t i = 0; i < pattern_.edges.size(); ++i) out.push_back(firstLike(edgeOf_, i));
    return out;
  }

  // Rooted at a node, with the counts of another, or the same.
  std::optional<Term> finish(int sign, std::size_t root, std::size_t counted);

 private:
  // Whether a node is another, or orders by the key lead from it to that.
  bool leads(std::size_t from, std::size_t to, const ExpressionPtr& key, std::vector<bool>& met) {
    const std::size_t at = find(nodeOf_, from);
    if (at == find(nodeOf_, to)) return true;
    if (met[at]) return false;
    met[at] = true;
    return std::any_of(pattern_.orders.begin(), pattern_.orders.end(), [&](const TreePattern::Order& order) {
      return find(nodeOf_, order.less) == at && sameKey(order.lessKey, key) && sameKey(order.greaterKey, key) &&
             leads(order.greater, to, key, met);
    });
  }
  static bool sameKey(const ExpressionPtr& a, const ExpressionPtr& b) {
    constexpr auto kProperty = bind::BoundKind::kProperty;
    if ((a->kind() == kProperty) != (b->kind() == kProperty)) return false;
    return a->kind() != kProperty || a->as<bind::Property>().key == b->as<bind::Property>().key;
  }
  static std::size_t find(std::vector<std::size_t>& parent, std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  static std::size_t firstLike(std::vector<std::size_t>& parent, std::size_t i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (find(parent, j) == find(parent, i)) return j;
    }
    return i;
  }
  static constexpr unsigned kWaysOfUndirected = 3;
  static bool isUndirected(const Edge& e) { return e.relation.direction == Direction::kBoth; }
  static std::size_t start(const Edge& e) { return e.relation.direction == Direction::kOut ? e.from : e.to; }
  static std::size_t end(const Edge& e) { return e.relation.direction == Direction::kOut ? e.to : e.from; }
  static bool shareNode(const Edge& x, const Edge& y) {
    return x.from == y.from || x.from == y.to || x.to == y.from || x.to == y.to;
  }

  // The ends beside a shared node coincide.
  void meet(const Edge& x, const Edge& y) {
    const bool xTurned = x.from != y.from && x.from != y.to;
    const std::size_t shared = xTurned ? x.to : x.from, farX = xTurned ? x.from : x.to;
    const bool yTurned = y.from != shared;
    sameNode(farX, yTurned ? y.from : y.to);
  }

  // Keeps one of the two with the conditions of both. Directed ones begin and end alike.
  void unite(std::size_t a, std::size_t b) {
    std::size_t kept = find(edgeOf_, a), gone = find(edgeOf_, b);
    if (kept == gone) return;
    if (isUndirected(edges_[kept])) std::swap(kept, gone);  // a direction is a condition
    if (!isUndirected(edges_[gone])) {
      sameNode(start(edges_[kept]), start(edges_[gone]));
      sameNode(end(edges_[kept]), end(edges_[gone]));
    }
    edgeOf_[gone] = kept;
    auto& types = edges_[kept].relation.types;
    const auto& others = edges_[gone].relation.types;
    if (others != types) types = conjunction({types, others});
  }

  bool addEdge(const Edge& edge, Term& term);
  bool addOrders(Term& term);

  const TreePattern& pattern_;
  std::vector<std::size_t> nodeOf_;
  std::vector<Edge> edges_;
  std::vector<std::size_t> edgeOf_;
  std::size_t related_ = 0;           // a bit for each of those of `absent` that were related
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

// Whether the orders are such as can be counted: of children of one group, or of a group and its child, by links that
// all have, in no cycles.
bool areLocal(const Term& term) {
  constexpr auto kNone = ~std::size_t{0};
  std::vector<std::size_t> parents(term.groups.size(), kNone), joined(term.groups.size());
  std::vector<bool> optional(term.groups.size());
  std::iota(joined.begin(), joined.end(), std::size_t{0});
  for (const auto& link : term.links) {
    parents[link.child] = link.parent;
    optional[link.child] = link.optional;
  }
  const auto inCore = [&](std::size_t group) {
    return std::find(term.core.groups.begin(), term.core.groups.end(), group) != term.core.groups.end();
  };
  return std::all_of(term.orders.begin(), term.orders.end(), [&](const MessageAggregate::Order& order) {
    const std::size_t a = order.less, b = order.greater;
    if (a == b || inCore(a) || inCore(b) || optional[a] || optional[b]) return false;
    if (parents[a] == b || parents[b] == a) return true;
    if (parents[a] == kNone || parents[a] != parents[b] || joined[a] == joined[b]) return false;
    std::replace(joined.begin(), joined.end(), std::size_t{joined[a]}, std::size_t{joined[b]});
    return true;
  });
}

// Whether all groups from the root to one are outside of the core.
bool isOutsideCore(const Term& term, std::size_t group) {
  const auto& core = term.core.groups;
  const auto inside = [&](std::size_t g) { return std::find(core.begin(), core.end(), g) != core.end(); };
  for (std::size_t l = term.links.size(); l-- > 0;) {  // children come after their parents
    if (term.links[l].child != group) continue;
    if (inside(group)) return false;
    group = term.links[l].parent;
  }
  return !inside(group);
}

bool TermMaker::addOrders(Term& term) {
  for (const TreePattern::Order& order : pattern_.orders) {
    term.orders.push_back({groupOf_[order.less], groupOf_[order.greater], order.lessKey, order.greaterKey,
                           readsOf(order.lessKey).list()[0], readsOf(order.greaterKey).list()[0], order.strict});
  }
  return areLocal(term) && (term.counted == 0 || isOutsideCore(term, term.counted));
}

std::optional<Term> TermMaker::finish(int sign, std::size_t root, std::size_t counted) {
  Term term;
  term.sign = sign;
  groupOf_.assign(nodeOf_.size(), 0);
  std::vector<std::size_t> groupOfRoot(nodeOf_.size(), nodeOf_.size());
  groupOfRoot[find(nodeOf_, root)] = 0;
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
  term.counted = groupOf_[counted];
  if (!splitCore(term) || !isConnected(term.core) || !orient(term) || !addOrders(term)) return std::nullopt;
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
  const auto sameOrder = [](const auto& x, const auto& y) {
    return x.less == y.less && x.greater == y.greater && x.strict == y.strict && x.lessKey == y.lessKey &&
           x.greaterKey == y.greaterKey;
  };
  return a.groups == b.groups && a.counted == b.counted && same(a.links, b.links) && same(a.core.links, b.core.links) &&
         std::is_permutation(a.orders.begin(), a.orders.end(), b.orders.begin(), b.orders.end(), sameOrder) &&
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

// What a condition forbids: that two nodes or relationships are the same, or that two nodes are related.
struct Forbidden {
  enum class Kind : std::uint8_t { kSameNode, kSameEdge, kRelated } kind;
  std::size_t index;

  unsigned ways(const TreePattern& pattern, const TermMaker& maker) const {
    if (kind != Kind::kSameEdge) return 1;
    return maker.waysToBeSame(pattern.differentEdges[index].first, pattern.differentEdges[index].second);
  }
  // Makes it so; the sign of the way.
  int apply(const TreePattern& pattern, unsigned way, TermMaker& maker) const {
    if (kind == Kind::kSameEdge) {
      maker.sameEdge(pattern.differentEdges[index].first, pattern.differentEdges[index].second, way);
      return TermMaker::signOf(way);
    }
    if (kind == Kind::kRelated) {
      maker.relate(index);
    } else {
      maker.sameNode(pattern.differentNodes[index].first, pattern.differentNodes[index].second);
    }
    return 1;
  }
};

bool isImpossible(const TreePattern& pattern, const Forbidden& condition) {
  TermMaker maker{pattern};
  if (condition.ways(pattern, maker) != 1) return false;
  condition.apply(pattern, 0, maker);
  return maker.contradicts();
}

// But for those that go without saying: `a.id < b.id` keeps what leads to them different.
std::vector<Forbidden> forbiddenIn(const TreePattern& pattern) {
  std::vector<Forbidden> all;
  const auto add = [&](Forbidden::Kind kind, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const Forbidden one{kind, i};
      if (pattern.orders.empty() || !isImpossible(pattern, one)) all.push_back(one);
    }
  };
  add(Forbidden::Kind::kSameNode, pattern.differentNodes.size());
  add(Forbidden::Kind::kSameEdge, pattern.differentEdges.size());
  add(Forbidden::Kind::kRelated, pattern.absent.size());
  return all;
}

}  // namespace

std::size_t countTerms(const TreePattern& pattern) {
  constexpr std::size_t kMostConditions = 32;  // of which some may go without saying
  if (pattern.differentNodes.size() + pattern.differentEdges.size() + pattern.absent.size() > kMostConditions) {
    return kMostTerms + 1;
  }
  const TermMaker maker{pattern};
  std::size_t terms = 1;
  for (const Forbidden& condition : forbiddenIn(pattern)) {
    const unsigned ways = condition.ways(pattern, maker);
    if (ways == 0) return 0;
    terms = std::min(terms * (ways + 1), kMostTerms + 1);
  }
  return terms;
}

struct PatternTerms::Impl {
  explicit Impl(const TreePattern& given) : pattern{given} { add(0, forbiddenIn(given), TermMaker{given}, 1); }

  // Subsets of the conditions from the `next`th, in all ways, the empty one first.
  void add(std::size_t next, const std::vector<Forbidden>& conditions, const TermMaker& maker, int sign) {
    TermMaker here = maker;
    if (here.contradicts()) return;
    if (next == conditions.size()) {
      const auto [place, isNew] = at.try_emplace(here.key(), makers.size());
      if (isNew) makers.emplace_back(std::move(here), 0);
      makers[place->second].second += sign;
      return;
    }
    add(next + 1, conditions, here, sign);
    for (unsigned way = 0; way < conditions[next].ways(pattern, here); ++way) {
      TermMaker made = here;
      const int turned = conditions[next].apply(pattern, way, made);
      add(next + 1, conditions, made, -sign * turned);
    }
  }

  const TreePattern& pattern;
  std::vector<std::pair<TermMaker, int>> makers;       // what coincides, and how often it counts
  std::map<std::vector<std::size_t>, std::size_t> at;  // by their keys
};

PatternTerms::PatternTerms(const TreePattern& pattern) : impl_{std::make_unique<const Impl>(pattern)} {}
PatternTerms::~PatternTerms() = default;
PatternTerms::PatternTerms(PatternTerms&&) noexcept = default;

std::optional<std::vector<Term>> PatternTerms::rootedAt(std::size_t root, std::size_t counted) const {
  std::vector<Term> terms;
  for (const auto& [maker, sign] : impl_->makers) {
    if (sign == 0 && !terms.empty()) continue;
    auto term = TermMaker{maker}.finish(sign, root, counted);
    if (!term) return std::nullopt;
    addTerm(std::move(*term), terms);
  }
  if (terms.empty() || terms[0].sign == 0) return std::nullopt;
  std::erase_if(terms, [](const Term& term) { return term.sign == 0; });
  terms[0].opens = true;
  return terms;
}

}  // namespace plexus::plan
