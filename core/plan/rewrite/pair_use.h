// core/plan/rewrite/pair_use.h: what an aggregate wants of pairs of nodes, where it is less than all pairs.
#pragma once

#include <map>

#include "core/plan/planning.h"

namespace plexus::plan {

enum class PairUse : std::uint8_t {
  kRows,            // each
  kHighestGroups,   // count(*) by what the two are grouped by, and only the highest counts
  kDistinctCounts,  // count(DISTINCT one) by what the other is grouped by
};

// What becomes of the rows below aggregates, as far as `op` tells: of the aggregate that it sorts, or itself.
void addPairUses(LogicalOperator& op, std::map<LogicalOperator*, PairUse>& uses);

// Whether an expression is one that every node has a value for: a property, or the node itself.
bool isPlainOf(const ExpressionPtr& e, VariableId variable);

// The aggregate of which a sort wants the groups with the highest counts of all rows; nothing if it wants others.
Aggregate* highestCounted(LogicalOperator& op);

// The node that an aggregate counts the different ones of, by plain expressions of another: nothing else.
VariableId distinctCounted(const Aggregate& aggregate);

}  // namespace plexus::plan
