// Leaves, operators and checks.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/function_call.h"
#include "core/bind/ordered_enumeration.h"

namespace plexus::bind {
namespace {

template <typename T>
std::shared_ptr<T> node(const Type& type, Span span) {
  auto expression = std::make_shared<T>();
  expression->type = type;
  expression->span = span;
  return expression;
}

std::string_view operatorName(ast::BinaryOperator op) {
  static constexpr std::array<std::string_view, 15> kNames = {
      "OR", "XOR", "AND", "+", "-", "*", "/", "%", "^", "IN", "STARTS WITH", "ENDS WITH", "CONTAINS", "=~", "||"};
  return kNames.at(static_cast<std::size_t>(op));
}

std::string_view operatorName(ast::ComparisonOperator op) {
  static constexpr std::array<std::string_view, 6> kNames = {"=", "<>", "<", "<=", ">", ">="};
  return kNames.at(static_cast<std::size_t>(op));
}

bool isLogical(ast::BinaryOperator op) {
  return op == ast::BinaryOperator::kAnd || op == ast::BinaryOperator::kOr || op == ast::BinaryOperator::kXor;
}

// What `base.key` can be asked of. The TCK's errors differ: a TypeError for scalars and lists, a SyntaxError for paths.
void requireProperties(const BoundExpression& base, const std::string& key) {
  const Type& type = base.type;
  switch (type.kind()) {
    case TypeKind::kBoolean:
    case TypeKind::kInteger:
    case TypeKind::kFloat:
    case TypeKind::kNumber:
    case TypeKind::kString:
    case TypeKind::kList:
    case TypeKind::kPath:
      break;
    default:
      return;
  }
  throwCompile(type.is(TypeKind::kPath) ? ErrorType::kSyntaxError : ErrorType::kTypeError, "InvalidArgumentType",
               fmt::format("a value of type {} has no property `{}`", type.text(), key), base.span);
}

CheckedType checkedType(const ast::TypeName& name) {
  CheckedType type{name.base, name.notNull, {}, {}};
  for (const auto& argument : name.arguments) type.arguments.push_back(checkedType(argument));
  for (const auto& alternative : name.alternatives) type.alternatives.push_back(checkedType(alternative));
  return type;
}

BoundLabels::Kind boundKind(ast::LabelExpression::Kind kind) {
  using Ast = ast::LabelExpression::Kind;
  switch (kind) {
    case Ast::kName:
      return BoundLabels::Kind::kName;
    case Ast::kAnd:
      return BoundLabels::Kind::kAnd;
    case Ast::kOr:
      return BoundLabels::Kind::kOr;
    case Ast::kNot:
      return BoundLabels::Kind::kNot;
    case Ast::kAny:
      return BoundLabels::Kind::kAny;
    case Ast::kDynamic:
      return BoundLabels::Kind::kDynamic;
  }
  return BoundLabels::Kind::kAny;
}

}  // namespace

void requireType(const BoundExpression& expression, const Type& type, std::string_view what) {
  if (expression.type.mayBe(type)) return;
  throwSyntax("InvalidArgumentType",
              fmt::format("{} must be of type {}, but this is of type {}", what, type.text(), expression.type.text()),
              expression.span);
}

ExpressionPtr constant(Value value, Span span) {
  auto expression = node<Constant>(Type::of(value), span);
  expression->value = std::move(value);
  return expression;
}

ExpressionPtr ExpressionBinder::bind(const ast::Expression& e) {
  using Kind = ast::ExpressionKind;
  switch (e.kind()) {
    case Kind::kLiteral:
      return bindLiteral(e.as<ast::Literal>());
    case Kind::kParameter:
      return bindParameter(e.as<ast::Parameter>());
    case Kind::kVariable:
      return bindVariable(e.as<ast::Variable>());
    case Kind::kProperty:
      return bindProperty(e.as<ast::Property>());
    case Kind::kUnary:
      return bindUnary(e.as<ast::Unary>());
    case Kind::kBinary:
      return bindBinary(e.as<ast::Binary>());
    case Kind::kComparison:
      return bindComparison(e.as<ast::Comparison>());
    case Kind::kNullCheck:
      return bindNullCheck(e.as<ast::NullCheck>());
    case Kind::kLabelCheck:
      return bindLabelCheck(e.as<ast::LabelCheck>());
    case Kind::kTypeCheck:
      return bindTypeCheck(e.as<ast::TypeCheck>());
    case Kind::kCall:
      return bindCall(e.as<ast::Call>());
    case Kind::kList:
      return bindList(e.as<ast::ListExpression>());
    case Kind::kMap:
      return bindMap(e.as<ast::MapExpression>());
    case Kind::kMapProjection:
      return bindMapProjection(e.as<ast::MapProjection>());
    case Kind::kIndex:
      return bindIndex(e.as<ast::Index>());
    case Kind::kSlice:
      return bindSlice(e.as<ast::Slice>());
    case Kind::kCase:
      return bindCase(e.as<ast::Case>());
    case Kind::kListComprehension:
      return bindListComprehension(e.as<ast::ListComprehension>());
    case Kind::kPatternComprehension:
      return bindPatternComprehension(e.as<ast::PatternComprehension>());
    case Kind::kQuantifier:
      return bindQuantifier(e.as<ast::Quantifier>());
    case Kind::kReduce:
      return bindReduce(e.as<ast::Reduce>());
    case Kind::kPattern:
      return bindPatternExpression(e.as<ast::PatternExpression>());
    case Kind::kSubquery:
      return bindSubquery(e.as<ast::Subquery>());
  }
  return constant(Value{}, e.span);
}

ExpressionPtr ExpressionBinder::bindCondition(const ast::Expression& expression) {
  if (expression.kind() != ast::ExpressionKind::kPattern) return bind(expression);
  const auto& pattern = *expression.as<ast::PatternExpression>().pattern;
  if (pattern.selector.kind != ast::PathSelectorKind::kNone) return bind(expression);
  return bindPatternPredicate(pattern, expression.span);
}

ExpressionPtr ExpressionBinder::bindPredicate(const ast::Expression& expression) {
  ExpressionPtr predicate = bindCondition(expression);
  requireType(*predicate, TypeKind::kBoolean, "a condition");
  return predicate;
}

ExpressionPtr ExpressionBinder::bindLiteral(const ast::Literal& literal) {
  return constant(literal.value, literal.span);
}

ExpressionPtr ExpressionBinder::bindParameter(const ast::Parameter& parameter) {
  binding_.useParameter(parameter.name, parameter.span);
  auto expression = node<Parameter>(TypeKind::kAny, parameter.span);
  expression->name = parameter.name;
  return expression;
}

ExpressionPtr ExpressionBinder::bindVariable(const ast::Variable& variable) {
  if (const auto found = scope_.find(variable.name)) return binding_.read(*found, variable.span);
  if (place_ == Place::kConstant) {
    throwSyntax("NonConstantExpression", fmt::format("the number of rows may not depend on `{}`", variable.name),
                variable.span);
  }
  throwUndefined(scope_, variable.name, variable.span);
}

ExpressionPtr ExpressionBinder::bindProperty(const ast::Property& property) {
  auto expression = node<Property>(TypeKind::kAny, property.span);
  expression->base = bind(*property.base);
  expression->key = property.key.text;
  requireProperties(*expression->base, expression->key);
  expression->type = expression->type.enumerated(binding_.enumerationOf(*expression->base, expression->key));
  const Type& base = expression->base->type;
  if (base.is(TypeKind::kNode) || base.is(TypeKind::kRelationship)) binding_.propertyKeys.read.insert(expression->key);
  return expression;
}

ExpressionPtr ExpressionBinder::bindUnary(const ast::Unary& unary) {
  if (unary.op == ast::UnaryOperator::kNot) {
    return callFunction("NOT", {bindCondition(*unary.operand)}, unary.span);
  }
  const bool minus = unary.op == ast::UnaryOperator::kMinus;
  return callFunction(minus ? "u-" : "u+", {bind(*unary.operand)}, unary.span);
}

ExpressionPtr ExpressionBinder::bindBinary(const ast::Binary& binary) {
  const bool logical = isLogical(binary.op);
  ExpressionPtr left = logical ? bindCondition(*binary.left) : bind(*binary.left);
  ExpressionPtr right = logical ? bindCondition(*binary.right) : bind(*binary.right);
  return callFunction(operatorName(binary.op), {std::move(left), std::move(right)}, binary.span);
}

// a < b < c is a < b AND b < c; what stands in the middle is bound once and shared.
ExpressionPtr ExpressionBinder::bindComparison(const ast::Comparison& comparison) {
  std::vector<ExpressionPtr> parts;
  ExpressionPtr left = bind(*comparison.operands.front());
  for (std::size_t i = 0; i < comparison.operators.size(); ++i) {
    ExpressionPtr right = bind(*comparison.operands[i + 1]);
    const Span span{left->span.begin, right->span.end};
    const auto op = operatorName(comparison.operators[i]);
    auto byOrder = compareByEnumeration(op, left, right, span, binding_.warnings);
    parts.push_back(byOrder ? std::move(byOrder) : callFunction(op, {left, right}, span));
    left = std::move(right);
  }
  return joinConditions("AND", parts, comparison.span);
}

ExpressionPtr ExpressionBinder::bindNullCheck(const ast::NullCheck& check) {
  return callFunction(check.negated ? "IS NOT NULL" : "IS NULL", {bind(*check.operand)}, check.span);
}

ExpressionPtr ExpressionBinder::bindLabelCheck(const ast::LabelCheck& check) {
  auto expression = node<LabelCheck>(TypeKind::kBoolean, check.span);
  expression->operand = bind(*check.operand);
  const Type& type = expression->operand->type;
  if (!type.mayBe(TypeKind::kNode) && !type.mayBe(TypeKind::kRelationship)) {
    throwSyntax("InvalidArgumentType", fmt::format("a value of type {} has no labels", type.text()),
                expression->operand->span);
  }
  expression->labels =
      bindLabels(*check.labels, type.is(TypeKind::kRelationship) ? binding_.relTypes : binding_.labels);
  return expression;
}

ExpressionPtr ExpressionBinder::bindTypeCheck(const ast::TypeCheck& check) {
  auto expression = node<TypeCheck>(TypeKind::kBoolean, check.span);
  expression->operand = bind(*check.operand);
  expression->negated = check.negated;
  expression->checked = checkedType(check.type);
  return expression;
}

LabelsPtr ExpressionBinder::bindLabels(const ast::LabelExpression& labels, NamesUsed& used) {
  auto bound = std::make_shared<BoundLabels>();
  bound->kind = boundKind(labels.kind);
  bound->name = labels.name;
  bound->dynamicAny = labels.dynamicAny;
  if (bound->kind == BoundLabels::Kind::kName) used.read.insert(labels.name);
  for (const auto& operand : labels.operands) bound->operands.push_back(bindLabels(*operand, used));
  if (labels.dynamic) bound->dynamic = bind(*labels.dynamic);
  return bound;
}

}  // namespace plexus::bind
