#include "core/plan/rewrite/message_cost.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plexus::plan {

namespace {

// Nanoseconds. Messages: a node of a range, a degree of one, a node of a list, a relationship met.
constexpr double kRangeNode = 0.7, kDegree = 0.5, kListNode = 15, kMet = 2.5;
constexpr double kMade = 1.5, kSummed = 0.3;  // to write the counts of a node of a range, or only to add them up
constexpr double kCounted = 20;               // neighbours in a set, for a node
constexpr double kLink = 500;                 // to open a link
constexpr double kCycleStep = 4;              // of a walk round a cycle
constexpr double kEdge = 6, kCorner = 0.5;    // of triangles: to sort a relationship, to meet one again
constexpr double kPathStep = 6;               // of a sparse row
constexpr double kTest = 30;                  // of a predicate, for a node
constexpr double kLoops = 0.1;                // share of a term with loops that is left to do
constexpr double kKey = 40;                   // of a node that comes in an order: to compute what it is ordered by
constexpr double kOrdered = 12;               // of a relationship to such a node: to sort it, and to sum in that order
constexpr double kSparse = 8;                 // a range with one candidate in so many nodes is handled as a list
// Enumeration: a row made, a relationship met, a row looked up, a plan run anew.
constexpr double kRow = 3, kWalked = 3, kSeek = 25, kRun = 200;

bool sameTypes(const LabelsPtr& a, const LabelsPtr& b) {
  constexpr auto kName = bind::BoundLabels::Kind::kName;
  return a == b || (a && b && a->kind == kName && b->kind == kName && a->name == b->name);
}

// Of the operator itself.
double ownCost(const LogicalOperator& op, const Estimator& estimator) {
  const double in = op.children.empty() ? 1 : op.children[0]->estimatedRows, out = op.estimatedRows;
  const auto fanOut = [&](VariableId from, const LabelsPtr& types, Direction direction) {
    return estimator.degree(estimator.known(from), types, direction);
  };
  switch (op.kind()) {
    case LogicalKind::kExpand: {
      const auto& expand = op.as<Expand>();
      if (expand.into) return in * kSeek + out * kRow;
      // What only repeats rows is a degree.
      const bool read = VariableSet{op.output}.has(expand.to);
      if (!read && !expand.toLabels && expand.differentFrom.empty()) return in * kRow;
      return in * kRow + in * fanOut(expand.from, expand.types, expand.direction) * kWalked + out * kRow;
    }
    case LogicalKind::kMultiwayIntersect: {
      // Lists are walked as far as the shortest reaches.
      double shortest = -1;
      const auto& legs = op.as<MultiwayIntersect>().legs;
      for (const auto& leg : legs) {
        const double each = fanOut(leg.from, leg.types, leg.direction);
        shortest = shortest < 0 ? each : std::min(shortest, each);
      }
      return in * static_cast<double>(legs.size()) * (kSeek + shortest * kWalked) + out * kRow;
    }
    case LogicalKind::kHashJoin:
      return kSeek * (in + 2 * op.children[1]->estimatedRows) + out * kRow;
    case LogicalKind::kApply:
      return in * kRun;
    case LogicalKind::kFilter:
      return in * kTest;
    default:
      return out * kRow;
  }
}

}  // namespace

double enumerationCost(const LogicalOperator& op, const Estimator& estimator) {
  double cost = ownCost(op, estimator);
  const std::size_t inputs = inputCount(op);
  for (std::size_t i = 0; i < op.children.size(); ++i) {
    const double times = i < inputs ? 1 : op.children[0]->estimatedRows;
    cost += times * enumerationCost(*op.children[i], estimator);
  }
  return cost;
}

double MessageCosts::relationships(const Term& term, const MessageAggregate::Link& link) const {
  const auto& relation = link.relations[0];
  return estimator_.relationships(labels(term.groups[link.parent]), relation.types, relation.direction,
                                  labels(term.groups[link.child]));
}

MessageCosts::Sizes MessageCosts::sizes(const Term& term) const {
  Sizes out;
  out.all.resize(term.links.size());
  out.perParent.resize(term.links.size());
  for (const auto& group : term.groups) {
    out.rows.push_back(groupRows(group));
    out.set.push_back(group.size() == 1 && pattern_.nodes[group[0]].isPlain());
  }
  for (const auto& [group, relation] : term.loops) out.set[group] = false;
  out.plain = out.set;
  for (const std::size_t group : term.core.groups) out.plain[group] = false;
  out.ordered.resize(term.groups.size());
  for (const auto& order : term.orders) out.ordered[order.less] = out.ordered[order.greater] = true;
  out.domain = out.rows;
  for (std::size_t l = 0; l < term.links.size(); ++l) {
    const auto& link = term.links[l];
    out.all[l] = relationships(term, link);
    out.perParent[l] = out.all[l] / std::max(1.0, nodes(term, link.parent));
    out.domain[link.child] = std::min(out.domain[link.child], out.domain[link.parent] * out.perParent[l]);
  }
  return out;
}

// Children come after their parents: what is below is known.
double MessageCosts::link(const Term& term, std::size_t l, Sizes& sizes) const {
  const auto& link = term.links[l];
  const auto& relation = link.relations[0];
  const double whole = nodes(term, link.parent);
  const double parents = std::min(sizes.rows[link.parent], sizes.domain[link.parent]);
  const bool range = parents * kSparse >= whole;
  const double met = std::min(link.rows, parents * sizes.perParent[l]);
  if (sizes.ordered[link.child]) {
    sizes.plain[link.parent] = false;
    return made(term, link.child, sizes) + sizes.rows[link.child] * kKey + parents * kListNode +
           parents * sizes.perParent[l] * kOrdered;
  }
  if (sizes.plain[link.child] && link.relations.size() == 1 && !relation.exists) {
    // Exactly as many relationships as nodes: taken for exactly one a node.
    if (sizes.set[link.parent] && std::abs(sizes.all[l] - whole) < 0.5) return 0;
    sizes.plain[link.parent] = false;
    if (!range) return parents * kListNode;
    const LabelsPtr child = labels(term.groups[link.child]);
    const double out =
        estimator_.relationships(labels(term.groups[link.parent]), relation.types, relation.direction, {});
    const bool degrees = sizes.all[l] + 0.5 >= out || !child;
    return whole * (degrees ? kDegree : kCounted);
  }
  sizes.plain[link.parent] = false;
  return made(term, link.child, sizes) + (range ? whole * kRangeNode : parents * kListNode) + met * kMet;
}

// To keep the counts of a group; those of the root are only added up, or at most one more array.
double MessageCosts::made(const Term& term, std::size_t group, const Sizes& sizes) const {
  const double rows = std::min(sizes.rows[group], sizes.domain[group]), whole = nodes(term, group);
  return rows * kSparse >= whole ? whole * (group == 0 ? kSummed : kMade) : rows * kListNode;
}

double MessageCosts::term(Term& term) const {
  // Nodes that are joined to themselves are rare, and where there are none that is known before anything is read.
  const double share = term.loops.empty() ? 1 : kLoops;
  Sizes known = sizes(term);
  double total = made(term, 0, known);
  for (std::size_t l = term.links.size(); l-- > 0;) {
    auto& made = term.links[l];
    const double perChild = known.all[l] / std::max(1.0, nodes(term, made.child));
    made.rows = std::min(known.all[l], known.rows[made.child] * perChild);
    total += kLink + link(term, l, known);
    if (!made.optional) known.rows[made.parent] = std::min(known.rows[made.parent], made.rows);
  }
  return share * (total + core(term, known.rows));
}

double MessageCosts::paths(const Term& term, std::size_t from) const {
  std::size_t group = 0;
  for (std::size_t g = 0; g < term.groups.size(); ++g) {
    if (std::find(term.groups[g].begin(), term.groups[g].end(), from) != term.groups[g].end()) group = g;
  }
  const double starts = groupRows(term.groups[group]);
  double total = 0, rows = starts;
  for (std::size_t l = term.links.size(); l-- > 0;) {  // children come after their parents
    const auto& link = term.links[l];
    if (link.child != group) continue;
    const double whole = std::max(1.0, nodes(term, group));
    const double met = rows * relationships(term, link) / whole;
    total += met * (link.relations.size() == 1 ? kPathStep : kSeek);
    rows = std::min(met, starts * groupRows(term.groups[link.parent]));  // what is met twice goes on once
    group = link.parent;
  }
  return total;
}

double MessageCosts::sources() const {
  double total = 0;
  for (const auto& node : pattern_.nodes) {
    const double tests =
        static_cast<double>(node.predicates.size()) * kTest + static_cast<double>(node.semiJoins.size()) * kRun;
    total += node.seek ? kRun + kRow * (*node.seek)->estimatedRows : tests * estimator_.nodes(node.labels);
  }
  return total;
}

// --- Cycles ---------------------------------------------------------------------------------------------------------

// Relationships of a node of the group at this end of the link.
double MessageCosts::fanOut(const Term& term, const MessageAggregate::Link& link, std::size_t from) const {
  return relationships(term, link) / std::max(1.0, nodes(term, from));
}

// Triangles of one undirected relation; infinity for another core.
double MessageCosts::triangles(const Term& term, const MessageAggregate::Core& core) const {
  const auto& links = core.links;
  const bool fits =
      links.size() == 3 && core.groups.size() == 3 && std::all_of(links.begin(), links.end(), [&](const auto& link) {
        return link.relations.size() == 1 && link.relations[0].direction == Direction::kBoth &&
               sameTypes(link.relations[0].types, links[0].relations[0].types);
      });
  if (!fits) return std::numeric_limits<double>::infinity();
  const double all = relationships(term, links[0]), mean = all / std::max(1.0, nodes(term, core.groups[0]));
  return all * (kEdge + kCorner * mean);
}

// The core without a group to which three others or more lead by n:1 relations, and without what lies between: that
// they lead to the same node is a column of theirs. Nothing if there is no such group.
std::optional<MessageAggregate::Core> MessageCosts::withoutImage(const Term& term) const {
  const auto touches = [](const MessageAggregate::Link& link, std::size_t group) {
    return link.parent == group || link.child == group;
  };
  const auto isImage = [&](std::size_t group) {
    std::size_t leading = 0, all = 0;
    for (const auto& link : term.core.links) {
      if (!touches(link, group)) continue;
      ++all;
      leading += fanOut(term, link, link.parent == group ? link.child : link.parent) <= 1 ? 1 : 0;
    }
    return all >= 3 && leading == all;
  };
  const auto image = std::find_if(term.core.groups.begin(), term.core.groups.end(), isImage);
  if (image == term.core.groups.end()) return std::nullopt;
  MessageAggregate::Core rest = term.core;
  std::vector<std::size_t> out{*image};
  while (!out.empty()) {
    const std::size_t group = out.back();
    out.pop_back();
    std::erase(rest.groups, group);
    std::erase_if(rest.links, [&](const auto& link) { return touches(link, group); });
    for (const std::size_t other : rest.groups) {
      const auto links =
          std::count_if(rest.links.begin(), rest.links.end(), [&](const auto& l) { return touches(l, other); });
      if (links < 2 && std::find(out.begin(), out.end(), other) == out.end()) out.push_back(other);
    }
  }
  return rest;
}

// The core is bound group by group, each over the link that gives the fewest; the others are tests. Counts by a node
// outside begin with the group by which the core hangs.
double MessageCosts::core(const Term& term, const std::vector<double>& rows) const {
  const auto& groups = term.core.groups;
  if (groups.empty()) return 0;
  const double open = kLink * static_cast<double>(2 * term.core.links.size());
  double best = walk(term, groups[0], rows);
  const bool inside = groups[0] == 0;
  if (inside) best = std::min(best, triangles(term, term.core));
  if (const auto rest = inside ? withoutImage(term) : std::nullopt) {
    double columns = 0;
    for (const std::size_t group : rest->groups) columns += kListNode * nodes(term, group);
    best = std::min(best, columns + triangles(term, *rest));
  }
  for (const std::size_t start : groups) {
    if (inside) best = std::min(best, walk(term, start, rows));
  }
  return open + best;
}

double MessageCosts::walk(const Term& term, std::size_t start, const std::vector<double>& rows) const {
  std::vector<bool> bound(term.groups.size());
  bound[start] = true;
  double current = rows[start], total = current;
  for (std::size_t step = 1; step < term.core.groups.size(); ++step) {
    std::size_t best = start;
    double fewest = 0;
    for (const std::size_t group : term.core.groups) {
      if (bound[group]) continue;
      const double each = perBound(term, group, bound, true);
      if (each > 0 && (best == start || each < fewest)) {
        best = group;
        fewest = each;
      }
    }
    total += current * fewest;
    current *= std::max(1e-3, perBound(term, best, bound, false));
    bound[best] = true;
  }
  return kCycleStep * total;
}

// Neighbours of a group of bound ones: over the best link, or those that all links leave.
double MessageCosts::perBound(const Term& term, std::size_t group, const std::vector<bool>& bound, bool touched) const {
  const double candidates = std::max(1.0, nodes(term, group));
  double best = 0, left = candidates;
  for (const auto& link : term.core.links) {
    const bool down = link.child == group && bound[link.parent], up = link.parent == group && bound[link.child];
    if (!down && !up) continue;
    const double fanOut = relationships(term, link) / std::max(1.0, nodes(term, down ? link.parent : link.child));
    best = best == 0 ? fanOut : std::min(best, fanOut);
    left *= fanOut / candidates;
  }
  return touched ? best : left;
}

// --- Nodes ----------------------------------------------------------------------------------------------------------

double MessageCosts::groupRows(const std::vector<std::size_t>& group) const {
  double least = estimator_.numbers().nodes();
  for (const auto n : group) least = std::min(least, nodeRows(pattern_.nodes[n]));
  return least;
}

double MessageCosts::nodeRows(const TreePattern::Node& node) const {
  if (node.argument) return 1;
  double rows = node.seek ? (*node.seek)->estimatedRows : estimator_.nodes(node.labels);
  for (const auto& predicate : node.predicates) rows *= estimator_.selectivity(predicate);
  for (std::size_t i = 0; i < node.semiJoins.size(); ++i) rows *= 0.5;
  return rows;
}

LabelsPtr MessageCosts::labels(const std::vector<std::size_t>& group) const {
  const auto& node = pattern_.nodes[group[0]];
  const LabelsPtr known = estimator_.known(node.variable);
  return known ? known : node.labels;
}

}  // namespace plexus::plan
