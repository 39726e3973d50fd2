#include <limits>

#include "core/exec/build/build_context.h"
#include "core/exec/operator/expand/build_path.h"
#include "core/exec/operator/expand/expand.h"
#include "core/exec/operator/expand/multiway_intersect.h"
#include "core/exec/operator/expand/path_search.h"
#include "core/exec/operator/expand/quantified_expand.h"
#include "core/exec/operator/expand/shortest_path.h"
#include "core/exec/operator/expand/var_length_expand.h"
#include "core/plan/logical/introspection.h"

namespace plexus::exec {
namespace {

std::uint64_t maximumOf(const bind::Length& length) {
  return length.max.value_or(std::numeric_limits<std::uint64_t>::max());
}

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

OperatorPtr buildIntersect(const plan::MultiwayIntersect& intersect, BuildContext& build) {
  std::vector<MultiwayIntersect::Leg> legs;
  for (const auto& leg : intersect.legs) {
    legs.push_back({leg.from, leg.relationship, NameCondition{leg.types, build}, leg.direction, leg.differentFrom});
  }
  return std::make_unique<MultiwayIntersect>(commonOf(intersect, build), intersect.to,
                                             NameCondition{intersect.toLabels, build}, std::move(legs));
}

OperatorPtr buildVarLength(const plan::VarLengthExpand& expand, BuildContext& build) {
  Step::Common common = commonOf(expand, build);
  StepRule rule{NameCondition{expand.types, build},
                expand.direction,
                expand.stepVariable,
                expand.stepPredicates,
                common.inputs.front()->layout(),
                build};
  VarLengthExpand::Spec spec{expand.from,
                             expand.to,
                             expand.relationships,
                             expand.into,
                             expand.relationshipsBound,
                             expand.reversed,
                             expand.distinctEnds,
                             expand.length.walks,
                             expand.length.nodes,
                             expand.length.min,
                             maximumOf(expand.length),
                             NameCondition{expand.toLabels, build},
                             expand.differentFrom};
  return std::make_unique<VarLengthExpand>(std::move(common), std::move(spec), std::move(rule));
}

// The variables that an inner plan's Argument gives, in order.
const std::vector<VariableId>* argumentsOf(const plan::LogicalOperator& op) {
  if (op.kind() == plan::LogicalKind::kArgument) return &op.output;
  const std::size_t inputs = plan::inputCount(op);
  for (std::size_t i = 0; i < inputs; ++i) {
    if (const auto* found = argumentsOf(*op.children[i])) return found;
  }
  return nullptr;
}

OperatorPtr buildQuantified(const plan::QuantifiedExpand& expand, BuildContext& build) {
  const auto* arguments = argumentsOf(*expand.children[1]);
  QuantifiedExpand::Spec spec{expand.from,
                              expand.to,
                              expand.innerFrom,
                              expand.innerTo,
                              expand.relationships,
                              expand.into,
                              expand.reversed,
                              expand.length.walks,
                              expand.distinctEnds,
                              expand.length.nodes,
                              expand.length.min,
                              maximumOf(expand.length),
                              expand.innerRelationships,
                              expand.groups,
                              expand.differentFrom,
                              NameCondition{expand.toLabels, build},
                              arguments ? *arguments : std::vector<VariableId>{}};
  auto inner = build.buildInner(*expand.children[1], spec.arguments);
  return std::make_unique<QuantifiedExpand>(commonOf(expand, build), std::move(spec), std::move(inner));
}

OperatorPtr buildShortest(const plan::ShortestPath& shortest, BuildContext& build) {
  Step::Common common = commonOf(shortest, build);
  const PathChoice choice = PathChoice::of(shortest.selector, shortest.k);
  if (shortest.children.size() > 1) {
    auto inner = build.buildInner(*shortest.children[1], shortest.outer);
    return std::make_unique<PathSelection>(std::move(common), shortest.path, choice, shortest.outer, std::move(inner));
  }
  const Layout& rows = common.inputs.front()->layout();
  StepRule rule{NameCondition{shortest.types, build},
                shortest.direction,
                shortest.stepVariable,
                shortest.stepPredicates,
                rows,
                build};
  Layout whole = rows;
  for (const VariableId v : {shortest.relationships, shortest.path}) {
    if (v != bind::kNoVariable) whole.add(v);
  }
  Predicates predicates{shortest.pathPredicates, whole, build};
  const ShortestPath::Spec spec{shortest.from,
                                shortest.to,
                                shortest.relationships,
                                shortest.path,
                                choice,
                                shortest.length.min,
                                maximumOf(shortest.length),
                                shortest.length.walks,
                                shortest.length.nodes,
                                shortest.single};
  return std::make_unique<ShortestPath>(std::move(common), spec, std::move(rule), std::move(whole),
                                        std::move(predicates));
}

PathSearch::NodePlan buildNodePlan(const plan::LogicalOperator& plan, VariableId start, BuildContext& build) {
  const auto* arguments = argumentsOf(plan);
  PathSearch::NodePlan out{{}, start, arguments ? *arguments : std::vector<VariableId>{start}};
  out.inner = build.buildInner(plan, out.arguments);
  return out;
}

OperatorPtr buildPathSearch(const plan::PathSearch& search, BuildContext& build) {
  Step::Common common = commonOf(search, build);
  Layout whole = common.inputs.front()->layout();
  const auto add = [&](VariableId v) {
    if (v != bind::kNoVariable && !whole.has(v)) whole.add(v);
  };
  add(search.path);
  std::vector<PathSearch::Part> parts;
  for (std::size_t i = 0; i < search.parts.size(); ++i) {
    const auto& pattern = search.parts[i];
    for (const auto& group : pattern.groups) add(group.second);
    add(pattern.end);
    PathSearch::Part part{pattern,
                          buildNodePlan(*search.children[search.forwards(i)], pattern.left, build),
                          buildNodePlan(*search.children[search.backwards(i)], pattern.right, build),
                          {}};
    const bool ends = i + 1 < search.parts.size();
    if (ends && search.children[search.check(i)]->kind() != plan::LogicalKind::kArgument) {
      part.check = buildNodePlan(*search.children[search.check(i)], pattern.end, build);
    }
    parts.push_back(std::move(part));
  }
  Predicates predicates{search.pathPredicates, whole, build};
  const PathSearch::Spec spec{
      search.from,  search.to,    search.path,          PathChoice::of(search.selector, search.k),
      search.walks, search.nodes, !search.outer.empty()};
  return std::make_unique<PathSearch>(std::move(common), spec, std::move(parts), std::move(whole),
                                      std::move(predicates));
}

}  // namespace

OperatorPtr buildExpand(const plan::LogicalOperator& logical, BuildContext& build) {
  switch (logical.kind()) {
    case plan::LogicalKind::kExpand:
      return buildOneStep(logical.as<plan::Expand>(), build);
    case plan::LogicalKind::kMultiwayIntersect:
      return buildIntersect(logical.as<plan::MultiwayIntersect>(), build);
    case plan::LogicalKind::kVarLengthExpand:
      return buildVarLength(logical.as<plan::VarLengthExpand>(), build);
    case plan::LogicalKind::kQuantifiedExpand:
      return buildQuantified(logical.as<plan::QuantifiedExpand>(), build);
    case plan::LogicalKind::kPathSearch:
      return buildPathSearch(logical.as<plan::PathSearch>(), build);
    case plan::LogicalKind::kShortestPath:
      return buildShortest(logical.as<plan::ShortestPath>(), build);
    case plan::LogicalKind::kBuildPath: {
      const auto& path = logical.as<plan::BuildPath>();
      return std::make_unique<BuildPath>(commonOf(logical, build), path.path, path.steps);
    }
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
