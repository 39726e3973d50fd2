#include <algorithm>

#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

namespace {

// An expression that every node has a value for: a property, or the node itself.
bool isPlainOf(const ExpressionPtr& e, VariableId variable) {
  if (asVariable(e) == variable) return true;
  return e->kind() == bind::BoundKind::kProperty && asVariable(e->as<bind::Property>().base) == variable;
}

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

void groupPairs(Aggregate& aggregate, VariableId count, const ExpressionPtr& most) {
  if (aggregate.children[0]->kind() != LogicalKind::kMessageAggregate || aggregate.aggregates.size() != 1) return;
  const auto& counted = aggregate.aggregates[0];
  auto& pairs = aggregate.children[0]->as<MessageAggregate>();
  if (!pairs.pairs || counted.function || counted.variable != count) return;
  MessageAggregate::Groups groups{{}, most};
  for (const auto& item : aggregate.groupBy) {
    const bool first = isPlainOf(item.expression, pairs.nodes[0].variable);
    if (!first && !isPlainOf(item.expression, pairs.nodes[1].variable)) return;
    groups.keys[first ? 0 : 1].push_back(item.expression);
  }
  pairs.groups = std::move(groups);
}

}  // namespace

void pairGroups(LogicalPtr& root, Planning& planning) {
  for (auto& child : root->children) pairGroups(child, planning);
  if (root->kind() != LogicalKind::kSort) return;
  const auto& sort = root->as<Sort>();
  if (!sort.limit || !sort.keys[0].descending) return;
  VariableId key = asVariable(sort.keys[0].expression);
  if (key == bind::kNoVariable) return;
  if (Aggregate* aggregate = aggregateBelow(*root, key)) groupPairs(*aggregate, key, sort.limit);
}

}  // namespace plexus::plan
