#include "core/plan/rewrite/pair_use.h"

#include <algorithm>

#include "core/function/registry.h"

namespace plexus::plan {

namespace {

// The aggregate below, with only renaming projections between; `key` becomes its name there.
Aggregate* aggregateBelow(LogicalOperator& op, VariableId& key) {
  LogicalOperator* at = op.children[0].get();
  for (; at->kind() == LogicalKind::kProject; at = at->children[0].get()) {
    for (const auto& item : at->as<Project>().items) {
      if (item.variable != key) continue;
      key = asVariable(item.expression);
      break;
    }
  }
  return at->kind() == LogicalKind::kAggregate ? &at->as<Aggregate>() : nullptr;
}

// The node of which it is a plain expression.
VariableId plainNode(const ExpressionPtr& e) {
  const VariableId self = asVariable(e);
  if (self != bind::kNoVariable) return self;
  return e->kind() == bind::BoundKind::kProperty ? asVariable(e->as<bind::Property>().base) : bind::kNoVariable;
}

}  // namespace

bool isPlainOf(const ExpressionPtr& e, VariableId variable) { return plainNode(e) == variable; }

Aggregate* highestCounted(LogicalOperator& op) {
  if (op.kind() != LogicalKind::kSort) return nullptr;
  const auto& sort = op.as<Sort>();
  if (!sort.limit || !sort.keys[0].descending) return nullptr;
  VariableId key = asVariable(sort.keys[0].expression);
  if (key == bind::kNoVariable) return nullptr;
  Aggregate* aggregate = aggregateBelow(op, key);
  if (!aggregate || aggregate->aggregates.size() != 1) return nullptr;
  const auto& counted = aggregate->aggregates[0];
  const auto& groupBy = aggregate->groupBy;
  const bool plain = std::all_of(groupBy.begin(), groupBy.end(),
                                 [](const auto& item) { return plainNode(item.expression) != bind::kNoVariable; });
  return plain && !counted.function && counted.variable == key ? aggregate : nullptr;
}

VariableId distinctCounted(const Aggregate& aggregate) {
  if (aggregate.aggregates.size() != 1 || aggregate.groupBy.empty()) return bind::kNoVariable;
  const auto& counted = aggregate.aggregates[0];
  if (!counted.function || counted.function->name != "count" || !counted.distinct) return bind::kNoVariable;
  const VariableId node = asVariable(counted.arguments[0]);
  const VariableId group = plainNode(aggregate.groupBy[0].expression);
  if (node == bind::kNoVariable || group == bind::kNoVariable || node == group) return bind::kNoVariable;
  const bool one = std::all_of(aggregate.groupBy.begin(), aggregate.groupBy.end(),
                               [&](const auto& item) { return isPlainOf(item.expression, group); });
  return one ? node : bind::kNoVariable;
}

void addPairUses(LogicalOperator& op, std::map<LogicalOperator*, PairUse>& uses) {
  if (Aggregate* aggregate = highestCounted(op)) uses[aggregate] = PairUse::kHighestGroups;
  if (op.kind() != LogicalKind::kAggregate) return;
  if (distinctCounted(op.as<Aggregate>()) != bind::kNoVariable) uses[&op] = PairUse::kDistinctCounts;
}

}  // namespace plexus::plan
