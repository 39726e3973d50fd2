#include "core/bind/rewrite.h"

#include <algorithm>
#include <utility>

namespace plexus::bind {
namespace {

using Map = std::function<ExpressionPtr(const ExpressionPtr&)>;

// A copy of the node whose operands went through `map`, or the node itself if none of them changed.
template <typename T, typename EachOperand>
ExpressionPtr rebuilt(const ExpressionPtr& expression, const Map& map, EachOperand eachOperand) {
  auto copy = std::make_shared<T>(expression->as<T>());
  bool changed = false;
  eachOperand(*copy, [&](ExpressionPtr& operand) {
    if (!operand) return;
    ExpressionPtr mapped = map(operand);
    changed = changed || mapped != operand;
    operand = std::move(mapped);
  });
  return changed ? ExpressionPtr{std::move(copy)} : expression;
}

LabelsPtr mapLabels(const LabelsPtr& labels, const Map& map) {
  if (!labels) return labels;
  auto copy = std::make_shared<BoundLabels>(*labels);
  if (copy->dynamic) copy->dynamic = map(copy->dynamic);
  for (auto& operand : copy->operands) operand = mapLabels(operand, map);
  return copy;
}

void visitLabels(const BoundLabels& labels, const std::function<void(const ExpressionPtr&)>& visit) {
  if (labels.dynamic) visit(labels.dynamic);
  for (const auto& operand : labels.operands) visitLabels(*operand, visit);
}

bool hasDynamic(const BoundLabels& labels) {
  bool found = false;
  visitLabels(labels, [&](const ExpressionPtr&) { found = true; });
  return found;
}

// The operands of each kind, in one place for visiting and rebuilding: `f` is called with every ExpressionPtr member.
template <typename F>
void operandsOf(Property& e, F f) {
  f(e.base);
}
template <typename F>
void operandsOf(Function& e, F f) {
  for (auto& argument : e.arguments) f(argument);
}
template <typename F>
void operandsOf(LabelCheck& e, F f) {
  f(e.operand);
}
template <typename F>
void operandsOf(TypeCheck& e, F f) {
  f(e.operand);
}
template <typename F>
void operandsOf(ListExpression& e, F f) {
  for (auto& element : e.elements) f(element);
}
template <typename F>
void operandsOf(MapExpression& e, F f) {
  for (auto& [name, value] : e.entries) f(value);
}
template <typename F>
void operandsOf(Case& e, F f) {
  f(e.subject);
  for (auto& [condition, result] : e.branches) f(condition), f(result);
  f(e.otherwise);
}
template <typename F>
void operandsOf(ListComprehension& e, F f) {
  f(e.list), f(e.predicate), f(e.projection);
}
template <typename F>
void operandsOf(Quantifier& e, F f) {
  f(e.list), f(e.predicate);
}
template <typename F>
void operandsOf(Reduce& e, F f) {
  f(e.initial), f(e.list), f(e.step);
}

template <typename T>
ExpressionPtr mapOperandsOf(const ExpressionPtr& expression, const Map& map) {
  return rebuilt<T>(expression, map, [](T& copy, auto visit) { operandsOf(copy, visit); });
}

ExpressionPtr mapLabelCheck(const ExpressionPtr& expression, const Map& map) {
  const auto& check = expression->as<LabelCheck>();
  if (!check.labels || !hasDynamic(*check.labels)) return mapOperandsOf<LabelCheck>(expression, map);
  auto copy = std::make_shared<LabelCheck>(check);
  copy->operand = map(copy->operand);
  copy->labels = mapLabels(copy->labels, map);
  return copy;
}

ExpressionPtr mapOperands(const ExpressionPtr& expression, const Map& map) {
  switch (expression->kind()) {
    case BoundKind::kConstant:
    case BoundKind::kParameter:
    case BoundKind::kVariable:
    case BoundKind::kSubquery:
      return expression;
    case BoundKind::kProperty:
      return mapOperandsOf<Property>(expression, map);
    case BoundKind::kFunction:
      return mapOperandsOf<Function>(expression, map);
    case BoundKind::kLabelCheck:
      return mapLabelCheck(expression, map);
    case BoundKind::kTypeCheck:
      return mapOperandsOf<TypeCheck>(expression, map);
    case BoundKind::kList:
      return mapOperandsOf<ListExpression>(expression, map);
    case BoundKind::kMap:
      return mapOperandsOf<MapExpression>(expression, map);
    case BoundKind::kCase:
      return mapOperandsOf<Case>(expression, map);
    case BoundKind::kListComprehension:
      return mapOperandsOf<ListComprehension>(expression, map);
    case BoundKind::kQuantifier:
      return mapOperandsOf<Quantifier>(expression, map);
    case BoundKind::kReduce:
      return mapOperandsOf<Reduce>(expression, map);
  }
  return expression;
}

// The variables that the node itself binds for some of its operands.
std::vector<VariableId> boundBy(const BoundExpression& expression) {
  switch (expression.kind()) {
    case BoundKind::kCase:
      return {expression.as<Case>().subjectVariable};
    case BoundKind::kListComprehension:
      return {expression.as<ListComprehension>().variable};
    case BoundKind::kQuantifier:
      return {expression.as<Quantifier>().variable};
    case BoundKind::kReduce:
      return {expression.as<Reduce>().accumulator, expression.as<Reduce>().variable};
    default:
      return {};
  }
}

// Ids are unique in a statement, so what is bound somewhere in the expression is never free elsewhere in it.
void visitFree(const BoundExpression& expression, std::vector<VariableId>& bound,
               const std::function<void(VariableId, Span)>& visit) {
  const auto report = [&](VariableId variable) {
    if (std::find(bound.begin(), bound.end(), variable) == bound.end()) visit(variable, expression.span);
  };
  if (expression.kind() == BoundKind::kVariable) return report(expression.as<Variable>().variable);
  if (expression.kind() == BoundKind::kSubquery) {
    for (const VariableId variable : expression.as<Subquery>().outer) report(variable);
    return;
  }
  for (const VariableId variable : boundBy(expression)) bound.push_back(variable);
  forEachOperand(expression, [&](const ExpressionPtr& operand) { visitFree(*operand, bound, visit); });
}

}  // namespace

void forEachOperand(const BoundExpression& expression, const std::function<void(const ExpressionPtr&)>& visit) {
  switch (expression.kind()) {
    case BoundKind::kConstant:
    case BoundKind::kParameter:
    case BoundKind::kVariable:
    case BoundKind::kSubquery:
      return;
    case BoundKind::kProperty:
      return visit(expression.as<Property>().base);
    case BoundKind::kFunction:
      for (const auto& argument : expression.as<Function>().arguments) visit(argument);
      return;
    case BoundKind::kLabelCheck:
      visit(expression.as<LabelCheck>().operand);
      if (expression.as<LabelCheck>().labels) visitLabels(*expression.as<LabelCheck>().labels, visit);
      return;
    case BoundKind::kTypeCheck:
      return visit(expression.as<TypeCheck>().operand);
    case BoundKind::kList:
      for (const auto& element : expression.as<ListExpression>().elements) visit(element);
      return;
    case BoundKind::kMap:
      for (const auto& [name, value] : expression.as<MapExpression>().entries) visit(value);
      return;
    case BoundKind::kCase: {
      const auto& choice = expression.as<Case>();
      if (choice.subject) visit(choice.subject);
      for (const auto& [condition, result] : choice.branches) visit(condition), visit(result);
      return visit(choice.otherwise);
    }
    case BoundKind::kListComprehension: {
      const auto& comprehension = expression.as<ListComprehension>();
      visit(comprehension.list);
      if (comprehension.predicate) visit(comprehension.predicate);
      if (comprehension.projection) visit(comprehension.projection);
      return;
    }
    case BoundKind::kQuantifier:
      visit(expression.as<Quantifier>().list);
      return visit(expression.as<Quantifier>().predicate);
    case BoundKind::kReduce:
      visit(expression.as<Reduce>().initial);
      visit(expression.as<Reduce>().list);
      return visit(expression.as<Reduce>().step);
  }
}

void forEachFreeVariable(const BoundExpression& expression, const std::function<void(VariableId, Span)>& visit) {
  std::vector<VariableId> bound;
  visitFree(expression, bound, visit);
}

std::vector<VariableId> freeVariables(const BoundExpression& expression) {
  std::vector<VariableId> found;
  forEachFreeVariable(expression, [&](VariableId variable, Span) {
    if (std::find(found.begin(), found.end(), variable) == found.end()) found.push_back(variable);
  });
  return found;
}

ExpressionPtr substitute(const ExpressionPtr& expression,
                         const std::function<ExpressionPtr(const BoundExpression&)>& replace) {
  if (ExpressionPtr replaced = replace(*expression)) return replaced;
  return mapOperands(expression, [&](const ExpressionPtr& operand) { return substitute(operand, replace); });
}

}  // namespace plexus::bind
