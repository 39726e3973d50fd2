#include "core/plan/logical/expression.h"

#include <algorithm>

#include "core/function/registry.h"

namespace plexus::plan {

namespace {

using bind::BoundExpression;
using bind::BoundKind;
using Visit = std::function<void(const ExpressionPtr&)>;

void visitLabels(const LabelsPtr& labels, const Visit& visit) {
  if (!labels) return;
  if (labels->dynamic) visit(labels->dynamic);
  for (const auto& operand : labels->operands) visitLabels(operand, visit);
}

void visitCase(const bind::Case& e, const Visit& visit) {
  if (e.subject) visit(e.subject);
  for (const auto& [condition, result] : e.branches) {
    visit(condition);
    visit(result);
  }
  visit(e.otherwise);
}

void visitOptional(const ExpressionPtr& e, const Visit& visit) {
  if (e) visit(e);
}

// Variables that exist only inside of the expression.
void removeLocals(const BoundExpression& e, VariableSet& out) {
  switch (e.kind()) {
    case BoundKind::kCase:
      out.remove(e.as<bind::Case>().subjectVariable);
      break;
    case BoundKind::kListComprehension:
      out.remove(e.as<bind::ListComprehension>().variable);
      break;
    case BoundKind::kQuantifier:
      out.remove(e.as<bind::Quantifier>().variable);
      break;
    case BoundKind::kReduce:
      out.remove(e.as<bind::Reduce>().accumulator);
      out.remove(e.as<bind::Reduce>().variable);
      break;
    default:
      break;
  }
}

}  // namespace

void forEachChild(const BoundExpression& e, const Visit& visit) {
  switch (e.kind()) {
    case BoundKind::kConstant:
    case BoundKind::kParameter:
    case BoundKind::kVariable:
    case BoundKind::kSubquery:
      return;
    case BoundKind::kProperty:
      return visit(e.as<bind::Property>().base);
    case BoundKind::kFunction:
      for (const auto& argument : e.as<bind::Function>().arguments) visit(argument);
      return;
    case BoundKind::kLabelCheck:
      visit(e.as<bind::LabelCheck>().operand);
      return visitLabels(e.as<bind::LabelCheck>().labels, visit);
    case BoundKind::kTypeCheck:
      return visit(e.as<bind::TypeCheck>().operand);
    case BoundKind::kList:
      for (const auto& element : e.as<bind::ListExpression>().elements) visit(element);
      return;
    case BoundKind::kMap:
      for (const auto& entry : e.as<bind::MapExpression>().entries) visitOptional(entry.second, visit);
      return;
    case BoundKind::kCase:
      return visitCase(e.as<bind::Case>(), visit);
    case BoundKind::kListComprehension:
      visit(e.as<bind::ListComprehension>().list);
      visitOptional(e.as<bind::ListComprehension>().predicate, visit);
      return visitOptional(e.as<bind::ListComprehension>().projection, visit);
    case BoundKind::kQuantifier:
      visit(e.as<bind::Quantifier>().list);
      return visitOptional(e.as<bind::Quantifier>().predicate, visit);
    case BoundKind::kReduce:
      visit(e.as<bind::Reduce>().initial);
      visit(e.as<bind::Reduce>().list);
      return visit(e.as<bind::Reduce>().step);
  }
}

void addReads(const ExpressionPtr& e, VariableSet& out) {
  if (!e) return;
  if (e->kind() == BoundKind::kVariable) return out.add(e->as<bind::Variable>().variable);
  if (e->kind() == BoundKind::kSubquery) return out.addAll(e->as<bind::Subquery>().outer);
  VariableSet inner;
  forEachChild(*e, [&](const ExpressionPtr& child) { addReads(child, inner); });
  removeLocals(*e, inner);
  out |= inner;
}

void addReads(const LabelsPtr& labels, VariableSet& out) {
  visitLabels(labels, [&](const ExpressionPtr& e) { addReads(e, out); });
}

VariableSet readsOf(const ExpressionPtr& e) {
  VariableSet out;
  addReads(e, out);
  return out;
}

void forEachSubquery(const ExpressionPtr& e, const std::function<void(const bind::Subquery&)>& visit) {
  if (!e) return;
  if (e->kind() == BoundKind::kSubquery) return visit(e->as<bind::Subquery>());
  forEachChild(*e, [&](const ExpressionPtr& child) { forEachSubquery(child, visit); });
}

bool isDeterministic(const ExpressionPtr& e) {
  if (!e) return true;
  if (e->kind() == BoundKind::kFunction &&
      e->as<bind::Function>().function->volatility == function::Volatility::kVolatile) {
    return false;
  }
  bool result = true;
  forEachChild(*e, [&](const ExpressionPtr& child) { result = result && isDeterministic(child); });
  return result;
}

const bind::Function* asCall(const ExpressionPtr& e, std::string_view name) {
  if (!e || e->kind() != BoundKind::kFunction) return nullptr;
  const auto& call = e->as<bind::Function>();
  return call.function->name == name ? &call : nullptr;
}

VariableId asVariable(const ExpressionPtr& e) {
  return e && e->kind() == BoundKind::kVariable ? e->as<bind::Variable>().variable : bind::kNoVariable;
}

const std::string* asPropertyOf(const ExpressionPtr& e, VariableId variable) {
  if (!e || e->kind() != BoundKind::kProperty || variable == bind::kNoVariable) return nullptr;
  const auto& property = e->as<bind::Property>();
  return asVariable(property.base) == variable ? &property.key : nullptr;
}

std::optional<std::int64_t> asInteger(const ExpressionPtr& e) {
  if (!e || e->kind() != BoundKind::kConstant) return std::nullopt;
  const Value& value = e->as<bind::Constant>().value;
  if (!value.is(ValueKind::kInteger)) return std::nullopt;
  return value.integer();
}

ExpressionPtr makeInteger(std::int64_t value, Span span) {
  auto constant = std::make_shared<bind::Constant>();
  constant->value = Value{value};
  constant->type = Type{TypeKind::kInteger};
  constant->span = span;
  return constant;
}

ExpressionPtr makeVariable(VariableId variable, const Type& type) {
  auto e = std::make_shared<bind::Variable>();
  e->variable = variable;
  e->type = type;
  return e;
}

ExpressionPtr makeLabelCheck(VariableId variable, LabelsPtr labels) {
  auto e = std::make_shared<bind::LabelCheck>();
  e->operand = makeVariable(variable, Type{TypeKind::kNode});
  e->labels = std::move(labels);
  e->type = Type{TypeKind::kBoolean};
  return e;
}

ExpressionPtr makeIsNotNull(VariableId variable, const Type& type) {
  auto e = std::make_shared<bind::Function>();
  e->function = &function::operatorEntry("IS NOT NULL");
  e->arguments.push_back(makeVariable(variable, type));
  e->type = Type{TypeKind::kBoolean};
  return e;
}

LabelsPtr conjunction(const std::vector<LabelsPtr>& labels) {
  std::vector<LabelsPtr> operands;
  for (const auto& l : labels) {
    if (l) operands.push_back(l);
  }
  if (operands.size() < 2) return operands.empty() ? nullptr : operands[0];
  auto all = std::make_shared<bind::BoundLabels>();
  all->kind = bind::BoundLabels::Kind::kAnd;
  all->operands = std::move(operands);
  return all;
}

}  // namespace plexus::plan
