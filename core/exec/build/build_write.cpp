// Writing clauses.
#include "core/exec/build/build_context.h"
#include "core/exec/build/inner_common.h"
#include "core/exec/operator/write/create.h"
#include "core/exec/operator/write/delete.h"
#include "core/exec/operator/write/empty_result.h"
#include "core/exec/operator/write/merge.h"
#include "core/exec/operator/write/set.h"

namespace plexus::exec {

OperatorPtr buildWrite(const plan::LogicalOperator& logical, BuildContext& build) {
  switch (logical.kind()) {
    case plan::LogicalKind::kCreate:
      return makeCreate(logical.as<plan::Create>().create, commonOf(logical, build), build);
    case plan::LogicalKind::kMerge: {
      const auto& merge = logical.as<plan::Merge>();
      auto common = commonOfFirst(merge, build);
      auto inner = build.buildInner(*merge.children[1], merge.outer);
      return makeMerge(merge.merge, merge.outer, std::move(common), std::move(inner), build);
    }
    case plan::LogicalKind::kSet:
      return makeSet(logical.as<plan::Set>().set, commonOf(logical, build), build);
    case plan::LogicalKind::kRemove:
      return makeRemove(logical.as<plan::Remove>().remove, commonOf(logical, build), build);
    case plan::LogicalKind::kDelete:
      return makeDelete(logical.as<plan::Delete>().del, commonOf(logical, build), build);
    case plan::LogicalKind::kEmptyResult:
      return makeEmptyResult(commonOf(logical, build));
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
