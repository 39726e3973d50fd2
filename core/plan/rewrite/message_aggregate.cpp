#include <algorithm>

#include "core/plan/order/query_graph.h"
#include "core/plan/rewrite/message_cost.h"
#include "core/plan/rewrite/passes.h"
#include "core/plan/rewrite/pattern_terms.h"
#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

namespace {

using Term = MessageAggregate::Term;

// In nanoseconds: what a message aggregate takes to begin; what is done above with a row, and with a pair, whose
// columns give each node's values once.
constexpr double kFixedCost = 1500, kReadRow = 60, kReadPair = 25;

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
  const MessageCosts costs{pattern, estimator};
  for (std::size_t i = 0; i < pattern.nodes.size(); ++i) {
    if (root ? i != *root : pattern.nodes[i].optional) continue;
    auto terms = termsOf(pattern, i);
    if (!terms) return std::nullopt;
    double cost = kFixedCost + costs.sources();
    for (auto& term : *terms) cost += costs.term(term);
    if (!best || cost < best->cost) best = Choice{{i}, std::move(*terms), cost};
  }
  return best;
}

// Both roots are read: rows go from the second to the first.
std::optional<Choice> choosePairs(const TreePattern& pattern, const std::vector<std::size_t>& roots,
                                  const Estimator& estimator) {
  auto terms = termsOf(pattern, roots[0]);
  if (!terms) return std::nullopt;
  const MessageCosts costs{pattern, estimator};
  double cost = kFixedCost + costs.sources();
  for (auto& term : *terms) {
    if (!term.core.groups.empty()) return std::nullopt;
    cost += costs.term(term) + costs.paths(term, roots[1]);
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
  double rows = 1;
  for (const std::size_t root : roots) rows *= planning.estimator().nodes(pattern->nodes[root].labels);
  rows = std::min(rows, slot->estimatedRows);
  if (planning.enabled("message-cost")) {
    const double read = roots.empty() ? 0 : kReadRow;
    const double counted = choice->cost + rows * (roots.size() == 2 ? kReadPair : read);
    if (counted > enumerationCost(*slot, planning.estimator()) + read * slot->estimatedRows) return false;
  }
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
