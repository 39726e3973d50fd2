#include "core/function/registry.h"
#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

namespace {

// True if no row of `op` has null for the variable.
bool neverNull(const LogicalOperator& op, VariableId v) {
  switch (op.kind()) {
    case LogicalKind::kProject:
      for (const auto& item : op.as<Project>().items) {
        if (item.variable != v) continue;
        const VariableId old = asVariable(item.expression);
        return old != bind::kNoVariable && neverNull(*op.children[0], old);
      }
      return neverNull(*op.children[0], v);
    case LogicalKind::kNodeScan:
    case LogicalKind::kRelationshipScan:
    case LogicalKind::kIndexSeek:
    case LogicalKind::kNodeByIdSeek:
    case LogicalKind::kExpand:
    case LogicalKind::kMultiwayIntersect:
    case LogicalKind::kVarLengthExpand:
      if (introducedBy(op).has(v)) return true;
      return !op.children.empty() && neverNull(*op.children[0], v);
    case LogicalKind::kFilter:
    case LogicalKind::kSort:
    case LogicalKind::kLimit:
    case LogicalKind::kDistinct:
      return neverNull(*op.children[0], v);
    case LogicalKind::kHashJoin:
    case LogicalKind::kCartesianProduct:
      return neverNull(*op.children[0], v) || neverNull(*op.children[1], v);
    case LogicalKind::kApply:
      if (!VariableSet{op.as<Apply>().introduced}.has(v)) return neverNull(*op.children[0], v);
      return op.as<Apply>().mode == Apply::Mode::kInner && neverNull(*op.children[1], v);
    default:
      return false;
  }
}

}  // namespace

void nonNullCounts(LogicalPtr& root, Planning& planning) {
  for (auto& child : root->children) nonNullCounts(child, planning);
  if (root->kind() != LogicalKind::kAggregate) return;
  for (auto& aggregate : root->as<Aggregate>().aggregates) {
    if (!aggregate.function || aggregate.function->name != "count" || aggregate.distinct) continue;
    if (!neverNull(*root->children[0], asVariable(aggregate.arguments[0]))) continue;
    aggregate.function = nullptr;
    aggregate.arguments.clear();
  }
}

}  // namespace plexus::plan
