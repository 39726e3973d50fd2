#include "tests/differential/matcher.h"

#include <algorithm>
#include <limits>

namespace plexus::test {
namespace {

using Step = bind::PatternPath::Step;

// The relationship may be walked from `from` to `to`, seen from the pattern's left node.
bool fits(const Relationship& r, Direction direction, NodeId from, NodeId to) {
  const bool out = r.start == from && r.end == to, in = r.end == from && r.start == to;
  return (out && direction != Direction::kIn) || (in && direction != Direction::kOut);
}

NodeId otherEnd(const Relationship& r, NodeId from) { return r.start == from ? r.end : r.start; }

std::uint64_t most(const bind::Length& length) {
  return length.max.value_or(std::numeric_limits<std::uint64_t>::max());
}

}  // namespace

std::vector<Row> Matcher::all(const Row& row) {
  std::vector<Row> out;
  const Part part = wholePart();
  const Partial first = start(row);
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    Partial probe = first;
    if (!graph_.nodes[i].bound) continue;
    const Value& value = row[graph_.nodes[i].variable];
    if (!value.is(ValueKind::kNode) || !setNode(probe, i, value.node())) return {};
  }
  matchRelationships(part, 0, first, [&](const Partial& found) {
    matchShortest(0, found, [&](const Partial& complete) {
      check(graph_.paths, graph_.predicates, complete, [&](const Partial& match) { out.push_back(match.row); });
    });
  });
  return out;
}

Matcher::Partial Matcher::start(const Row& row) const {
  Partial partial{row, std::vector<bool>(graph_.nodes.size()), {}, {}};
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) partial.has[i] = graph_.nodes[i].bound;
  partial.walked.resize(graph_.quantified.size());
  return partial;
}

Matcher::Part Matcher::wholePart() const {
  Part part;
  part.nodes.assign(graph_.nodes.size(), true);
  for (const auto& r : graph_.relationships) part.relationships.push_back(!r.inShortest);
  for (const auto& q : graph_.quantified) part.quantified.push_back(!q.inShortest);
  for (const auto& shortest : graph_.shortest) {
    const auto& steps = shortest.path.steps;
    for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
      const bool isEnd = steps[i].index == steps.front().index || steps[i].index == steps.back().index;
      if (steps[i].kind == Step::Kind::kNode && !isEnd) part.nodes[steps[i].index] = false;
    }
  }
  return part;
}

Matcher::Part Matcher::candidates(const bind::ShortestPath& shortest) const {
  Part part;
  part.nodes.assign(graph_.nodes.size(), false);
  part.relationships.assign(graph_.relationships.size(), false);
  part.quantified.assign(graph_.quantified.size(), false);
  for (const auto& step : shortest.path.steps) {
    auto& kind = step.kind == Step::Kind::kNode           ? part.nodes
                 : step.kind == Step::Kind::kRelationship ? part.relationships
                                                          : part.quantified;
    kind[step.index] = true;
  }
  if (shortest.path.variable != bind::kNoVariable) part.paths.push_back(shortest.path);
  part.predicates = shortest.predicates;
  return part;
}

bool Matcher::setNode(Partial& partial, std::size_t node, NodeId id) {
  const auto& pattern = graph_.nodes[node];
  Value& value = partial.row[pattern.variable];
  if (partial.has[node]) {
    if (!value.is(ValueKind::kNode) || value.node() != id) return false;
  }
  value = Value::node(id);
  partial.has[node] = true;
  return Naive::satisfies(naive_.graph_.node(id).labels, pattern.labels);
}

bool Matcher::free(const Partial& partial, const Relationship& r) const {
  return graph_.repeatableElements || std::find(partial.used.begin(), partial.used.end(), r) == partial.used.end();
}

NodeId Matcher::nodeAt(const Partial& partial, std::size_t node) const {
  return partial.row[graph_.nodes[node].variable].node();
}

void Matcher::matchRelationships(const Part& part, std::size_t i, const Partial& partial, const Then& then) {
  while (i < graph_.relationships.size() && (!part.relationships[i] || graph_.relationships[i].length)) ++i;
  if (i == graph_.relationships.size()) return matchNodes(part, 0, partial, then);
  const auto& pattern = graph_.relationships[i];
  for (const auto& edge : naive_.graph_.edges) {
    const Relationship& r = edge.relationship;
    if (!free(partial, r) || !Naive::satisfies({edge.type}, pattern.types)) continue;
    const Value& given = partial.row[pattern.variable];
    if (pattern.bound && !(given.is(ValueKind::kRelationship) && given.relationship() == r)) continue;
    const auto go = [&](NodeId left, NodeId right) {
      naive_.step();
      Partial next = partial;
      if (!setNode(next, pattern.left, left) || !setNode(next, pattern.right, right)) return;
      next.row[pattern.variable] = r;
      next.used.push_back(r);
      matchRelationships(part, i + 1, next, then);
    };
    if (pattern.direction != Direction::kIn) go(r.start, r.end);
    if (pattern.direction == Direction::kIn || (pattern.direction == Direction::kBoth && r.start != r.end)) {
      go(r.end, r.start);
    }
  }
}

void Matcher::matchNodes(const Part& part, std::size_t i, const Partial& partial, const Then& then) {
  while (i < graph_.nodes.size() && (!part.nodes[i] || partial.has[i])) ++i;
  if (i == graph_.nodes.size()) return matchLists(part, 0, partial, then);
  for (const auto& node : naive_.graph_.nodes) {
    naive_.step();
    Partial next = partial;
    if (setNode(next, i, node.id)) matchNodes(part, i + 1, next, then);
  }
}

void Matcher::matchLists(const Part& part, std::size_t i, const Partial& partial, const Then& then) {
  while (i < graph_.relationships.size() && (!part.relationships[i] || !graph_.relationships[i].length)) ++i;
  if (i == graph_.relationships.size()) return matchQuantified(part, 0, partial, then);
  const auto& pattern = graph_.relationships[i];
  if (pattern.bound) throw NotModelled{"a list of relationships that is bound"};
  walk(pattern, nodeAt(partial, pattern.left), {}, partial,
       [&](const Partial& next) { matchLists(part, i + 1, next, then); });
}

// All trails from `at`; those of a right length that end at the right node are taken.
void Matcher::walk(const bind::PatternRelationship& r, NodeId at, std::vector<Relationship> trail,
                   const Partial& partial, const Then& then) {
  naive_.step();
  if (trail.size() >= r.length->min && at == nodeAt(partial, r.right)) {
    Partial next = partial;
    next.row[r.variable] = List(trail.begin(), trail.end());
    next.used.insert(next.used.end(), trail.begin(), trail.end());
    then(next);
  }
  if (trail.size() >= most(*r.length)) return;
  for (const auto& edge : naive_.graph_.edges) {
    const Relationship& one = edge.relationship;
    if (!fits(one, r.direction, at, otherEnd(one, at)) || !free(partial, one)) continue;
    if (!graph_.repeatableElements && std::find(trail.begin(), trail.end(), one) != trail.end()) continue;
    if (!Naive::satisfies({edge.type}, r.types)) continue;
    Row row = partial.row;
    if (r.stepVariable != bind::kNoVariable) row[r.stepVariable] = one;
    if (!std::all_of(r.stepPredicates.begin(), r.stepPredicates.end(),
                     [&](const auto& predicate) { return naive_.holds(predicate, row); })) {
      continue;
    }
    auto longer = trail;
    longer.push_back(one);
    walk(r, otherEnd(one, at), std::move(longer), partial, then);
  }
}

void Matcher::matchQuantified(const Part& part, std::size_t i, const Partial& partial, const Then& then) {
  while (i < graph_.quantified.size() && !part.quantified[i]) ++i;
  if (i == graph_.quantified.size()) return check(part.paths, part.predicates, partial, then);
  const auto& pattern = graph_.quantified[i];
  repeat(pattern, i, nodeAt(partial, pattern.left), {}, partial,
         [&](const Partial& next) { matchQuantified(part, i + 1, next, then); });
}

// `repetitions`: a row for each one so far, with the inner variables set.
void Matcher::repeat(const bind::QuantifiedPattern& q, std::size_t index, NodeId at, std::vector<Row> repetitions,
                     const Partial& partial, const Then& then) {
  naive_.step();
  if (repetitions.size() >= q.length.min && at == nodeAt(partial, q.right)) {
    Partial next = partial;
    for (const auto& [inner, group] : q.groups) {
      List list;
      for (const Row& repetition : repetitions) list.push_back(repetition[inner]);
      next.row[group] = list;
    }
    then(next);
  }
  if (repetitions.size() >= most(q.length)) return;
  Matcher inside{naive_, *q.graph};
  Partial inner = inside.start(partial.row);
  inner.used = partial.used;
  if (!inside.setNode(inner, q.innerLeft, at)) return;
  inside.matchRelationships(inside.wholePart(), 0, inner, [&](const Partial& found) {
    inside.check(q.graph->paths, q.graph->predicates, found, [&](const Partial& match) {
      Partial next = partial;
      next.used = match.used;
      for (const auto& r : q.graph->relationships) {
        if (r.length) throw NotModelled{"a variable length inside a quantified pattern"};
        next.walked[index].push_back(match.row[r.variable].relationship());
      }
      auto more = repetitions;
      more.push_back(match.row);
      repeat(q, index, match.row[q.graph->nodes[q.innerRight].variable].node(), std::move(more), next, then);
    });
  });
}

// All candidates between the two ends, shortest first; as many as the selector wants.
void Matcher::matchShortest(std::size_t i, const Partial& partial, const Then& then) {
  if (i == graph_.shortest.size()) return then(partial);
  using Kind = ast::PathSelectorKind;
  const auto& shortest = graph_.shortest[i];
  const auto& steps = shortest.path.steps;
  std::vector<std::pair<std::size_t, Partial>> found;
  Partial alone = partial;
  alone.used.clear();
  matchRelationships(candidates(shortest), 0, alone, [&](const Partial& match) {
    found.emplace_back(pathOf(shortest.path, match).relationships.size(), match);
  });
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const bool asFunction =
      shortest.kind == Kind::kShortestPathFunction || shortest.kind == Kind::kAllShortestPathsFunction;
  const bool sameEnds = nodeAt(partial, steps.front().index) == nodeAt(partial, steps.back().index);
  std::uint64_t paths = std::numeric_limits<std::uint64_t>::max(), groups = paths;
  if (shortest.kind == Kind::kShortestK) paths = shortest.k;
  if (shortest.kind == Kind::kShortestGroups) groups = shortest.k;
  if (shortest.kind == Kind::kAllShortest || shortest.kind == Kind::kAllShortestPathsFunction) groups = 1;
  if (shortest.kind == Kind::kAny || shortest.kind == Kind::kAnyShortest ||
      shortest.kind == Kind::kShortestPathFunction) {
    paths = 1;
  }
  for (std::size_t n = 0, group = 0; n < found.size() && n < paths; ++n) {
    if (n == 0 || found[n].first != found[n - 1].first) ++group;
    if (group > groups) break;
    if (asFunction && sameEnds && found[n].first > 0) break;  // of a node to itself there is only the empty path
    Partial next = found[n].second;
    next.used = partial.used;
    matchShortest(i + 1, next, then);
  }
}

void Matcher::check(const std::vector<bind::PatternPath>& paths, const std::vector<bind::ExpressionPtr>& predicates,
                    const Partial& partial, const Then& then) {
  Partial match = partial;
  for (const auto& path : paths) match.row[path.variable] = pathOf(path, match);
  for (const auto& predicate : predicates) {
    if (!naive_.holds(predicate, match.row)) return;
  }
  then(match);
}

Path Matcher::pathOf(const bind::PatternPath& pattern, const Partial& partial) const {
  Path path;
  const auto append = [&](const Relationship& r) {
    path.nodes.push_back(otherEnd(r, path.nodes.back()));
    path.relationships.push_back(r);
  };
  for (const auto& step : pattern.steps) {
    if (step.reversed) throw NotModelled{"a path against its direction"};
    if (step.kind == Step::Kind::kNode) {
      if (path.nodes.empty()) path.nodes.push_back(nodeAt(partial, step.index));
    } else if (step.kind == Step::Kind::kQuantified) {
      for (const Relationship& r : partial.walked[step.index]) append(r);
    } else if (const auto& pattern_ = graph_.relationships[step.index]; pattern_.length) {
      for (const Value& r : partial.row[pattern_.variable].list()) append(r.relationship());
    } else {
      append(partial.row[pattern_.variable].relationship());
    }
  }
  return path;
}

}  // namespace plexus::test
