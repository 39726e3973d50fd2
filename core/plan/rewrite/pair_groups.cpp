#include "core/plan/rewrite/pair_use.h"
#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

namespace {

// The pairs that an aggregate reads; null if it reads something else.
MessageAggregate* pairsOf(Aggregate& aggregate) {
  if (aggregate.children[0]->kind() != LogicalKind::kMessageAggregate) return nullptr;
  auto& pairs = aggregate.children[0]->as<MessageAggregate>();
  return pairs.pairs && !pairs.groups ? &pairs : nullptr;
}

// By what the aggregate groups the pairs; nothing if by something else as well.
std::optional<MessageAggregate::Groups> groupsOf(const Aggregate& aggregate, const MessageAggregate& pairs) {
  MessageAggregate::Groups groups;
  for (const auto& item : aggregate.groupBy) {
    const bool first = isPlainOf(item.expression, pairs.nodes[0].variable);
    if (!first && !isPlainOf(item.expression, pairs.nodes[1].variable)) return std::nullopt;
    groups.keys[first ? 0 : 1].push_back(item.expression);
  }
  return groups;
}

void keepHighest(Aggregate& aggregate, const ExpressionPtr& most) {
  MessageAggregate* pairs = pairsOf(aggregate);
  if (!pairs) return;
  auto groups = groupsOf(aggregate, *pairs);
  if (!groups) return;
  groups->most = most;
  pairs->groups = std::move(groups);
}

// Every group comes as often as it has different nodes.
void countDistinct(Aggregate& aggregate, VariableId counted) {
  MessageAggregate* pairs = pairsOf(aggregate);
  if (!pairs) return;
  auto groups = groupsOf(aggregate, *pairs);
  if (!groups) return;
  groups->distinct = pairs->nodes[0].variable == counted ? 0 : 1;
  pairs->groups = std::move(groups);
  aggregate.aggregates[0].function = nullptr;
  aggregate.aggregates[0].arguments.clear();
  aggregate.aggregates[0].distinct = false;
}

}  // namespace

void pairGroups(LogicalPtr& root, Planning& planning) {
  for (auto& child : root->children) pairGroups(child, planning);
  if (Aggregate* aggregate = highestCounted(*root)) keepHighest(*aggregate, root->as<Sort>().limit);
  if (root->kind() != LogicalKind::kAggregate) return;
  const VariableId counted = distinctCounted(root->as<Aggregate>());
  if (counted != bind::kNoVariable) countDistinct(root->as<Aggregate>(), counted);
}

}  // namespace plexus::plan
