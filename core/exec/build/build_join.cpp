#include "core/exec/build/build_context.h"
#include "core/exec/operator/join/join.h"

namespace plexus::exec {
namespace {

// The side with fewer rows is stored.
OperatorPtr buildOf(const plan::LogicalOperator& logical, BuildContext& build, std::vector<VariableId> keys,
                    const std::vector<std::pair<VariableId, VariableId>>& different) {
  Step::Common common = commonOf(logical, build);
  const bool storedFirst = logical.children[0]->estimatedRows < logical.children[1]->estimatedRows;
  if (storedFirst) std::swap(common.inputs[0], common.inputs[1]);
  return std::make_unique<Join>(std::move(common), Join::Spec{std::move(keys), different, storedFirst});
}

}  // namespace

OperatorPtr buildJoin(const plan::LogicalOperator& logical, BuildContext& build) {
  switch (logical.kind()) {
    case plan::LogicalKind::kHashJoin: {
      const auto& join = logical.as<plan::HashJoin>();
      return buildOf(logical, build, join.keys, join.different);
    }
    case plan::LogicalKind::kCartesianProduct:
      return buildOf(logical, build, {}, logical.as<plan::CartesianProduct>().different);
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
