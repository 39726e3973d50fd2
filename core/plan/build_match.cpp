#include <algorithm>

#include "core/base/error.h"
#include "core/function/registry.h"
#include "core/plan/build_pattern.h"
#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

void addPatternReads(const bind::PatternGraph& graph, VariableSet& out) {
  for (const auto& node : graph.nodes) {
    out.add(node.variable);
    addReads(node.labels, out);
  }
  for (const auto& r : graph.relationships) {
    out.add(r.variable);
    addReads(r.types, out);
    for (const auto& predicate : r.stepPredicates) addReads(predicate, out);
  }
  for (const auto& quantified : graph.quantified) addPatternReads(*quantified.graph, out);
  for (const auto& shortest : graph.shortest) {
    for (const auto& predicate : shortest.predicates) addReads(predicate, out);
  }
  for (const auto& predicate : graph.predicates) addReads(predicate, out);
}

// EXISTS { ... } or its negation; nothing else.
const bind::Subquery* asExists(const ExpressionPtr& e, bool& negated) {
  negated = false;
  ExpressionPtr inner = e;
  while (const bind::Function* call = asCall(inner, "NOT")) {
    negated = !negated;
    inner = call->arguments[0];
  }
  if (inner->kind() != bind::BoundKind::kSubquery) return nullptr;
  const auto& subquery = inner->as<bind::Subquery>();
  return subquery.subquery == bind::SubqueryKind::kExists ? &subquery : nullptr;
}

// Cheap predicates first; those that run a plan for each row last.
int expense(const ExpressionPtr& e) {
  int worst = 0;
  if (e->kind() == bind::BoundKind::kSubquery) return 3;
  if (e->kind() == bind::BoundKind::kFunction) {
    const std::string_view name = e->as<bind::Function>().function->name;
    const bool operators = e->as<bind::Function>().function->isOperator();
    worst = name == "=~" ? 2 : operators && name != "CONTAINS" && name != "ENDS WITH" ? 0 : 1;
  }
  forEachChild(*e, [&](const ExpressionPtr& child) { worst = std::max(worst, expense(child)); });
  return worst;
}

bool isTrue(const ExpressionPtr& e) {
  return e->kind() == bind::BoundKind::kConstant && e->as<bind::Constant>().value.isTrue();
}

// Conditions on nodes that the rows have already.
void addBoundConditions(QueryGraph& graph, Planning& planning) {
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    if (!node.bound) continue;
    ExpressionPtr condition;
    if (node.labels) {
      condition = makeLabelCheck(node.variable, node.labels);
    } else if (std::none_of(graph.edges.begin(), graph.edges.end(),
                            [&](const GraphEdge& e) { return e.left == i || e.right == i; })) {
      condition = makeIsNotNull(node.variable, planning.typeOf(node.variable));
    } else {
      continue;  // walking from it drops nulls
    }
    graph.predicates.push_back({condition, VariableSet{node.variable}});
  }
}

void addHints(QueryGraph& graph, const std::vector<const bind::BoundMatch*>& matches, Planning& planning) {
  for (const auto* match : matches) {
    for (std::size_t i = 0; i < match->hintKinds.size(); ++i) {
      if (match->hintKinds[i] == ast::Hint::Kind::kJoin) continue;
      auto& list = match->hintKinds[i] == ast::Hint::Kind::kIndex ? graph.seekHints : graph.scanHints;
      list.insert(list.end(), match->hintVariables[i].begin(), match->hintVariables[i].end());
    }
  }
  std::erase_if(graph.seekHints, [&](VariableId variable) {
    const std::size_t node = graph.nodeOf(variable);
    if (node == QueryGraph::kNone || graph.nodes[node].bound) return false;
    const auto starts = startPoints(graph, node, planning.estimator());
    const bool vain = std::none_of(starts.begin(), starts.end(),
                                   [](const StartPoint& s) { return s.kind == StartPoint::Kind::kIndex; });
    if (vain) planning.warn("USING INDEX: no index serves the conditions on `" + planning.nameOf(variable) + "`");
    return vain;
  });
}

}  // namespace

LogicalPtr Planning::planMatch(const std::vector<const bind::BoundMatch*>& matches, LogicalPtr input) {
  std::vector<const bind::PatternGraph*> graphs;
  graphs.reserve(matches.size());
  for (const auto* match : matches) graphs.push_back(&match->graph);
  if (!matches[0]->optional) return planPattern(graphs, matches, std::move(input));
  LogicalPtr inner = planPattern(graphs, matches, argument(outerOf(graphs, *input)));
  return apply(Apply::Mode::kOptional, std::move(input), std::move(inner));
}

std::vector<VariableId> Planning::outerOf(const std::vector<const bind::PatternGraph*>& graphs,
                                          const LogicalOperator& input) {
  VariableSet reads;
  for (const auto* graph : graphs) addPatternReads(*graph, reads);
  return (reads & availableAbove(input)).list();
}

LogicalPtr Planning::planPattern(const std::vector<const bind::PatternGraph*>& graphs,
                                 const std::vector<const bind::BoundMatch*>& hints, LogicalPtr input) {
  const VariableSet bound = availableAbove(*input);
  if (writes(*input)) {  // what is matched must see what was written: row by row, after it
    LogicalPtr inner = planPattern(graphs, hints, argument(outerOf(graphs, *input)));
    return apply(Apply::Mode::kInner, std::move(input), std::move(inner));
  }
  QueryGraph graph = makeQueryGraph(graphs, bound, *this);
  if (graph.nodes.size() > kMostElements || graph.edges.size() > kMostElements) {
    throw Error{ErrorType::kLimitExceeded, Phase::kCompile, "",
                "a pattern may have at most " + std::to_string(kMostElements) + " nodes and relationships"};
  }
  addBoundConditions(graph, *this);
  for (const auto& node : graph.nodes) estimator_.learn(node.variable, node.labels);
  addHints(graph, hints, *this);
  return PatternBuilder{*this, std::move(graph)}.build(std::move(input), bound);
}

LogicalPtr Planning::planFilter(std::vector<ExpressionPtr> predicates, LogicalPtr input) {
  auto filter = std::make_unique<Filter>();
  std::vector<std::pair<const bind::Subquery*, bool>> exists;
  double share = 1;
  for (auto& predicate : predicates) {
    if (isTrue(predicate)) continue;
    bool negated = false;
    const bind::Subquery* subquery = enabled("semi-join") ? asExists(predicate, negated) : nullptr;
    if (subquery) {
      exists.emplace_back(subquery, negated);
    } else {
      share *= estimator_.selectivity(predicate);
      filter->predicates.push_back(std::move(predicate));
    }
  }
  if (!filter->predicates.empty()) {
    std::stable_sort(filter->predicates.begin(), filter->predicates.end(),
                     [](const ExpressionPtr& a, const ExpressionPtr& b) { return expense(a) < expense(b); });
    filter->estimatedRows = input->estimatedRows * share;
    filter->children.push_back(std::move(input));
    input = std::move(filter);
  }
  for (const auto& [subquery, negated] : exists) {
    LogicalPtr inner = planQuery(*subquery->query, argument(subquery->outer));
    input = apply(negated ? Apply::Mode::kAnti : Apply::Mode::kSemi, std::move(input), std::move(inner));
  }
  return input;
}

LogicalPtr Planning::apply(Apply::Mode mode, LogicalPtr left, LogicalPtr right) {
  auto op = std::make_unique<Apply>();
  op->mode = mode;
  VariableSet outer;
  forEachArgument(*right, [&](Argument& argument) { outer.addAll(argument.output); });
  op->outer = outer.list();
  const bool adds = mode == Apply::Mode::kInner || mode == Apply::Mode::kOptional;
  if (adds) op->introduced = (availableAbove(*right) - outer).list();
  const double each = right->estimatedRows;
  switch (mode) {
    case Apply::Mode::kInner:
      op->estimatedRows = left->estimatedRows * each;
      break;
    case Apply::Mode::kOptional:
      op->estimatedRows = left->estimatedRows * std::max(1.0, each);
      break;
    case Apply::Mode::kSemi:
      op->estimatedRows = left->estimatedRows * std::min(0.9, each);
      break;
    case Apply::Mode::kAnti:
      op->estimatedRows = left->estimatedRows * (1 - std::min(0.9, each));
      break;
    case Apply::Mode::kForEach:
      op->estimatedRows = left->estimatedRows;
      break;
  }
  op->children.push_back(std::move(left));
  op->children.push_back(std::move(right));
  return op;
}

}  // namespace plexus::plan
