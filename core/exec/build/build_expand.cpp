#include "core/exec/build/build_context.h"
#include "core/exec/operator/expand/expand.h"

namespace plexus::exec {
namespace {

OperatorPtr buildOneStep(const plan::Expand& expand, BuildContext& build) {
  Expand::Spec spec{expand.from,
                    expand.to,
                    expand.relationship,
                    expand.into,
                    expand.relationshipBound,
                    NameCondition{expand.types, build},
                    NameCondition{expand.toLabels, build},
                    expand.direction,
                    expand.differentFrom};
  return std::make_unique<Expand>(commonOf(expand, build), std::move(spec));
}

}  // namespace

OperatorPtr buildExpand(const plan::LogicalOperator& logical, BuildContext& build) {
  switch (logical.kind()) {
    case plan::LogicalKind::kExpand:
      return buildOneStep(logical.as<plan::Expand>(), build);
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
