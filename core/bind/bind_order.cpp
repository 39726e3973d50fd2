// What comes after the columns of a projection: ORDER BY and WHERE, over new names and, where they still exist, old
// ones.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/bind/ordered_enumeration.h"
#include "core/bind/projection_binder.h"
#include "core/bind/rewrite.h"

namespace plexus::bind {

void ProjectionBinder::bindOrderBy(const ast::Projection& projection, BoundProjection& bound) {
  std::set<VariableId> needed;
  for (const auto& item : projection.orderBy) {
    const ExpressionPtr key = bindAfter(*item.expression, bound, bound.aggregating, needed);
    bound.orderBy.push_back({ordinalOf(key), item.descending});
  }
  for (const VariableId variable : needed) {
    bound.hidden.push_back({binding_.read(variable, projection.span), variable});
  }
}

ExpressionPtr ProjectionBinder::bindAfter(const ast::Expression& expression, const BoundProjection& bound,
                                          bool mayAggregate, std::set<VariableId>& needed) {
  if (ExpressionPtr item = itemWrittenAs(expression)) return item;
  const std::size_t projected = sink_.aggregates().size();
  ExpressionBinder binder{binding_, both_, mayAggregate ? &sink_ : nullptr};
  binder.setAggregateScope(before_);
  const bool isPattern = expression.kind() == ast::ExpressionKind::kPattern;
  ExpressionPtr after = isPattern ? binder.bindPredicate(expression) : binder.bind(expression);
  requireProjected(sink_.aggregates(), projected);
  const bool aggregates = readsAggregate(*after);
  after = readItems(after, aggregates);
  requireReachable(*after, aggregates, bound, needed);
  return after;
}

// The same text means the same column, even if a column's name hides a variable in it: RETURN n.x AS n ORDER BY n.x.
ExpressionPtr ProjectionBinder::itemWrittenAs(const ast::Expression& expression) const {
  if (expression.kind() == ast::ExpressionKind::kVariable) return nullptr;
  const std::string text = binding_.textOf(expression.span);
  for (const auto& item : items_) {
    if (item.written != nullptr && binding_.textOf(item.written->span) == text) {
      return binding_.read(item.variable, expression.span);
    }
  }
  return nullptr;
}

// Beside an aggregate only variables and properties are recognised as keys, as in the items themselves.
ExpressionPtr ProjectionBinder::readItems(const ExpressionPtr& expression, bool aggregates) const {
  return substitute(expression, [&](const BoundExpression& part) -> ExpressionPtr {
    for (const auto& item : items_) {
      if (aggregates && !item.aggregates && !isSimpleKey(*item.source)) continue;
      if (sameExpression(*item.source, part, binding_.text())) return binding_.read(item.variable, part.span);
    }
    return nullptr;
  });
}

// An aggregate in ORDER BY must be one that the items compute: its rows are gone.
void ProjectionBinder::requireProjected(const std::vector<BoundAggregate>& aggregates, std::size_t from) const {
  if (from == aggregates.size()) return;
  for (const auto& argument : aggregates[from].arguments) {
    forEachFreeVariable(*argument, [&](VariableId variable, Span span) {
      if (!isIncoming(variable)) return;
      throwSyntax("UndefinedVariable",
                  fmt::format("`{}` does not exist any more after aggregation", binding_.info(variable).name), span,
                  "an aggregate in ORDER BY must also be a column");
    });
  }
  throwSyntax("InvalidAggregation", "an aggregate in ORDER BY must also be a column", {});
}

void ProjectionBinder::requireReachable(const BoundExpression& expression, bool aggregates,
                                        const BoundProjection& bound, std::set<VariableId>& needed) const {
  const auto isKey = [&](VariableId variable) {
    return std::any_of(bound.groupBy.begin(), bound.groupBy.end(),
                       [&](const ProjectionItem& key) { return key.variable == variable; });
  };
  forEachFreeVariable(expression, [&](VariableId variable, Span span) {
    if (!isIncoming(variable) && !sink_.computes(variable)) return;
    const bool exists = !bound.aggregating || isKey(variable) || sink_.computes(variable);
    if (bound.distinct || !exists) throwUnreachable(variable, span, aggregates);
    needed.insert(variable);
  });
}

void ProjectionBinder::throwUnreachable(VariableId variable, Span span, bool aggregates) const {
  const bool projected = std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
    const auto read = freeVariables(*item.source);
    return !item.aggregates && std::find(read.begin(), read.end(), variable) != read.end();
  });
  const std::string& name = binding_.info(variable).name;
  if (aggregates && projected) {
    throwSyntax("AmbiguousAggregationExpression",
                fmt::format("`{}` is used beside an aggregate, but rows are not grouped by it", name), span,
                "name the expression with AS and sort by the name");
  }
  throwSyntax("UndefinedVariable", fmt::format("`{}` does not exist any more after DISTINCT or aggregation", name),
              span, "sort by a column, or project it as well");
}

}  // namespace plexus::bind
