#include <algorithm>

#include "core/plan/order/query_graph.h"
#include "core/plan/rewrite/passes.h"
#include "core/plan/rewrite/pattern_terms.h"
#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

namespace {

using Term = MessageAggregate::Term;

constexpr double kFixedCost = 50;  // of a message aggregate, in rows: arrays and their set-up
constexpr double kCoreCost = 0.2;  // of a step round a cycle, in rows
constexpr double kPathCost = 0.3;  // of a step of a sparse row, in rows
constexpr double kGain = 3;  // counting may touch so many relationships for each row of enumerating: it is cheaper

// Rows that the operators of the pattern would give, all together. What only repeats rows is free.
double enumerationCost(const LogicalOperator& op) {
  double cost = op.estimatedRows;
  if (op.kind() == LogicalKind::kExpand) {
    const auto& expand = op.as<Expand>();
    const bool read = VariableSet{op.output}.has(expand.to);
    if (!read && !expand.into && !expand.toLabels && expand.differentFrom.empty()) cost = 0;
  }
  const LogicalOperator* inner = innerPlan(op);
  for (const auto& child : op.children) {
    const double times = child.get() == inner ? op.children[0]->estimatedRows : 1;
    cost += times * enumerationCost(*child);
  }
  return cost;
}

class Costs {
 public:
  Costs(const TreePattern& pattern, const Estimator& estimator) : pattern_{pattern}, estimator_{estimator} {}

  // Relationships and nodes touched; sets each link's `rows`.
  double cost(Term& term) const {
    const std::size_t groups = term.groups.size();
    std::vector<double> rows(groups), domain(groups), perParent(term.links.size()), all(term.links.size());
    for (std::size_t g = 0; g < groups; ++g) rows[g] = domain[g] = groupRows(term.groups[g]);
    for (std::size_t l = 0; l < term.links.size(); ++l) {
      const auto& link = term.links[l];
      const LabelsPtr parent = labels(term.groups[link.parent]), child = labels(term.groups[link.child]);
      const auto& relation = link.relations[0];
      all[l] = estimator_.relationships(parent, relation.types, relation.direction, child);
      perParent[l] = all[l] / std::max(1.0, estimator_.nodes(parent));
      domain[link.child] = std::min(domain[link.child], domain[link.parent] * perParent[l]);
    }
    double total = rows[0];
    for (std::size_t l = term.links.size(); l-- > 0;) {
      auto& link = term.links[l];
      const double perChild = all[l] / std::max(1.0, estimator_.nodes(labels(term.groups[link.child])));
      link.rows = std::min(all[l], rows[link.child] * perChild);
      total += std::min(link.rows, domain[link.parent] * perParent[l]);
      if (!link.optional) rows[link.parent] = std::min(rows[link.parent], link.rows);
    }
    return total + coreCost(term, rows);
  }

  // Relationships met on the path from a node's group to the root, for all its nodes: the sparse rows.
  double pathCost(const Term& term, std::size_t from) const {
    const auto groupOf = [&](std::size_t node) {
      for (std::size_t g = 0; g < term.groups.size(); ++g) {
        if (std::find(term.groups[g].begin(), term.groups[g].end(), node) != term.groups[g].end()) return g;
      }
      return std::size_t{0};
    };
    double total = 0;
    std::size_t group = groupOf(from);
    double rows = groupRows(term.groups[group]);
    for (std::size_t l = term.links.size(); l-- > 0;) {  // children come after their parents
      const auto& link = term.links[l];
      if (link.child != group) continue;
      const LabelsPtr parent = labels(term.groups[link.parent]), child = labels(term.groups[group]);
      const auto& relation = link.relations[0];
      rows *= estimator_.relationships(parent, relation.types, relation.direction, child) /
              std::max(1.0, estimator_.nodes(child));
      total += rows;
      group = link.parent;
    }
    return kPathCost * total;
  }

  // What it takes to find the candidates that are not just nodes with labels.
  double sources() const {
    double total = 0;
    for (const auto& node : pattern_.nodes) {
      const double tests = static_cast<double>(node.predicates.size() + 5 * node.semiJoins.size());
      total += node.seek ? (*node.seek)->estimatedRows : tests * estimator_.nodes(node.labels);
    }
    return total;
  }

 private:
  // The core is bound group by group, each over the link that gives the fewest; the others are tests.
  double coreCost(const Term& term, const std::vector<double>& rows) const {
    if (term.core.groups.empty()) return 0;
    double best = 0;
    for (const std::size_t start : term.core.groups) {
      const double cost = walkCost(term, start, rows);
      if (start == term.core.groups[0] || cost < best) best = cost;
    }
    return kCoreCost * best;
  }

  double walkCost(const Term& term, std::size_t start, const std::vector<double>& rows) const {
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
      bound[best] = true;
      total += current * fewest;
      bound[best] = false;
      current *= std::max(1e-3, perBound(term, best, bound, false));
      bound[best] = true;
    }
    return total;
  }

  // Neighbours of a group of bound ones: over the best link, or those that all links leave.
  double perBound(const Term& term, std::size_t group, const std::vector<bool>& bound, bool touched) const {
    const double nodes = std::max(1.0, estimator_.nodes(labels(term.groups[group])));
    double best = 0, left = nodes;
    for (const auto& link : term.core.links) {
      const bool down = link.child == group && bound[link.parent], up = link.parent == group && bound[link.child];
      if (!down && !up) continue;
      const LabelsPtr parent = labels(term.groups[link.parent]), child = labels(term.groups[link.child]);
      const double all = estimator_.relationships(parent, link.relations[0].types, link.relations[0].direction, child);
      const double fanOut = all / std::max(1.0, estimator_.nodes(down ? parent : child));
      best = best == 0 ? fanOut : std::min(best, fanOut);
      left *= fanOut / nodes;
    }
    return touched ? best : left;
  }

  double groupRows(const std::vector<std::size_t>& group) const {
    double least = estimator_.numbers().nodes();
    for (auto n : group) least = std::min(least, nodeRows(pattern_.nodes[n]));
    return least;
  }

  double nodeRows(const TreePattern::Node& node) const {
    if (node.argument) return 1;
    double rows = node.seek ? (*node.seek)->estimatedRows : estimator_.nodes(node.labels);
    for (const auto& predicate : node.predicates) rows *= estimator_.selectivity(predicate);
    for (std::size_t i = 0; i < node.semiJoins.size(); ++i) rows *= 0.5;
    return rows;
  }

  LabelsPtr labels(const std::vector<std::size_t>& group) const {
    const auto& node = pattern_.nodes[group[0]];
    const LabelsPtr known = estimator_.known(node.variable);
    return known ? known : node.labels;
  }

  const TreePattern& pattern_;
  const Estimator& estimator_;
};

// The plan of a node's candidates, with the node under all the names that its conditions use. Takes operators out of
// the old plan.
LogicalPtr makeSource(TreePattern::Node& node, VariableId variable, Planning& planning) {
  LogicalPtr source;
  double rows = 1;
  if (node.seek) {
    source = std::move(*node.seek);
    if (node.labels) node.predicates.insert(node.predicates.begin(), makeLabelCheck(node.variable, node.labels));
  } else if (node.argument) {
    source = Planning::argument({node.variable});
    if (node.labels) node.predicates.insert(node.predicates.begin(), makeLabelCheck(node.variable, node.labels));
  } else {
    auto scan = std::make_unique<NodeScan>();
    scan->variable = node.variable;
    scan->labels = node.labels;
    scan->estimatedRows = planning.estimator().nodes(node.labels);
    source = std::move(scan);
  }
  rows = source->estimatedRows;
  if (variable != node.variable) node.aliases.push_back(variable);
  auto names = std::make_unique<Project>();
  for (auto alias : node.aliases) {
    names->items.push_back({makeVariable(node.variable, planning.typeOf(node.variable)), alias});
  }
  if (!names->items.empty()) {
    names->estimatedRows = rows;
    names->children.push_back(std::move(source));
    source = std::move(names);
  }
  if (!node.predicates.empty()) source = planning.planFilter(node.predicates, std::move(source));
  for (Apply* join : node.semiJoins) {
    source = planning.apply(join->mode, std::move(source), std::move(join->children[1]));
  }
  return source;
}

// The pattern with `roots` as the first nodes, under the names that are read above.
LogicalPtr makeOperator(TreePattern& pattern, std::vector<Term> terms, const std::vector<std::size_t>& roots,
                        const std::vector<VariableId>& rootVariables, Planning& planning) {
  auto op = std::make_unique<MessageAggregate>();
  op->pairs = roots.size() == 2;
  std::vector<std::size_t> order{roots}, at(pattern.nodes.size());
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    if (std::find(roots.begin(), roots.end(), i) == roots.end()) order.push_back(i);
  }
  for (auto i : order) {
    auto& node = pattern.nodes[i];
    at[i] = op->nodes.size();
    const std::size_t place = op->nodes.size();
    const VariableId variable = place < rootVariables.size() ? rootVariables[place] : node.variable;
    MessageAggregate::Node made{variable, node.labels, MessageAggregate::kNoSource};
    if (!node.isPlain()) {
      made.source = op->children.size();
      op->children.push_back(makeSource(node, variable, planning));
    }
    op->nodes.push_back(std::move(made));
  }
  for (auto& term : terms) {
    for (auto& group : term.groups) {
      for (auto& node : group) node = at[node];
    }
  }
  op->terms = std::move(terms);
  return op;
}

struct Choice {
  std::vector<std::size_t> roots;
  std::vector<Term> terms;
  double cost = 0;
};

// The root that is read, or else the one from which it is cheapest.
std::optional<Choice> choose(const TreePattern& pattern, std::optional<std::size_t> root, const Estimator& estimator) {
  std::optional<Choice> best;
  const Costs costs{pattern, estimator};
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    if (root ? i != *root : pattern.nodes[i].optional) continue;
    auto terms = termsOf(pattern, i);
    if (!terms) return std::nullopt;
    double cost = kFixedCost + costs.sources();
    for (auto& term : *terms) cost += costs.cost(term);
    if (!best || cost < best->cost) best = Choice{{i}, std::move(*terms), cost};
  }
  return best;
}

// Both roots are read: rows go from the second to the first.
std::optional<Choice> choosePairs(const TreePattern& pattern, const std::vector<std::size_t>& roots,
                                  const Estimator& estimator) {
  auto terms = termsOf(pattern, roots[0]);
  if (!terms) return std::nullopt;
  const Costs costs{pattern, estimator};
  double cost = kFixedCost + costs.sources();
  for (auto& term : *terms) {
    if (!term.core.groups.empty()) return std::nullopt;
    cost += costs.cost(term) + costs.pathCost(term, roots[1]);
  }
  return Choice{roots, std::move(*terms), cost};
}

bool mayStandFor(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kExpand:
    case LogicalKind::kFilter:
    case LogicalKind::kMultiwayIntersect:
    case LogicalKind::kHashJoin:
    case LogicalKind::kCartesianProduct:
    case LogicalKind::kProject:
    case LogicalKind::kApply:
      return op.output.size() <= 2;
    default:
      return false;
  }
}

// Terms take a relationship in the direction of its pattern: of symmetric ones that is not the only one.
bool turnsRound(const TreePattern& pattern, const Planning& planning) {
  return std::any_of(pattern.differentEdges.begin(), pattern.differentEdges.end(), [&](const auto& pair) {
    return mayBeSymmetric(pattern.edges[pair.first].relation.types, planning.numbers());
  });
}

bool rewriteHere(LogicalPtr& slot, Planning& planning) {
  if (!mayStandFor(*slot)) return false;
  auto pattern = TreePattern::of(slot);
  if (!pattern || pattern->edges.size() < 2 || turnsRound(*pattern, planning)) return false;
  const std::vector<VariableId> output = slot->output;
  std::vector<std::size_t> roots;
  for (const VariableId variable : output) {
    const auto root = pattern->find(variable);
    if (!root || pattern->nodes[*root].optional) return false;
    roots.push_back(*root);
  }
  if (roots.size() == 2 && roots[0] == roots[1]) return false;
  auto choice = roots.size() == 2
                    ? choosePairs(*pattern, roots, planning.estimator())
                    : choose(*pattern, roots.empty() ? std::nullopt : std::optional{roots[0]}, planning.estimator());
  if (!choice) return false;
  if (planning.enabled("message-cost") && choice->cost > kGain * enumerationCost(*slot)) return false;
  double rows = 1;
  for (const std::size_t root : roots) rows *= planning.estimator().nodes(pattern->nodes[root].labels);
  rows = std::min(rows, slot->estimatedRows);
  LogicalPtr made = makeOperator(*pattern, std::move(choice->terms), choice->roots, output, planning);
  slot = std::move(made);
  slot->output = output;
  slot->estimatedRows = roots.empty() ? 1 : rows;
  return true;
}

}  // namespace

void messageAggregate(LogicalPtr& root, Planning& planning) {
  rewriteHere(root, planning);
  // What MERGE looks for and what is repeated is run for single rows, in the midst of writes or of a walk.
  const bool steps = root->kind() == LogicalKind::kMerge || root->kind() == LogicalKind::kQuantifiedExpand;
  for (auto& child : root->children) {
    if (!steps || child.get() != innerPlan(*root)) messageAggregate(child, planning);
  }
}

}  // namespace plexus::plan
