#include "core/exec/build/build_context.h"
#include "core/exec/operator/scan/node_scan.h"
#include "core/exec/operator/scan/relationship_ends.h"
#include "core/exec/operator/scan/relationship_scan.h"
#include "core/exec/operator/scan/seek.h"

namespace plexus::exec {
namespace {

OperatorPtr buildIndexSeek(const plan::IndexSeek& seek, BuildContext& build) {
  Step::Common common = commonOf(seek, build);
  const Layout& rows = common.inputs.front()->layout();
  std::vector<EvaluatorPtr> arguments;
  for (const auto& value : seek.values) arguments.push_back(compile(*value, rows, build));
  if (seek.seek == plan::IndexSeek::Seek::kRange) {
    arguments.clear();
    for (const auto& bound : {seek.low, seek.high}) arguments.push_back(bound ? compile(*bound, rows, build) : nullptr);
  }
  const IndexSeek::Spec spec{seek.variable,        seek.index,        seek.seek,         seek.low != nullptr,
                             seek.high != nullptr, seek.lowInclusive, seek.highInclusive};
  return std::make_unique<IndexSeek>(std::move(common), spec, std::move(arguments));
}

OperatorPtr buildNodeByIdSeek(const plan::NodeByIdSeek& seek, BuildContext& build) {
  Step::Common common = commonOf(seek, build);
  EvaluatorPtr ids = compile(*seek.ids, common.inputs.front()->layout(), build);
  return std::make_unique<NodeByIdSeek>(std::move(common), seek.variable, std::move(ids));
}

OperatorPtr buildNodeScan(const plan::NodeScan& scan, BuildContext& build) {
  const auto* predicates = build.takeOffered();
  Step::Common common = commonOf(scan, build);
  NodeScan::Spec spec{scan.variable, NameCondition{scan.labels, build}, std::nullopt};
  if (predicates != nullptr) spec.narrowing = narrowingOf(*predicates, scan.variable, build);
  if (spec.narrowing) common.description += " searching " + spec.narrowing->key;
  return std::make_unique<NodeScan>(std::move(common), std::move(spec));
}

}  // namespace

OperatorPtr buildScan(const plan::LogicalOperator& logical, BuildContext& build) {
  using plan::LogicalKind;
  switch (logical.kind()) {
    case LogicalKind::kNodeScan:
      return buildNodeScan(logical.as<plan::NodeScan>(), build);
    case LogicalKind::kNodeByIdSeek:
      return buildNodeByIdSeek(logical.as<plan::NodeByIdSeek>(), build);
    case LogicalKind::kIndexSeek:
      return buildIndexSeek(logical.as<plan::IndexSeek>(), build);
    case LogicalKind::kRelationshipScan: {
      const auto& scan = logical.as<plan::RelationshipScan>();
      if (scan.bound) {
        RelationshipEnds::Spec ends{scan.relationship, scan.from, scan.to, NameCondition{scan.types, build},
                                    scan.direction};
        return std::make_unique<RelationshipEnds>(commonOf(logical, build), std::move(ends));
      }
      RelationshipScan::Spec spec{scan.relationship, scan.from, scan.to, NameCondition{scan.types, build},
                                  scan.direction};
      return std::make_unique<RelationshipScan>(commonOf(logical, build), std::move(spec));
    }
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
