// Calls of functions and aggregates.
#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/nearest_name.h"
#include "core/bind/expression_binder.h"
#include "core/bind/function_call.h"
#include "core/bind/ordered_enumeration.h"
#include "core/bind/rewrite.h"
#include "core/function/registry.h"

namespace plexus::bind {
namespace {

std::vector<Type> typesOf(const std::vector<ExpressionPtr>& arguments) {
  std::vector<Type> types;
  types.reserve(arguments.size());
  for (const auto& argument : arguments) types.push_back(argument->type);
  return types;
}

// "`left` takes (text :: STRING, length :: INTEGER) :: STRING": the hint of all errors about arguments.
template <typename Entry>
std::string signatureHint(const Entry& entry) {
  return fmt::format("it is {}", fmt::join(function::signatureTexts(entry), " or "));
}

template <typename Entry>
void requireCount(const Entry& entry, std::size_t count, Span span) {
  if (function::takes(entry.signature, count)) return;
  throwSyntax("InvalidNumberOfArguments", fmt::format("`{}` does not take {} arguments", entry.name, count), span,
              signatureHint(entry));
}

[[noreturn]] void throwArgumentTypes(const function::FunctionEntry& entry, const std::vector<ExpressionPtr>& arguments,
                                     Span span) {
  std::vector<std::string> types;
  types.reserve(arguments.size());
  for (const auto& argument : arguments) types.push_back(argument->type.text());
  throwSyntax("InvalidArgumentType",
              fmt::format("`{}` cannot be used with values of type {}", entry.name, fmt::join(types, " and ")), span,
              entry.isOperator() ? "" : signatureHint(entry));
}

[[noreturn]] void throwUnknownFunction(std::string_view name, Span span) {
  std::string hint = libraryHint(name, "SHOW FUNCTIONS");
  if (hint.empty()) hint = didYouMean(name, function::functionNames());
  if (hint.empty()) hint = "SHOW FUNCTIONS lists them";
  throwSyntax("UnknownFunction", fmt::format("there is no function `{}`", name), span, std::move(hint));
}

bool isName(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                    [](unsigned char x, unsigned char y) { return (x >= 'A' && x <= 'Z' ? x - 'A' + 'a' : x) == y; });
}

}  // namespace

std::string libraryHint(std::string_view name, std::string_view command) {
  for (const auto& [prefix, library] : {std::pair{"apoc.", "APOC"}, {"gds.", "the Graph Data Science library"}}) {
    if (name.starts_with(prefix)) return fmt::format("{} is not part of Plexus; {} lists what is", library, command);
  }
  return "";
}

ExpressionPtr callFunction(std::string_view name, std::vector<ExpressionPtr> arguments, Span span) {
  const function::FunctionEntry* entry = function::findFunction(name);
  if (entry == nullptr) entry = &function::operatorEntry(name);
  requireCount(*entry, arguments.size(), span);
  const auto type = function::resultType(*entry, typesOf(arguments));
  if (!type) throwArgumentTypes(*entry, arguments, span);
  auto expression = std::make_shared<Function>();
  expression->type = *type;
  expression->span = span;
  expression->function = entry;
  expression->arguments = std::move(arguments);
  return expression;
}

ExpressionPtr joinConditions(std::string_view name, std::span<const ExpressionPtr> conditions, Span span) {
  if (conditions.size() == 1) return conditions.front();
  const std::size_t half = conditions.size() / 2;
  return callFunction(
      name, {joinConditions(name, conditions.first(half), span), joinConditions(name, conditions.subspan(half), span)},
      span);
}

bool isVolatile(const BoundExpression& expression) {
  bool found = expression.kind() == BoundKind::kFunction &&
               expression.as<Function>().function->volatility == function::Volatility::kVolatile;
  forEachOperand(expression, [&](const ExpressionPtr& operand) { found = found || isVolatile(*operand); });
  return found;
}

VariableId AggregateSink::add(BoundAggregate aggregate, Type type) {
  const auto sameArguments = [&](const BoundAggregate& other) {
    return std::equal(
        other.arguments.begin(), other.arguments.end(), aggregate.arguments.begin(), aggregate.arguments.end(),
        [this](const ExpressionPtr& a, const ExpressionPtr& b) { return sameExpression(*a, *b, binding_.text()); });
  };
  for (const auto& other : aggregates_) {
    if (other.function == aggregate.function && other.distinct == aggregate.distinct && sameArguments(other)) {
      return other.variable;
    }
  }
  aggregate.variable = binding_.newAnonymous("aggregate", std::move(type));
  aggregates_.push_back(std::move(aggregate));
  return aggregates_.back().variable;
}

bool AggregateSink::computes(VariableId variable) const {
  return std::any_of(aggregates_.begin(), aggregates_.end(),
                     [&](const BoundAggregate& aggregate) { return aggregate.variable == variable; });
}

ExpressionPtr ExpressionBinder::bindCall(const ast::Call& call) {
  const std::string& name = call.function.text;
  if (call.star || function::findAggregate(name) != nullptr) return bindAggregate(call);
  if (isName(name, "exists") && call.arguments.size() == 1) return bindExistsCall(call);
  if ((isName(name, "linenumber") || isName(name, "file")) && call.arguments.empty()) return bindCsvPlace(call);
  const function::FunctionEntry* entry = function::findFunction(name);
  if (entry == nullptr || entry->isOperator()) throwUnknownFunction(name, call.function.span);
  if (call.distinct) {
    throwSyntax("UnexpectedSyntax", fmt::format("`{}` is no aggregate, so DISTINCT means nothing to it", name),
                call.span);
  }
  std::vector<ExpressionPtr> arguments;
  for (const auto& argument : call.arguments) arguments.push_back(bind(*argument));
  return callFunction(name, std::move(arguments), call.span);
}

ExpressionPtr ExpressionBinder::bindAggregate(const ast::Call& call) {
  const std::string& name = call.function.text;
  if (insideAggregate_) {
    throwSyntax("NestedAggregation", "an aggregate cannot stand inside another one", call.span,
                "compute the inner one in a WITH before");
  }
  if (sink_ == nullptr) {
    throwSyntax("InvalidAggregation", fmt::format("`{}` is an aggregate and cannot be used here", name), call.span,
                "compute it in a WITH before");
  }
  BoundAggregate aggregate;
  aggregate.distinct = call.distinct;
  aggregate.span = call.span;
  aggregate.function = call.star ? nullptr : function::findAggregate(name);
  ExpressionBinder binder{binding_, aggregateScope_ != nullptr ? *aggregateScope_ : scope_, sink_, place_};
  binder.insideAggregate_ = true;
  for (const auto& argument : call.arguments) aggregate.arguments.push_back(binder.bind(*argument));
  for (const auto& argument : aggregate.arguments) {
    if (!isVolatile(*argument)) continue;
    throwSyntax("NonConstantExpression", "a random value cannot be aggregated", argument->span,
                "compute it in a WITH before");
  }
  const bool isExtreme = isName(name, "min") || isName(name, "max");
  const Enumeration order =
      isExtreme && !aggregate.arguments.empty() ? aggregate.arguments[0]->type.enumeration() : nullptr;
  if (order) aggregate.arguments[0] = ordinalOf(aggregate.arguments[0]);
  Type type{TypeKind::kInteger};
  if (aggregate.function != nullptr) {
    requireCount(*aggregate.function, aggregate.arguments.size(), call.span);
    const auto result = function::resultType(*aggregate.function, typesOf(aggregate.arguments));
    if (!result) {
      throwSyntax("InvalidArgumentType",
                  fmt::format("`{}` cannot aggregate values of type {}", name, aggregate.arguments[0]->type.text()),
                  call.span, signatureHint(*aggregate.function));
    }
    type = *result;
  }
  ExpressionPtr result = binding_.read(sink_->add(std::move(aggregate), std::move(type)), call.span);
  return order ? fromOrdinal(std::move(result), order) : result;
}

ExpressionPtr ExpressionBinder::bindCsvPlace(const ast::Call& call) {
  const auto place = scope_.csvPlace();
  if (!place) return constant(Value{}, call.span);
  return binding_.read(isName(call.function.text, "file") ? place->file : place->line, call.span);
}

// exists((a)-->(b)) is a pattern predicate, exists(n.key) a null check.
ExpressionPtr ExpressionBinder::bindExistsCall(const ast::Call& call) {
  const ast::Expression& argument = *call.arguments.front();
  if (argument.kind() == ast::ExpressionKind::kPattern) return bindCondition(argument);
  const ExpressionPtr bound = bind(argument);
  if (argument.kind() != ast::ExpressionKind::kProperty && argument.kind() != ast::ExpressionKind::kIndex) {
    throwSyntax("InvalidArgumentExpression", "exists() asks for a property or a pattern", argument.span,
                "write `x IS NOT NULL`, or EXISTS { pattern }");
  }
  return callFunction("IS NOT NULL", {bound}, call.span);
}

}  // namespace plexus::bind
