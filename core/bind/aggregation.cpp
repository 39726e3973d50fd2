// Implicit grouping: which items are keys, and what may stand beside an aggregate.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/bind/projection_binder.h"
#include "core/bind/rewrite.h"

namespace plexus::bind {

bool isSimpleKey(const BoundExpression& expression) {
  const BoundExpression* part = &expression;
  while (part->kind() == BoundKind::kProperty) part = part->as<Property>().base.get();
  return part->kind() == BoundKind::kVariable;
}

bool ProjectionBinder::readsAggregate(const BoundExpression& expression) const {
  const auto read = freeVariables(expression);
  return std::any_of(read.begin(), read.end(), [this](VariableId v) { return sink_.computes(v); });
}

void ProjectionBinder::group(BoundProjection& projection) {
  projection.aggregating = std::any_of(items_.begin(), items_.end(), [](const Item& item) { return item.aggregates; });
  if (!projection.aggregating) return;
  for (const auto& item : items_) {
    if (!item.aggregates) keyFor(item, projection);
  }
  projection.aggregates = sink_.aggregates();
}

// A key that is a variable keeps its id, so that whatever reads the variable reads the key.
VariableId ProjectionBinder::keyFor(const Item& item, BoundProjection& projection) {
  for (const auto& key : projection.groupBy) {
    if (sameExpression(*key.expression, *item.source, binding_.text())) return key.variable;
  }
  const bool isVariable = item.source->kind() == BoundKind::kVariable;
  const VariableId variable =
      isVariable ? item.source->as<Variable>().variable : binding_.newAnonymous("key", item.source->type);
  projection.groupBy.push_back({item.source, variable});
  return variable;
}

// The item over the variables of keys and aggregates.
ExpressionPtr ProjectionBinder::groupedForm(const Item& item, const BoundProjection& projection) const {
  ExpressionPtr grouped = substitute(item.source, [&](const BoundExpression& part) -> ExpressionPtr {
    if (item.aggregates && !isSimpleKey(part)) return nullptr;
    for (const auto& key : projection.groupBy) {
      if (sameExpression(*key.expression, part, binding_.text())) return binding_.read(key.variable, part.span);
    }
    return nullptr;
  });
  forEachFreeVariable(*grouped, [&](VariableId variable, Span span) {
    const bool isKey = std::any_of(projection.groupBy.begin(), projection.groupBy.end(),
                                   [&](const ProjectionItem& key) { return key.variable == variable; });
    if (isKey || !isIncoming(variable)) return;
    throwSyntax(
        "AmbiguousAggregationExpression",
        fmt::format("`{}` is used beside an aggregate, but rows are not grouped by it", binding_.info(variable).name),
        span, "project it as a column of its own, or in a WITH before");
  });
  return grouped;
}

}  // namespace plexus::bind
