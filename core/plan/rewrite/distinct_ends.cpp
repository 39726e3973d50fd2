#include <algorithm>

#include "core/function/registry.h"
#include "core/plan/order/query_graph.h"
#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

namespace {

// True if repeating input rows does not change the aggregate.
bool ignoresRepeats(const bind::BoundAggregate& aggregate) {
  if (!aggregate.function) return false;
  const std::string_view name = aggregate.function->name;
  return aggregate.distinct || name == "min" || name == "max";
}

bool ignoresRepeats(const Aggregate& op) {
  return std::all_of(op.aggregates.begin(), op.aggregates.end(), [](const auto& a) { return ignoresRepeats(a); });
}

bool saysDifferent(const ExpressionPtr& e, VariableId a, VariableId b) {
  const bind::Function* call = asCall(e, "<>");
  if (const bind::Function* negation = asCall(e, "NOT")) call = asCall(negation->arguments[0], "=");
  if (!call) return false;
  const VariableId x = asVariable(call->arguments[0]), y = asVariable(call->arguments[1]);
  return (x == a && y == b) || (x == b && y == a);
}

struct Above {
  bool repeats = true;                 // whether the number of equal rows matters to what is above
  std::vector<ExpressionPtr> filters;  // that hold above, up to the next operator that is no filter
};

bool excludesStart(const Above& above, VariableId from, VariableId to) {
  return std::any_of(above.filters.begin(), above.filters.end(),
                     [&](const ExpressionPtr& e) { return saysDifferent(e, from, to); });
}

// A breadth-first search finds each end by a shortest walk. That is a path without a repeated relationship, except back
// to the start over an undirected (for which the operator looks) or symmetric relation.
bool applies(const VarLengthExpand& op, const Above& above, const VariableSet& output, const Planning& planning) {
  if (above.repeats || op.length.min > 1 || op.relationshipsBound || !op.differentFrom.empty()) return false;
  if (output.has(op.relationships)) return false;
  if (op.length.min == 0 || !mayBeSymmetric(op.types, planning.numbers())) return true;
  return op.direction == Direction::kBoth || excludesStart(above, op.from, op.to);
}

// The one relationship of a repetition, if it has no more.
const Expand* onlyExpand(const LogicalOperator& repetition) {
  switch (repetition.kind()) {
    case LogicalKind::kFilter:
      return onlyExpand(*repetition.children[0]);
    case LogicalKind::kExpand:
      return repetition.children[0]->kind() == LogicalKind::kArgument ? &repetition.as<Expand>() : nullptr;
    default:
      return nullptr;
  }
}

bool applies(const QuantifiedExpand& op, const Above& above, const Planning& planning) {
  if (above.repeats || op.length.min > 1 || !op.differentFrom.empty() || !op.groups.empty()) return false;
  if (op.relationships != bind::kNoVariable || op.length.walks) return false;
  const Expand* expand = onlyExpand(*op.children[1]);
  if (expand == nullptr) return false;
  const bool eitherWay = expand->direction == Direction::kBoth || mayBeSymmetric(expand->types, planning.numbers());
  return op.length.min == 0 || !eitherWay || excludesStart(above, op.from, op.to);
}

bool deterministic(const LogicalOperator& op) {
  bool result = true;
  forEachExpression(op, [&](const ExpressionPtr& e) { result = result && isDeterministic(e); });
  return result;
}

void mark(LogicalOperator& op, const Above& above, const Planning& planning) {
  const bool passes = !above.repeats && deterministic(op);
  Above below;
  switch (op.kind()) {
    case LogicalKind::kVarLengthExpand:
      op.as<VarLengthExpand>().distinctEnds =
          applies(op.as<VarLengthExpand>(), above, VariableSet{op.output}, planning);
      below.repeats = !passes;
      break;
    case LogicalKind::kQuantifiedExpand:
      op.as<QuantifiedExpand>().distinctEnds = applies(op.as<QuantifiedExpand>(), above, planning);
      below.repeats = !passes;
      break;
    case LogicalKind::kFilter:
      below = above;
      below.repeats = !passes;
      for (const auto& e : op.as<Filter>().predicates) below.filters.push_back(e);
      break;
    case LogicalKind::kProject:
    case LogicalKind::kExpand:
    case LogicalKind::kMultiwayIntersect:
    case LogicalKind::kSort:
    case LogicalKind::kHashJoin:
    case LogicalKind::kCartesianProduct:
    case LogicalKind::kShortestPath:
    case LogicalKind::kPathSearch:
    case LogicalKind::kUnwind:
      below.repeats = !passes;
      break;
    case LogicalKind::kApply:
      below.repeats = !passes || writes(*op.children[1]);
      break;
    case LogicalKind::kAggregate:
      below.repeats = !ignoresRepeats(op.as<Aggregate>()) || !deterministic(op);
      break;
    case LogicalKind::kDistinct:
      below.repeats = false;
      break;
    case LogicalKind::kUnion:
      below.repeats = op.as<Union>().all && above.repeats;
      break;
    default:
      break;
  }
  const std::size_t inputs = inputCount(op);
  for (std::size_t i = 0; i < op.children.size(); ++i) {
    LogicalPtr& child = op.children[i];
    Above next = below;
    if (i >= inputs) {
      next = Above{};
      if (op.kind() == LogicalKind::kApply) {
        const auto mode = op.as<Apply>().mode;
        const bool asked = mode == Apply::Mode::kSemi || mode == Apply::Mode::kAnti;
        next.repeats = !asked && (!passes || writes(*child));
      }
    }
    mark(*child, next, planning);
  }
}

}  // namespace

void distinctEnds(LogicalPtr& root, Planning& planning) { mark(*root, {}, planning); }

}  // namespace plexus::plan
