#include <algorithm>

#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

LogicalPtr on(LogicalPtr input, LogicalPtr op, double rows) {
  op->estimatedRows = rows;
  op->children.insert(op->children.begin(), std::move(input));
  return op;
}

// Groups: the product of the keys' distinct values, but no more than there are rows.
double groups(const std::vector<bind::ProjectionItem>& keys, double rows, const Estimator& estimator) {
  double product = 1;
  for (const auto& key : keys) {
    double values = 100;
    if (key.expression->kind() == bind::BoundKind::kProperty) {
      const auto& property = key.expression->as<bind::Property>();
      const std::string label = estimator.rarestLabel(estimator.known(asVariable(property.base)));
      if (!label.empty()) values = estimator.numbers().distinctValues(label, property.key);
    } else if (const LabelsPtr labels = estimator.known(asVariable(key.expression))) {
      values = estimator.nodes(labels);
    } else if (key.expression->kind() == bind::BoundKind::kConstant) {
      values = 1;
    }
    product *= values;
  }
  return std::max(1.0, std::min(product, rows));
}

// LIMIT n after SKIP m: the first m + n rows are enough, if both are known now.
ExpressionPtr topRows(const bind::BoundProjection& projection) {
  if (!projection.limit) return nullptr;
  if (!projection.skip) return projection.limit;
  const auto skip = asInteger(projection.skip), limit = asInteger(projection.limit);
  if (!skip || !limit || *skip < 0 || *limit < 0) return nullptr;
  std::int64_t sum = 0;
  if (__builtin_add_overflow(*skip, *limit, &sum)) return nullptr;
  return makeInteger(sum, projection.limit->span);
}

bool isIdentity(const bind::ProjectionItem& item) { return asVariable(item.expression) == item.variable; }

}  // namespace

LogicalPtr Planning::planProjection(const bind::BoundProjection& projection, LogicalPtr input) {
  double rows = input->estimatedRows;
  if (projection.aggregating) {
    auto aggregate = std::make_unique<Aggregate>();
    aggregate->groupBy = projection.groupBy;
    aggregate->aggregates = projection.aggregates;
    rows = groups(projection.groupBy, rows, estimator_);
    learnItems(projection.groupBy);
    input = withOuter(projection, on(std::move(input), std::move(aggregate), rows));
  }
  auto project = std::make_unique<Project>();
  for (const auto* items : {&projection.items, &projection.hidden}) {
    for (const auto& item : *items) {
      if (!isIdentity(item)) project->items.push_back(item);
    }
  }
  learnItems(project->items);
  if (!project->items.empty()) input = on(std::move(input), std::move(project), rows);
  if (projection.distinct) input = withOuter(projection, planDistinct(projection, std::move(input)));
  return planOrder(projection, std::move(input));
}

LogicalPtr Planning::withOuter(const bind::BoundProjection& projection, LogicalPtr input) {
  VariableSet reads;
  for (const auto* items : {&projection.items, &projection.hidden}) {
    for (const auto& item : *items) addReads(item.expression, reads);
  }
  for (const auto& key : projection.orderBy) addReads(key.expression, reads);
  if (projection.where) addReads(projection.where, reads);
  const bool last = projection.isReturn && !reads.meets(outer_);
  if (last || outer_.within(availableAbove(*input))) return input;
  return apply(Apply::Mode::kInner, argument(outer_.list()), std::move(input));
}

LogicalPtr Planning::planDistinct(const bind::BoundProjection& projection, LogicalPtr input) {
  auto distinct = std::make_unique<Distinct>();
  for (const auto* items : {&projection.items, &projection.hidden}) {
    for (const auto& item : *items) distinct->keys.push_back(item.variable);
  }
  const double rows = groups(projection.items, input->estimatedRows, estimator_);
  return on(std::move(input), std::move(distinct), rows);
}

LogicalPtr Planning::planOrder(const bind::BoundProjection& projection, LogicalPtr input) {
  double rows = input->estimatedRows;
  const auto limit = asInteger(projection.limit);
  if (!projection.orderBy.empty()) {
    auto sort = std::make_unique<Sort>();
    sort->keys = projection.orderBy;
    if (enabled("top-k")) sort->limit = topRows(projection);
    if (const auto top = asInteger(sort->limit)) rows = std::min(rows, std::max(1.0, static_cast<double>(*top)));
    input = on(std::move(input), std::move(sort), rows);
  }
  if (projection.skip || projection.limit) {
    auto op = std::make_unique<Limit>();
    op->skip = projection.skip;
    op->limit = projection.limit;
    if (limit) rows = std::min(rows, std::max(1.0, static_cast<double>(*limit)));
    input = on(std::move(input), std::move(op), rows);
  }
  if (projection.where) {
    std::vector<ExpressionPtr> predicates;
    const auto split = [&](const auto& self, const ExpressionPtr& e) -> void {
      if (const bind::Function* both = asCall(e, "AND")) {
        for (const auto& argument : both->arguments) self(self, argument);
      } else {
        predicates.push_back(e);
      }
    };
    split(split, projection.where);
    input = planFilter(std::move(predicates), std::move(input));
  }
  return input;
}

// A renamed node keeps what is known of it.
void Planning::learnItems(const std::vector<bind::ProjectionItem>& items) {
  for (const auto& item : items) estimator_.learn(item.variable, estimator_.known(asVariable(item.expression)));
}

}  // namespace plexus::plan
