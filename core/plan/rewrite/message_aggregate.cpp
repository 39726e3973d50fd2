#include <algorithm>
#include <iterator>
#include <limits>

#include "core/plan/order/query_graph.h"
#include "core/plan/rewrite/message_cost.h"
#include "core/plan/rewrite/pair_use.h"
#include "core/plan/rewrite/passes.h"
#include "core/plan/rewrite/pattern_lengths.h"
#include "core/plan/rewrite/pattern_terms.h"
#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

namespace {

using Term = MessageAggregate::Term;

// In nanoseconds: what a message aggregate takes to begin; what is done above with a row, and with a pair, whose
// columns give each node's values once; and with a pair that is grouped as it is counted.
constexpr double kFixedCost = 1500, kReadRow = 60, kReadPair = 25, kGroupPair = 1;
constexpr double kPlanTerm = 200;  // to find a term: it takes more, but is counted more than once

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

// Patterns with the same nodes, whose matches add up.
struct Patterns {
  explicit Patterns(const std::vector<TreePattern>& given) : patterns{given} {
    for (const TreePattern& pattern : given) terms.emplace_back(pattern);
  }
  const std::vector<TreePattern::Node>& nodes() const { return patterns[0].nodes; }

  // In all of them, rooted at one node.
  std::optional<std::vector<Term>> rootedAt(std::size_t root, std::size_t counted) const {
    std::vector<Term> all;
    for (const PatternTerms& one : terms) {
      auto more = one.rootedAt(root, counted);
      if (!more) return std::nullopt;
      std::move(more->begin(), more->end(), std::back_inserter(all));
    }
    return all;
  }

  const std::vector<TreePattern>& patterns;
  std::vector<PatternTerms> terms;
};

// The root that is read, or else the one from which it is cheapest; also where one is read, if there are orders that
// can only be counted from another.
std::optional<Choice> choose(const Patterns& patterns, std::optional<std::size_t> read, const Estimator& estimator) {
  std::optional<Choice> best;
  const auto& nodes = patterns.nodes();
  const bool ordered = !patterns.patterns[0].orders.empty();
  const MessageCosts costs{patterns.patterns[0], estimator};
  const auto consider = [&](std::size_t root) {
    const std::size_t counted = read.value_or(root);
    auto terms = patterns.rootedAt(root, counted);
    if (!terms) return false;
    double cost = kFixedCost + costs.sources();
    for (auto& term : *terms) cost += costs.term(term);
    if (!best || cost < best->cost) best = Choice{{counted}, std::move(*terms), cost};
    return true;
  };
  if (read && (consider(*read) || !ordered)) return best;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].optional || !nodes[i].inUse) continue;
    if (!consider(i) && !ordered) return std::nullopt;
  }
  return best;
}

// Both roots are read: rows go from the second to the first.
std::optional<Choice> pairsOf(const Patterns& patterns, std::vector<std::size_t> roots, const Estimator& estimator) {
  auto terms = patterns.rootedAt(roots[0], roots[0]);
  if (!terms) return std::nullopt;
  const MessageCosts costs{patterns.patterns[0], estimator};
  double cost = kFixedCost + costs.sources();
  for (auto& term : *terms) {
    if (!term.core.groups.empty()) return std::nullopt;
    cost += costs.term(term) + costs.paths(term, roots[1]);
  }
  return Choice{std::move(roots), std::move(*terms), cost};
}

// From the one from which it is cheaper.
std::optional<Choice> choosePairs(const Patterns& patterns, const std::vector<std::size_t>& roots,
                                  const Estimator& estimator) {
  auto there = pairsOf(patterns, roots, estimator), back = pairsOf(patterns, {roots[1], roots[0]}, estimator);
  if (!there || (back && back->cost < there->cost)) return back;
  return there;
}

bool mayStandFor(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kExpand:
    case LogicalKind::kVarLengthExpand:
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

// The nodes that are read above; nothing if something else is, or more.
std::optional<std::vector<std::size_t>> rootsOf(const TreePattern& pattern, const std::vector<VariableId>& output) {
  std::vector<std::size_t> roots;
  for (const VariableId variable : output) {
    const auto root = pattern.find(variable);
    if (!root || pattern.nodes[*root].optional) return std::nullopt;
    roots.push_back(*root);
  }
  if (roots.size() == 2 && roots[0] == roots[1]) return std::nullopt;
  return roots;
}

// What reading a row costs, as it is enumerated and as it is counted.
struct Reading {
  double enumerated = 0, counted = 0;
};

Reading readingOf(std::size_t roots, PairUse use) {
  if (roots == 0) return {};
  if (roots == 1) return {kReadRow, kReadRow};
  return {kReadRow, use == PairUse::kRows ? kReadPair : kGroupPair};
}

// What it takes to find the terms, from every root, where they are many; nothing if they are too many, or some cannot
// be found.
std::optional<double> planningCost(const std::vector<TreePattern>& patterns) {
  constexpr std::size_t kFew = 32;
  std::size_t all = 0;
  for (const TreePattern& pattern : patterns) {
    const std::size_t terms = countTerms(pattern);
    all += terms;
    if (terms == 0 || all > kMostTerms) return std::nullopt;
  }
  return all <= kFew ? 0 : kPlanTerm * static_cast<double>(all * patterns[0].nodes.size());
}

void rewriteHere(LogicalPtr& slot, PairUse use, Planning& planning) {
  if (!mayStandFor(*slot)) return;
  auto pattern = TreePattern::of(slot);
  if (!pattern) return;
  const std::vector<VariableId> output = slot->output;
  const auto roots = rootsOf(*pattern, output);
  const bool single = pattern->edges.size() == 1 && !pattern->hasLengths();
  if (!roots || pattern->edges.empty() || (single && use != PairUse::kDistinctCounts)) return;
  const auto patterns = patternsOfLengths(*pattern, planning);
  const auto turns = [&](const TreePattern& one) { return turnsRound(one, planning); };
  if (patterns.empty() || std::any_of(patterns.begin(), patterns.end(), turns)) return;
  const Reading reading = readingOf(roots->size(), use);
  const double enumerated = planning.enabled("message-cost") ? enumerationCost(*slot, planning.estimator()) +
                                                                   reading.enumerated * slot->estimatedRows
                                                             : std::numeric_limits<double>::max();
  const auto planned = planningCost(patterns);
  if (!planned || *planned > enumerated) return;
  const Patterns terms{patterns};
  auto choice = roots->size() == 2
                    ? choosePairs(terms, *roots, planning.estimator())
                    : choose(terms, roots->empty() ? std::nullopt : std::optional{(*roots)[0]}, planning.estimator());
  if (!choice) return;
  double rows = 1;
  for (const std::size_t root : *roots) rows *= planning.estimator().nodes(pattern->nodes[root].labels);
  rows = std::min(rows, slot->estimatedRows);
  if (choice->cost + reading.counted * rows > enumerated) return;
  std::vector<VariableId> rootVariables = output;
  if (choice->roots.size() == 2 && choice->roots[0] != (*roots)[0]) std::swap(rootVariables[0], rootVariables[1]);
  LogicalPtr made = makeOperator(*pattern, std::move(choice->terms), choice->roots, rootVariables, planning);
  slot = std::move(made);
  slot->output = output;
  slot->estimatedRows = roots->empty() ? 1 : rows;
}

using PairUses = std::map<LogicalOperator*, PairUse>;

void rewriteFrom(LogicalPtr& root, PairUse use, PairUses& uses, Planning& planning) {
  rewriteHere(root, use, planning);
  addPairUses(*root, uses);
  const auto known = uses.find(root.get());
  const PairUse below = known == uses.end() ? PairUse::kRows : known->second;
  // What MERGE looks for and what is repeated is run for single rows, in the midst of writes or of a walk.
  const bool steps = root->kind() == LogicalKind::kMerge || root->kind() == LogicalKind::kQuantifiedExpand ||
                     root->kind() == LogicalKind::kPathSearch;
  const std::size_t count = steps ? inputCount(*root) : root->children.size();
  for (std::size_t i = 0; i < count; ++i) rewriteFrom(root->children[i], below, uses, planning);
}

}  // namespace

void messageAggregate(LogicalPtr& root, Planning& planning) {
  PairUses uses;
  rewriteFrom(root, PairUse::kRows, uses, planning);
}

}  // namespace plexus::plan
