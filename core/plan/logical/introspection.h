// core/plan/logical/introspection.h: what an operator reads, adds and keeps: the facts that pruning, predicate
// placement and the collection of subqueries rest on.
#pragma once

#include <functional>

#include "core/plan/logical/expression.h"
#include "core/plan/logical/operator.h"

namespace plexus::plan {

// Every expression of the operator itself (not of its children).
void forEachExpression(const LogicalOperator& op, const std::function<void(const ExpressionPtr&)>& visit);

// Variables of its children that the operator itself reads.
VariableSet readsOf(const LogicalOperator& op);

// Variables that the operator adds to those of its children.
VariableSet introducedBy(const LogicalOperator& op);

// Variables that exist above the operator: what it adds and what it keeps of its children's. O(operators below).
// Operators that lack their children count as leaves.
VariableSet availableAbove(const LogicalOperator& op);

// True if something in the tree writes to the graph.
bool writes(const LogicalOperator& op);
// True if something in the tree reads the graph (scans, expansions, ...): its rows may depend on earlier writes.
bool readsGraph(const LogicalOperator& op);

// Calls `visit` for each Argument that belongs to the plan whose root is `op`: not those of nested inner plans.
void forEachArgument(LogicalOperator& op, const std::function<void(Argument&)>& visit);
// How many of its children, the first ones, give the operator its rows. The others are inner plans, run for single rows
// or nodes (of Apply, Merge, Foreach, QuantifiedExpand, ShortestPath, PathSearch).
std::size_t inputCount(const LogicalOperator& op);

}  // namespace plexus::plan
