// Conditions of a pattern: property maps, inline WHEREs, the clause's WHERE.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/function_call.h"
#include "core/bind/pattern_binder.h"
#include "core/bind/rewrite.h"
#include "core/function/registry.h"

namespace plexus::bind {
namespace {

bool isConjunction(const BoundExpression& expression) {
  static const function::FunctionEntry* const kAnd = &function::operatorEntry("AND");
  return expression.kind() == BoundKind::kFunction && expression.as<Function>().function == kAnd;
}

// The variables by which a condition can speak of the path itself: its own, and those of all between its ends.
std::vector<VariableId> pathVariables(const PatternGraph& graph, const ShortestPath& shortest) {
  using Kind = PatternPath::Step::Kind;
  const auto& steps = shortest.path.steps;
  std::vector<VariableId> variables{shortest.path.variable};
  for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
    const std::size_t index = steps[i].index;
    if (steps[i].kind == Kind::kNode) variables.push_back(graph.nodes[index].variable);
    if (steps[i].kind == Kind::kRelationship) variables.push_back(graph.relationships[index].variable);
    if (steps[i].kind != Kind::kQuantified) continue;
    for (const auto& [inner, group] : graph.quantified[index].groups) variables.push_back(group);
  }
  return variables;
}

bool readsAny(const BoundExpression& expression, const std::vector<VariableId>& variables) {
  const auto read = freeVariables(expression);
  return std::any_of(read.begin(), read.end(), [&](VariableId variable) {
    return std::find(variables.begin(), variables.end(), variable) != variables.end();
  });
}

bool isCallOf(const BoundExpression& expression, std::string_view name) {
  return expression.kind() == BoundKind::kFunction && expression.as<Function>().function->name == name;
}

bool isVariable(const BoundExpression& expression, VariableId variable) {
  return expression.kind() == BoundKind::kVariable && expression.as<Variable>().variable == variable;
}

// all(x IN nodes(path) WHERE ...), none(...) or NOT any(...); likewise of relationships(path), or of the list that a
// relationship of variable length is. Null for other conditions.
const Quantifier* universal(const BoundExpression& predicate, VariableId path, VariableId list, bool& ofNodes) {
  const bool negated = isCallOf(predicate, "NOT");
  const BoundExpression& inner = negated ? *predicate.as<Function>().arguments.front() : predicate;
  if (inner.kind() != BoundKind::kQuantifier) return nullptr;
  const auto& quantifier = inner.as<Quantifier>();
  const QuantifierKind kind = quantifier.quantifier;
  const bool plain = kind == QuantifierKind::kAll || kind == QuantifierKind::kNone;
  if (!(negated ? kind == QuantifierKind::kAny : plain) || !quantifier.predicate) return nullptr;
  const BoundExpression& elements = *quantifier.list;
  ofNodes = isCallOf(elements, "nodes");
  const bool ofCall = ofNodes || isCallOf(elements, "relationships");
  const bool ofPath = ofCall && isVariable(*elements.as<Function>().arguments.front(), path);
  return ofPath || isVariable(elements, list) ? &quantifier : nullptr;
}

}  // namespace

void requireNoParameter(const ast::Expression* properties) {
  if (properties == nullptr || properties->kind() != ast::ExpressionKind::kParameter) return;
  throwSyntax("InvalidParameterUse", "a parameter cannot stand for the properties of a pattern that is looked for",
              properties->span, "name the properties: `{key: $parameter.key}`");
}

void splitConjunction(const ExpressionPtr& condition, std::vector<ExpressionPtr>& conjuncts) {
  if (!isConjunction(*condition)) return conjuncts.push_back(condition);
  for (const auto& operand : condition->as<Function>().arguments) splitConjunction(operand, conjuncts);
}

void PatternBinder::addPropertyConditions(const ast::Expression& map, VariableId variable, const Scope& scope,
                                          std::vector<ExpressionPtr>& predicates) {
  requireNoParameter(&map);
  ExpressionBinder binder{binding_, scope};
  for (const auto& [key, value] : map.as<ast::MapExpression>().entries) {
    auto property = std::make_shared<Property>();
    property->base = binding_.read(variable, key.span);
    property->key = key.text;
    property->span = key.span;
    binding_.propertyKeys.read.insert(key.text);
    const Span span{key.span.begin, value->span.end};
    predicates.push_back(callFunction("=", {std::move(property), binder.bind(*value)}, span));
  }
}

void PatternBinder::addPredicate(const ast::Expression& where, const Scope& scope,
                                 std::vector<ExpressionPtr>& predicates) {
  splitConjunction(ExpressionBinder{binding_, scope}.bindPredicate(where), predicates);
}

// Inside a variable-length relationship its name stands for each single relationship.
void PatternBinder::bindRelationshipConditions(const RelationshipConditions& conditions) {
  const ast::RelationshipPattern& source = *conditions.source;
  PatternRelationship& relationship = graph_.relationships[conditions.relationship];
  const bool single = !relationship.length;
  Scope scope{&scope_};
  if (!single && source.variable) scope.declare(source.variable->text, relationship.stepVariable);
  const VariableId variable = single ? relationship.variable : relationship.stepVariable;
  std::vector<ExpressionPtr>& predicates = single ? predicatesWithin(conditions.shortest) : relationship.stepPredicates;
  if (source.properties) addPropertyConditions(*source.properties, variable, scope, predicates);
  if (source.where) addPredicate(*source.where, scope, predicates);
}

void PatternBinder::bindConditions(const ast::Expression* where) {
  requireOwnNodes();
  for (const auto& [node, variable, shortest] : nodeConditions_) {
    auto& predicates = predicatesWithin(shortest);
    if (node->properties) addPropertyConditions(*node->properties, variable, scope_, predicates);
    if (node->where) addPredicate(*node->where, scope_, predicates);
  }
  for (const auto& conditions : relationshipConditions_) bindRelationshipConditions(conditions);
  for (const auto& [part, shortest] : wheres_) addPredicate(*part, scope_, predicatesWithin(shortest));
  moveOutOfShortest();
  if (where != nullptr) addPredicate(*where, scope_, graph_.predicates);
  moveIntoShortest();
  for (auto& shortest : graph_.shortest) spreadOverSteps(shortest);
}

std::vector<ExpressionPtr>& PatternBinder::predicatesWithin(std::optional<std::size_t> shortest) {
  return shortest ? graph_.shortest[*shortest].predicates : graph_.predicates;
}

// What concerns nothing but the ends leaves or takes all paths between them: the planner may choose the ends by it.
void PatternBinder::moveOutOfShortest() {
  for (auto& shortest : graph_.shortest) {
    const auto variables = pathVariables(graph_, shortest);
    const auto leaves = std::stable_partition(shortest.predicates.begin(), shortest.predicates.end(),
                                              [&](const ExpressionPtr& p) { return readsAny(*p, variables); });
    graph_.predicates.insert(graph_.predicates.end(), leaves, shortest.predicates.end());
    shortest.predicates.erase(leaves, shortest.predicates.end());
  }
}

// What is asked of all nodes or relationships of a path over one relationship pattern is asked of each step: a search
// can go by that.
void PatternBinder::spreadOverSteps(ShortestPath& shortest) {
  const auto& steps = shortest.path.steps;
  if (steps.size() != 3 || steps[1].kind != Step::Kind::kRelationship) return;
  PatternRelationship& relationship = graph_.relationships[steps[1].index];
  if (!relationship.length || relationship.bound) return;
  std::erase_if(shortest.predicates, [&](const ExpressionPtr& predicate) { return spread(predicate, shortest); });
}

bool PatternBinder::spread(const ExpressionPtr& predicate, const ShortestPath& shortest) {
  PatternRelationship& relationship = graph_.relationships[shortest.path.steps[1].index];
  bool ofNodes = false;
  const Quantifier* quantifier = universal(*predicate, shortest.path.variable, relationship.variable, ofNodes);
  if (quantifier == nullptr || isVolatile(*quantifier->predicate)) return false;
  if (readsAny(*quantifier->predicate, {shortest.path.variable, relationship.variable})) return false;
  const Span span = predicate->span;
  // The same condition, on a few elements.
  const auto on = [&](std::vector<ExpressionPtr> elements) {
    auto list = std::make_shared<ListExpression>();
    list->type = quantifier->list->type;
    list->span = span;
    list->elements = std::move(elements);
    return substitute(predicate, [&](const BoundExpression& e) -> ExpressionPtr {
      return &e == quantifier->list.get() ? list : nullptr;
    });
  };
  if (relationship.stepVariable == kNoVariable) {
    relationship.stepVariable = binding_.newAnonymous("step", TypeKind::kRelationship);
  }
  const ExpressionPtr step = binding_.read(relationship.stepVariable, span);
  if (!ofNodes) {
    relationship.stepPredicates.push_back(on({step}));
    return true;
  }
  relationship.stepPredicates.push_back(
      on({callFunction("startNode", {step}, span), callFunction("endNode", {step}, span)}));
  for (const std::size_t node : {shortest.path.steps.front().index, shortest.path.steps.back().index}) {
    graph_.predicates.push_back(on({binding_.read(graph_.nodes[node].variable, span)}));
  }
  return true;
}

// shortestPath() finds the shortest path for which WHERE holds, so conditions on the path belong to the search. A
// selector (SHORTEST 1 ...) chooses first.
void PatternBinder::moveIntoShortest() {
  for (auto& shortest : graph_.shortest) {
    if (shortest.kind != ast::PathSelectorKind::kShortestPathFunction &&
        shortest.kind != ast::PathSelectorKind::kAllShortestPathsFunction) {
      continue;
    }
    const auto variables = pathVariables(graph_, shortest);
    const auto stays = std::stable_partition(graph_.predicates.begin(), graph_.predicates.end(),
                                             [&](const ExpressionPtr& p) { return !readsAny(*p, variables); });
    shortest.predicates.insert(shortest.predicates.end(), stays, graph_.predicates.end());
    graph_.predicates.erase(stays, graph_.predicates.end());
  }
}

}  // namespace plexus::bind
