#include <algorithm>

#include "core/exec/build/build_context.h"
#include "core/exec/operator/aggregate/aggregate.h"
#include "core/exec/operator/aggregate/message_aggregate.h"
#include "core/exec/operator/row/eager.h"
#include "core/exec/operator/row/filter.h"
#include "core/exec/operator/row/limit.h"
#include "core/exec/operator/row/project.h"
#include "core/exec/operator/row/union.h"
#include "core/exec/operator/sort/sort.h"
#include "core/function/registry.h"
#include "core/plan/logical/expression.h"

namespace plexus::exec {
namespace {

OperatorPtr buildFilter(const plan::Filter& filter, BuildContext& build) {
  if (filter.children.front()->kind() == plan::LogicalKind::kNodeScan) build.offer(filter.predicates);
  Step::Common common = commonOf(filter, build);
  Predicates predicates{filter.predicates, common.inputs.front()->layout(), build};
  return std::make_unique<Filter>(std::move(common), std::move(predicates));
}

OperatorPtr buildProject(const plan::Project& project, BuildContext& build) {
  Step::Common common = commonOf(project, build);
  std::vector<Project::Item> items;
  bool perRow = false;
  for (const auto& item : project.items) {
    if (!common.layout.has(item.variable)) continue;
    perRow = perRow || !plan::isDeterministic(item.expression);
    items.push_back(
        {compile(*item.expression, common.inputs.front()->layout(), build), common.layout.column(item.variable)});
  }
  return std::make_unique<Project>(std::move(common), std::move(items), perRow);
}

OperatorPtr buildAggregate(const plan::Aggregate& aggregate, BuildContext& build) {
  Step::Common common = commonOf(aggregate, build);
  const Layout& rows = common.inputs.front()->layout();
  std::vector<Aggregate::Key> keys;
  for (const auto& key : aggregate.groupBy) keys.push_back({compile(*key.expression, rows, build), key.variable});
  std::vector<Aggregate::Item> items;
  for (const auto& item : aggregate.aggregates) {
    Aggregate::Item made{&item, {}};
    for (const auto& argument : item.arguments) made.arguments.push_back(compile(*argument, rows, build));
    items.push_back(std::move(made));
  }
  return std::make_unique<Aggregate>(std::move(common), std::move(keys), std::move(items));
}

MessageTerm termOf(const plan::MessageAggregate::Term& term, BuildContext& build) {
  const auto relationOf = [&](const plan::MessageAggregate::Relation& relation) {
    return MessageTerm::Relation{NameCondition{relation.types, build}, relation.direction, relation.exists};
  };
  MessageTerm out;
  out.sign = term.sign;
  out.opens = term.opens;
  for (const auto& nodes : term.groups) out.groups.push_back({nodes, {}, {}});
  for (const auto& link : term.links) {
    MessageTerm::Link made{link.child, {}, link.optional, link.rows};
    for (const auto& relation : link.relations) made.relations.push_back(relationOf(relation));
    out.groups[link.parent].links.push_back(std::move(made));
  }
  out.core.groups = term.core.groups;
  for (const auto& link : term.core.links) {
    auto& made = out.core.links.emplace_back();
    made.from = link.parent;
    made.to = link.child;
    for (const auto& relation : link.relations) made.relations.push_back(relationOf(relation));
  }
  for (const auto& [group, relation] : term.loops) out.groups[group].loops.push_back(relationOf(relation));
  for (auto& group : out.groups) {
    std::stable_sort(group.links.begin(), group.links.end(),
                     [](const auto& a, const auto& b) { return a.rows < b.rows; });
  }
  return out;
}

OperatorPtr buildMessageAggregate(const plan::MessageAggregate& logical, BuildContext& build) {
  MessageAggregate::Spec spec;
  for (const auto& node : logical.nodes) {
    spec.nodes.push_back({node.variable, NameCondition{node.labels, build}, node.source});
  }
  for (const auto& term : logical.terms) spec.terms.push_back(termOf(term, build));
  spec.pairs = logical.pairs;
  if (logical.groups) {
    auto& groups = spec.groups.emplace();
    for (std::size_t i = 0; i < groups.keys.size(); ++i) {
      const Layout node{{logical.nodes[i].variable}};
      for (const auto& key : logical.groups->keys[i]) groups.keys[i].push_back(compile(*key, node, build));
    }
    if (logical.groups->most) groups.most = compile(*logical.groups->most, Layout{}, build);
    groups.distinct = logical.groups->distinct;
  }
  return std::make_unique<MessageAggregate>(commonOf(logical, build), std::move(spec));
}

OperatorPtr buildDistinct(const plan::Distinct& distinct, BuildContext& build) {
  Step::Common common = commonOf(distinct, build);
  std::vector<ColumnIndex> keys;
  for (const VariableId key : distinct.keys) keys.push_back(common.inputs.front()->layout().column(key));
  return std::make_unique<Distinct>(std::move(common), std::move(keys));
}

OperatorPtr buildSort(const plan::Sort& sort, BuildContext& build) {
  Step::Common common = commonOf(sort, build);
  const Layout& rows = common.inputs.front()->layout();
  std::vector<Sort::Key> keys;
  for (const auto& key : sort.keys) keys.push_back({compile(*key.expression, rows, build), key.descending});
  EvaluatorPtr limit = sort.limit ? compile(*sort.limit, Layout{}, build) : nullptr;
  return std::make_unique<Sort>(std::move(common), std::move(keys), std::move(limit));
}

OperatorPtr buildLimit(const plan::Limit& limit, BuildContext& build) {
  EvaluatorPtr skip = limit.skip ? compile(*limit.skip, Layout{}, build) : nullptr;
  EvaluatorPtr most = limit.limit ? compile(*limit.limit, Layout{}, build) : nullptr;
  return std::make_unique<Limit>(commonOf(limit, build), std::move(skip), std::move(most));
}

OperatorPtr buildUnion(const plan::Union& all, BuildContext& build) {
  Step::Common common = commonOf(all, build);
  std::vector<std::vector<ColumnIndex>> columns;
  for (std::size_t i = 0; i < all.inputs.size(); ++i) {
    auto& input = columns.emplace_back();
    for (const VariableId v : all.inputs[i]) input.push_back(common.inputs[i]->layout().column(v));
  }
  const Layout layout = common.layout;
  auto rows = std::make_unique<Union>(std::move(common), std::move(columns));
  if (all.all) return rows;
  std::vector<ColumnIndex> keys;
  for (ColumnIndex i = 0; i < layout.size(); ++i) keys.push_back(i);
  rows->estimatedRows = all.estimatedRows;
  if (build.profile()) rows->setProfile(std::make_shared<Operator::Profile>());
  Step::Common distinct{"Distinct", {}, layout};
  distinct.inputs.push_back(std::move(rows));
  return std::make_unique<Distinct>(std::move(distinct), std::move(keys));
}

}  // namespace

OperatorPtr buildRelational(const plan::LogicalOperator& logical, BuildContext& build) {
  using plan::LogicalKind;
  switch (logical.kind()) {
    case LogicalKind::kFilter:
      return buildFilter(logical.as<plan::Filter>(), build);
    case LogicalKind::kProject:
      return buildProject(logical.as<plan::Project>(), build);
    case LogicalKind::kAggregate:
      return buildAggregate(logical.as<plan::Aggregate>(), build);
    case LogicalKind::kMessageAggregate:
      return buildMessageAggregate(logical.as<plan::MessageAggregate>(), build);
    case LogicalKind::kDistinct:
      return buildDistinct(logical.as<plan::Distinct>(), build);
    case LogicalKind::kSort:
      return buildSort(logical.as<plan::Sort>(), build);
    case LogicalKind::kLimit:
      return buildLimit(logical.as<plan::Limit>(), build);
    case LogicalKind::kUnion:
      return buildUnion(logical.as<plan::Union>(), build);
    case LogicalKind::kEager:
      return std::make_unique<Eager>(commonOf(logical, build));
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
