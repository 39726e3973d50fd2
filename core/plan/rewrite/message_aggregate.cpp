#include <algorithm>

#include "core/plan/order/query_graph.h"
#include "core/plan/rewrite/passes.h"
#include "core/plan/rewrite/pattern_terms.h"
#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

namespace {

using Term = MessageAggregate::Term;

constexpr double kFixedCost = 50;  // of a message aggregate, in rows: arrays and their set-up
constexpr double kGain = 0.7;      // counting must promise to cost no more than this share of enumerating

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
    return total;
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

// The pattern with `root` as nodes[0].
LogicalPtr makeOperator(TreePattern& pattern, std::vector<Term> terms, std::size_t root, VariableId rootVariable,
                        Planning& planning) {
  auto op = std::make_unique<MessageAggregate>();
  std::vector<std::size_t> order{root}, at(pattern.nodes.size());
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    if (i != root) order.push_back(i);
  }
  for (auto i : order) {
    auto& node = pattern.nodes[i];
    at[i] = op->nodes.size();
    const VariableId variable = i == root && rootVariable != bind::kNoVariable ? rootVariable : node.variable;
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
  std::size_t root = 0;
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
    if (!best || cost < best->cost) best = Choice{i, std::move(*terms), cost};
  }
  return best;
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
      return op.output.size() < 2;
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
  const VariableId variable = slot->output.empty() ? bind::kNoVariable : slot->output[0];
  std::optional<std::size_t> root;
  if (variable != bind::kNoVariable) {
    root = pattern->find(variable);
    if (!root || pattern->nodes[*root].optional) return false;
  }
  auto choice = choose(*pattern, root, planning.estimator());
  if (!choice) return false;
  if (planning.enabled("message-cost") && choice->cost > kGain * enumerationCost(*slot)) return false;
  const std::vector<VariableId> output = slot->output;
  const double rows =
      root ? std::min(slot->estimatedRows, planning.estimator().nodes(pattern->nodes[*root].labels)) : 1;
  LogicalPtr made = makeOperator(*pattern, std::move(choice->terms), choice->root, variable, planning);
  slot = std::move(made);
  slot->output = output;
  slot->estimatedRows = rows;
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
