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

bool isChildOf(const plan::MessageAggregate::Term& term, std::size_t child, std::size_t parent) {
  return std::any_of(term.links.begin(), term.links.end(),
                     [&](const auto& link) { return link.child == child && link.parent == parent; });
}

// The number of the ordered link to a child; nothing if there is none.
std::optional<std::size_t> orderedLink(const MessageTerm::Group& group, std::size_t child) {
  for (std::size_t i = 0; i < group.ordered.size(); ++i) {
    if (group.ordered[i].child == child) return i;
  }
  return std::nullopt;
}

// To the group whose children, or which with its child, it orders.
void addOrder(const plan::MessageAggregate::Order& order, MessageTerm& term, BuildContext& build) {
  for (std::size_t g = 0; g < term.groups.size(); ++g) {
    const auto placeOf = [&](std::size_t group) {
      return group == g ? MessageTerm::Order::kParent : orderedLink(term.groups[g], group);
    };
    const auto less = placeOf(order.less), greater = placeOf(order.greater);
    if (!less || !greater) continue;
    term.groups[g].orders.push_back({*less, *greater, compile(*order.lessKey, Layout{{order.lessVariable}}, build),
                                     compile(*order.greaterKey, Layout{{order.greaterVariable}}, build), order.strict});
    return;
  }
}

MessageTerm termOf(const plan::MessageAggregate::Term& term, BuildContext& build) {
  const auto relationOf = [&](const plan::MessageAggregate::Relation& relation) {
    return MessageTerm::Relation{NameCondition{relation.types, build}, relation.direction, relation.exists};
  };
  MessageTerm out;
  out.sign = term.sign;
  out.opens = term.opens;
  for (const auto& nodes : term.groups) out.groups.emplace_back().nodes = nodes;
  const auto hasOrder = [&](std::size_t child, std::size_t parent) {
    return std::any_of(term.orders.begin(), term.orders.end(), [&](const auto& order) {
      const std::size_t other = order.less == child ? order.greater : order.less;
      return (order.less == child || order.greater == child) && (other == parent || isChildOf(term, other, parent));
    });
  };
  for (const auto& link : term.links) {
    MessageTerm::Link made{link.child, {}, link.optional, link.rows};
    for (const auto& relation : link.relations) made.relations.push_back(relationOf(relation));
    auto& group = out.groups[link.parent];
    (hasOrder(link.child, link.parent) ? group.ordered : group.links).push_back(std::move(made));
  }
  for (const auto& order : term.orders) addOrder(order, out, build);
  out.counted = term.counted;
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
