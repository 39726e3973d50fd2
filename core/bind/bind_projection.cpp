// Columns of WITH and RETURN, SKIP, LIMIT, and WITH's WHERE.
#include <utility>

#include <fmt/format.h>

#include "core/bind/function_call.h"
#include "core/bind/projection_binder.h"
#include "core/bind/rewrite.h"
#include "core/function/registry.h"

namespace plexus::bind {
namespace {

bool isVariable(const ast::ReturnItem& item) { return item.expression->kind() == ast::ExpressionKind::kVariable; }

// The integer that a literal, maybe with a sign, stands for.
std::optional<std::int64_t> literalInteger(const BoundExpression& expression) {
  if (expression.kind() == BoundKind::kConstant) {
    const Value& value = expression.as<Constant>().value;
    return value.is(ValueKind::kInteger) ? std::optional{value.integer()} : std::nullopt;
  }
  if (expression.kind() != BoundKind::kFunction) return std::nullopt;
  const auto& function = expression.as<Function>();
  if (function.function != &function::operatorEntry("u-")) return std::nullopt;
  const auto operand = literalInteger(*function.arguments.front());
  return operand ? std::optional{-*operand} : std::nullopt;
}

}  // namespace

ProjectionBinder::ProjectionBinder(Binding& binding, const Scope& before)
    : binding_{binding}, before_{before}, after_{before.afterProjection()}, both_{before}, sink_{binding} {
  for (const auto& [name, variable] : before.own()) incoming_.insert(variable);
  if (const auto place = before.csvPlace()) incoming_.insert({place->line, place->file});
}

void ProjectionBinder::bindReturn(const ast::Projection& projection) {
  addStar(projection, true);
  BoundProjection bound = bindCommon(projection);
  bound.isReturn = true;
  projections_.push_back(std::move(bound));
}

void ProjectionBinder::bindWith(const ast::Projection& projection, const ast::Expression* where) {
  addStar(projection, false);
  BoundProjection bound = bindCommon(projection);
  requireNoShadow();
  for (const auto& item : projection.items) {
    if (item.alias || isVariable(item)) continue;
    throwSyntax("NoExpressionAlias", "an expression in WITH needs a name", item.expression->span,
                fmt::format("write `{} AS name`", binding_.textOf(item.expression->span)));
  }
  keepCsvPlace(bound);
  if (where != nullptr) return bindWhere(*where, std::move(bound));
  projections_.push_back(std::move(bound));
}

// linenumber() and file() still tell where a row comes from, unless rows are merged.
void ProjectionBinder::keepCsvPlace(BoundProjection& projection) {
  const auto place = before_.csvPlace();
  if (!place || projection.aggregating || projection.distinct) return;
  for (const VariableId variable : {place->line, place->file}) {
    projection.items.push_back({binding_.read(variable, {}), variable});
  }
  after_.setCsvPlace(*place);
}

BoundProjection ProjectionBinder::bindCommon(const ast::Projection& projection) {
  for (const auto& item : projection.items) addItem(item);
  requireDistinctNames();
  BoundProjection bound;
  bound.distinct = projection.distinct;
  group(bound);
  nameColumns(bound);
  if (bound.distinct || bound.aggregating) keepOldNames();
  bindOrderBy(projection, bound);
  bound.skip = bindRowCount(projection.skip.get(), "SKIP");
  bound.limit = bindRowCount(projection.limit.get(), "LIMIT");
  return bound;
}

void ProjectionBinder::addStar(const ast::Projection& projection, bool isReturn) {
  if (!projection.star) return;
  if (isReturn && before_.own().empty()) {
    throwSyntax("NoVariablesInScope", "RETURN * needs at least one variable", projection.span);
  }
  for (const auto& [name, variable] : before_.own()) {
    items_.push_back({name, nullptr, binding_.read(variable, projection.span), false, kNoVariable});
  }
}

void ProjectionBinder::addItem(const ast::ReturnItem& item) {
  Item added;
  added.written = item.expression.get();
  added.source = ExpressionBinder{binding_, before_, &sink_}.bind(*item.expression);
  added.aggregates = readsAggregate(*added.source);
  added.name = item.alias         ? item.alias->text
               : isVariable(item) ? item.expression->as<ast::Variable>().name
                                  : binding_.textOf(item.expression->span);
  items_.push_back(std::move(added));
}

void ProjectionBinder::requireDistinctNames() const {
  std::set<std::string> names;
  for (const auto& item : items_) {
    if (names.insert(item.name).second) continue;
    throwSyntax("ColumnNameConflict", fmt::format("two columns have the name `{}`", item.name),
                item.written != nullptr ? item.written->span : item.source->span);
  }
}

// In a subquery WITH may hand on a variable of the query around, and not make another of its name.
void ProjectionBinder::requireNoShadow() const {
  for (const auto& item : items_) {
    const auto outer = before_.parent() != nullptr ? before_.parent()->find(item.name) : std::nullopt;
    if (!outer) continue;
    const bool same = item.source->kind() == BoundKind::kVariable &&
                      (item.source->as<Variable>().variable == *outer || before_.hasOwn(item.name));
    if (!same) throwShadowing(item.name, item.written != nullptr ? item.written->span : item.source->span);
  }
}

// Declares the new names and adds the items to the projection.
void ProjectionBinder::nameColumns(BoundProjection& projection) {
  for (auto& item : items_) {
    ExpressionPtr expression = projection.aggregating ? groupedForm(item, projection) : item.source;
    item.variable = binding_.newVariable(item.name, expression->type);
    if (item.source->kind() == BoundKind::kVariable) {
      binding_.copyLabels(item.source->as<Variable>().variable, item.variable);
    }
    after_.declare(item.name, item.variable);
    both_.declare(item.name, item.variable);
    columns_.push_back({item.name, item.variable});
    projection.items.push_back({std::move(expression), item.variable});
  }
}

// Where rows were merged, an old name can still mean the column that its variable became: WITH DISTINCT a AS x ORDER BY
// a.name.
void ProjectionBinder::keepOldNames() {
  for (const auto& [name, variable] : before_.own()) {
    if (after_.hasOwn(name)) continue;
    for (const auto& item : items_) {
      const bool is = item.source->kind() == BoundKind::kVariable && item.source->as<Variable>().variable == variable;
      if (is) both_.declare(name, item.variable);
    }
  }
}

ExpressionPtr ProjectionBinder::bindRowCount(const ast::Expression* count, std::string_view clause) {
  if (count == nullptr) return nullptr;
  const Scope none;
  ExpressionPtr expression = ExpressionBinder{binding_, none, nullptr, ExpressionBinder::Place::kConstant}.bind(*count);
  requireType(*expression, TypeKind::kInteger, clause);
  if (literalInteger(*expression).value_or(0) < 0) {
    throwSyntax("NegativeIntegerArgument", fmt::format("{} cannot be negative", clause), expression->span);
  }
  return expression;
}

// WHERE may still read what the items leave behind: then a second projection drops it.
void ProjectionBinder::bindWhere(const ast::Expression& where, BoundProjection projection) {
  std::set<VariableId> needed;
  projection.where = bindAfter(where, projection, false, needed);
  requireType(*projection.where, TypeKind::kBoolean, "a condition");
  BoundProjection dropping;
  for (const auto& item : projection.items) {
    dropping.items.push_back({binding_.read(item.variable, where.span), item.variable});
  }
  for (const VariableId variable : needed) {
    projection.items.push_back({binding_.read(variable, where.span), variable});
  }
  projections_.push_back(std::move(projection));
  if (!needed.empty()) projections_.push_back(std::move(dropping));
}

}  // namespace plexus::bind
