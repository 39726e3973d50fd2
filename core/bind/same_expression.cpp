// Structural equality of bound expressions, up to the names of the variables they bind themselves.
#include <algorithm>
#include <utility>
#include <vector>

#include "core/bind/rewrite.h"
#include "core/value/compare.h"

namespace plexus::bind {
namespace {

class Comparison {
 public:
  explicit Comparison(std::string_view text) : text_{text} {}

  bool same(const BoundExpression& a, const BoundExpression& b) {
    return a.kind() == b.kind() && sameHead(a, b) && sameOperands(a, b);
  }

 private:
  // What is not an operand: values, names, functions. Pairs up the variables that the two nodes bind.
  bool sameHead(const BoundExpression& a, const BoundExpression& b);
  bool sameOperands(const BoundExpression& a, const BoundExpression& b);
  bool sameVariable(VariableId a, VariableId b) const;
  bool sameSubquery(const Subquery& a, const Subquery& b) const;
  bool pair(VariableId a, VariableId b) {
    pairs_.emplace_back(a, b);
    return true;
  }

  std::string_view text_;
  std::vector<std::pair<VariableId, VariableId>> pairs_;
};

bool sameLabels(const LabelsPtr& a, const LabelsPtr& b) {
  if (!a || !b) return a == b;
  return a->kind == b->kind && a->name == b->name && a->dynamicAny == b->dynamicAny &&
         std::equal(a->operands.begin(), a->operands.end(), b->operands.begin(), b->operands.end(), sameLabels);
}

bool sameType(const CheckedType& a, const CheckedType& b) {
  const auto all = [](const auto& x, const auto& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), sameType);
  };
  return a.base == b.base && a.notNull == b.notNull && all(a.arguments, b.arguments) &&
         all(a.alternatives, b.alternatives);
}

// Identity, not Cypher's `=`: null is null, and 1 is not 1.0.
bool sameValue(const Value& a, const Value& b) { return a.kind() == b.kind() && equivalent(a, b); }

bool sameKeys(const MapExpression& a, const MapExpression& b) {
  return a.isAll == b.isAll && std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(),
                                          [](const auto& x, const auto& y) { return x.first == y.first; });
}

bool Comparison::sameVariable(VariableId a, VariableId b) const {
  for (const auto& [left, right] : pairs_) {
    if (left == a || right == b) return left == a && right == b;
  }
  return a == b;
}

bool Comparison::sameSubquery(const Subquery& a, const Subquery& b) const {
  const auto source = [this](Span span) { return text_.substr(span.begin, span.end - span.begin); };
  return a.subquery == b.subquery && source(a.span) == source(b.span) &&
         std::equal(a.outer.begin(), a.outer.end(), b.outer.begin(), b.outer.end(),
                    [this](VariableId x, VariableId y) { return sameVariable(x, y); });
}

bool Comparison::sameHead(const BoundExpression& a, const BoundExpression& b) {
  switch (a.kind()) {
    case BoundKind::kConstant:
      return sameValue(a.as<Constant>().value, b.as<Constant>().value);
    case BoundKind::kParameter:
      return a.as<Parameter>().name == b.as<Parameter>().name;
    case BoundKind::kVariable:
      return sameVariable(a.as<Variable>().variable, b.as<Variable>().variable);
    case BoundKind::kProperty:
      return a.as<Property>().key == b.as<Property>().key;
    case BoundKind::kFunction:
      return a.as<Function>().function == b.as<Function>().function;
    case BoundKind::kLabelCheck:
      return sameLabels(a.as<LabelCheck>().labels, b.as<LabelCheck>().labels);
    case BoundKind::kTypeCheck:
      return a.as<TypeCheck>().negated == b.as<TypeCheck>().negated &&
             sameType(a.as<TypeCheck>().checked, b.as<TypeCheck>().checked);
    case BoundKind::kList:
      return true;
    case BoundKind::kMap:
      return sameKeys(a.as<MapExpression>(), b.as<MapExpression>());
    case BoundKind::kCase:
      return (a.as<Case>().subject == nullptr) == (b.as<Case>().subject == nullptr) &&
             pair(a.as<Case>().subjectVariable, b.as<Case>().subjectVariable);
    case BoundKind::kListComprehension:
      return !a.as<ListComprehension>().predicate == !b.as<ListComprehension>().predicate &&
             pair(a.as<ListComprehension>().variable, b.as<ListComprehension>().variable);
    case BoundKind::kQuantifier:
      return a.as<Quantifier>().quantifier == b.as<Quantifier>().quantifier &&
             pair(a.as<Quantifier>().variable, b.as<Quantifier>().variable);
    case BoundKind::kReduce:
      return pair(a.as<Reduce>().accumulator, b.as<Reduce>().accumulator) &&
             pair(a.as<Reduce>().variable, b.as<Reduce>().variable);
    case BoundKind::kSubquery:
      return sameSubquery(a.as<Subquery>(), b.as<Subquery>());
  }
  return false;
}

bool Comparison::sameOperands(const BoundExpression& a, const BoundExpression& b) {
  std::vector<const BoundExpression*> left, right;
  forEachOperand(a, [&](const ExpressionPtr& operand) { left.push_back(operand.get()); });
  forEachOperand(b, [&](const ExpressionPtr& operand) { right.push_back(operand.get()); });
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [this](const BoundExpression* x, const BoundExpression* y) { return same(*x, *y); });
}

}  // namespace

bool sameExpression(const BoundExpression& a, const BoundExpression& b, std::string_view text) {
  return Comparison{text}.same(a, b);
}

}  // namespace plexus::bind
