// Lists, maps and what runs over them; CASE.
#include <utility>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/function_call.h"

namespace plexus::bind {
namespace {

template <typename T>
std::shared_ptr<T> node(const Type& type, Span span) {
  auto expression = std::make_shared<T>();
  expression->type = type;
  expression->span = span;
  return expression;
}

std::string_view operatorName(ast::ComparisonOperator op) {
  static constexpr std::string_view kNames[] = {"=", "<>", "<", "<=", ">", ">="};
  return kNames[static_cast<std::size_t>(op)];
}

QuantifierKind boundKind(ast::QuantifierKind kind) {
  switch (kind) {
    case ast::QuantifierKind::kAll:
      return QuantifierKind::kAll;
    case ast::QuantifierKind::kAny:
      return QuantifierKind::kAny;
    case ast::QuantifierKind::kNone:
      return QuantifierKind::kNone;
    case ast::QuantifierKind::kSingle:
      return QuantifierKind::kSingle;
  }
  return QuantifierKind::kAll;
}

// CASE WHEN value IS NULL THEN null ELSE otherwise END.
ExpressionPtr nullIfNull(const ExpressionPtr& value, ExpressionPtr otherwise, Span span) {
  auto choice = node<Case>(otherwise->type, span);
  choice->branches.emplace_back(callFunction("IS NULL", {value}, span), constant(Value{}, span));
  choice->otherwise = std::move(otherwise);
  return choice;
}

}  // namespace

Type elementType(const BoundExpression& list, std::string_view what) {
  if (list.type.is(TypeKind::kList)) return list.type.element();
  requireType(list, Type::list(TypeKind::kAny), what);
  return TypeKind::kAny;
}

ExpressionPtr ExpressionBinder::bindList(const ast::ListExpression& list) {
  auto expression = node<ListExpression>(TypeKind::kList, list.span);
  Type element{TypeKind::kNull};
  for (const auto& item : list.elements) {
    expression->elements.push_back(bind(*item));
    element = element.common(expression->elements.back()->type);
  }
  expression->type = Type::list(element);
  return expression;
}

ExpressionPtr ExpressionBinder::bindMap(const ast::MapExpression& map) {
  auto expression = node<MapExpression>(TypeKind::kMap, map.span);
  for (const auto& [key, value] : map.entries) {
    expression->entries.emplace_back(key.text, bind(*value));
    expression->isAll.push_back(false);
  }
  return expression;
}

ExpressionPtr ExpressionBinder::bindMapProjection(const ast::MapProjection& projection) {
  using Kind = ast::MapProjection::Item::Kind;
  const auto base = scope_.find(projection.variable.text);
  if (!base) throwUndefined(scope_, projection.variable.text, projection.variable.span);
  const ExpressionPtr subject = binding_.read(*base, projection.variable.span);
  auto expression = node<MapExpression>(TypeKind::kMap, projection.span);
  const auto add = [&](std::string key, ExpressionPtr value, bool all) {
    expression->entries.emplace_back(std::move(key), std::move(value));
    expression->isAll.push_back(all);
  };
  for (const auto& item : projection.items) {
    if (item.kind == Kind::kAllProperties) {
      add("", subject, true);
    } else if (item.kind == Kind::kEntry) {
      add(item.key.text, bind(*item.value), false);
    } else if (item.kind == Kind::kVariable) {
      const auto found = scope_.find(item.key.text);
      if (!found) throwUndefined(scope_, item.key.text, item.key.span);
      add(item.key.text, binding_.read(*found, item.key.span), false);
    } else {
      const Enumeration values = binding_.enumerationOf(*subject, item.key.text);
      auto property = node<Property>(Type{}.enumerated(values), item.key.span);
      property->base = subject;
      property->key = item.key.text;
      add(item.key.text, std::move(property), false);
    }
  }
  for (const TypeKind wanted : {TypeKind::kMap, TypeKind::kNode, TypeKind::kRelationship}) {
    if (subject->type.mayBe(wanted)) return nullIfNull(subject, std::move(expression), projection.span);
  }
  throwSyntax("InvalidArgumentType", fmt::format("a value of type {} has no properties", subject->type.text()),
              subject->span);
}

ExpressionPtr ExpressionBinder::bindIndex(const ast::Index& index) {
  ExpressionPtr base = bind(*index.base), key = bind(*index.index);
  const bool isName = key->kind() == BoundKind::kConstant && key->as<Constant>().value.is(ValueKind::kString);
  const Enumeration values =
      isName ? binding_.enumerationOf(*base, key->as<Constant>().value.string()) : base->type.element().enumeration();
  auto element = std::make_shared<Function>(callFunction("[]", {base, key}, index.span)->as<Function>());
  element->type = element->type.enumerated(values);
  return element;
}

ExpressionPtr ExpressionBinder::bindSlice(const ast::Slice& slice) {
  ExpressionPtr base = bind(*slice.base);
  // What is left out is not null: list[1..null] is null.
  if (!slice.from && !slice.to) return callFunction("[from..]", {base, constant(Value{0}, slice.span)}, slice.span);
  if (!slice.to) return callFunction("[from..]", {base, bind(*slice.from)}, slice.span);
  if (!slice.from) return callFunction("[..to]", {base, bind(*slice.to)}, slice.span);
  ExpressionPtr from = bind(*slice.from);
  return callFunction("[..]", {base, from, bind(*slice.to)}, slice.span);
}

ExpressionPtr ExpressionBinder::bindCase(const ast::Case& choice) {
  auto expression = node<Case>(TypeKind::kNull, choice.span);
  ExpressionPtr subject;
  if (choice.subject) {
    expression->subject = bind(*choice.subject);
    expression->subjectVariable = binding_.newAnonymous("case", expression->subject->type);
    subject = binding_.read(expression->subjectVariable, choice.subject->span);
  }
  const auto bindTest = [&](const ast::Case::Test& test) {
    if (!subject) return bindPredicate(*test.value);
    const auto op = test.comparison.value_or(ast::ComparisonOperator::kEqual);
    return callFunction(operatorName(op), {subject, bind(*test.value)}, test.value->span);
  };
  for (const auto& branch : choice.branches) {
    std::vector<ExpressionPtr> tests;
    for (const auto& test : branch.tests) tests.push_back(bindTest(test));
    ExpressionPtr result = bind(*branch.result);
    expression->type = expression->type.common(result->type);
    expression->branches.emplace_back(joinConditions("OR", tests, choice.span), std::move(result));
  }
  expression->otherwise = choice.otherwise ? bind(*choice.otherwise) : constant(Value{}, choice.span);
  expression->type = expression->type.common(expression->otherwise->type);
  return expression;
}

ExpressionPtr ExpressionBinder::bindListComprehension(const ast::ListComprehension& comprehension) {
  auto expression = node<ListComprehension>(TypeKind::kList, comprehension.span);
  expression->list = bind(*comprehension.list);
  const Type element = elementType(*expression->list, "what is iterated over");
  expression->variable = binding_.newVariable(comprehension.variable.text, element);
  Scope scope{&scope_};
  scope.declare(comprehension.variable.text, expression->variable);
  ExpressionBinder body = inner(scope);
  if (comprehension.predicate) expression->predicate = body.bindPredicate(*comprehension.predicate);
  if (comprehension.projection) expression->projection = body.bind(*comprehension.projection);
  expression->type = Type::list(expression->projection ? expression->projection->type : element);
  return expression;
}

ExpressionPtr ExpressionBinder::bindQuantifier(const ast::Quantifier& quantifier) {
  auto expression = node<Quantifier>(TypeKind::kBoolean, quantifier.span);
  expression->quantifier = boundKind(quantifier.quantifier);
  expression->list = bind(*quantifier.list);
  const Type element = elementType(*expression->list, "what is iterated over");
  expression->variable = binding_.newVariable(quantifier.variable.text, element);
  Scope scope{&scope_};
  scope.declare(quantifier.variable.text, expression->variable);
  if (quantifier.predicate) {
    expression->predicate = inner(scope).bindPredicate(*quantifier.predicate);
  } else {
    expression->predicate = binding_.read(expression->variable, quantifier.variable.span);
    requireType(*expression->predicate, TypeKind::kBoolean, "a condition");
  }
  return expression;
}

// The accumulator's type is not known: a step may change it.
ExpressionPtr ExpressionBinder::bindReduce(const ast::Reduce& reduce) {
  auto expression = node<Reduce>(TypeKind::kAny, reduce.span);
  expression->initial = bind(*reduce.initial);
  expression->list = bind(*reduce.list);
  const Type element = elementType(*expression->list, "what is iterated over");
  expression->accumulator = binding_.newVariable(reduce.accumulator.text, TypeKind::kAny);
  expression->variable = binding_.newVariable(reduce.variable.text, element);
  Scope scope{&scope_};
  scope.declare(reduce.accumulator.text, expression->accumulator);
  scope.declare(reduce.variable.text, expression->variable);
  expression->step = inner(scope).bind(*reduce.step);
  return expression;
}

}  // namespace plexus::bind
