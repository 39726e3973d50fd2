#include "core/plan/logical/introspection.h"

#include <algorithm>

#include "core/function/procedure.h"

namespace plexus::plan {

namespace {

using Visit = std::function<void(const ExpressionPtr&)>;

void visitLabels(const LabelsPtr& labels, const Visit& visit) {
  if (!labels) return;
  visit(labels->dynamic);
  for (const auto& operand : labels->operands) visitLabels(operand, visit);
}

void visitAll(const std::vector<ExpressionPtr>& list, const Visit& visit) {
  for (const auto& e : list) visit(e);
}

void visitItems(const std::vector<bind::ProjectionItem>& items, const Visit& visit) {
  for (const auto& item : items) visit(item.expression);
}

void visitAggregates(const std::vector<bind::BoundAggregate>& aggregates, const Visit& visit) {
  for (const auto& aggregate : aggregates) visitAll(aggregate.arguments, visit);
}

void visitCreate(const bind::BoundCreate& create, const Visit& visit) {
  for (const auto& element : create.elements) {
    if (const auto* node = std::get_if<bind::CreateNode>(&element)) {
      visitAll(node->dynamicLabels, visit);
      visit(node->properties);
    } else {
      const auto& relationship = std::get<bind::CreateRelationship>(element);
      visit(relationship.dynamicType);
      visit(relationship.properties);
    }
  }
}

void visitSetItems(const std::vector<bind::SetItem>& items, const Visit& visit) {
  for (const auto& item : items) {
    visit(item.entity);
    visit(item.dynamicKey);
    visit(item.value);
    visitAll(item.dynamicLabels, visit);
  }
}

void visitRemoveItems(const std::vector<bind::RemoveItem>& items, const Visit& visit) {
  for (const auto& item : items) {
    visit(item.entity);
    visit(item.dynamicKey);
    visitAll(item.dynamicLabels, visit);
  }
}

void visitSeek(const IndexSeek& op, const Visit& visit) {
  visitAll(op.values, visit);
  visit(op.low);
  visit(op.high);
}

void visitIntersect(const MultiwayIntersect& op, const Visit& visit) {
  visitLabels(op.toLabels, visit);
  for (const auto& leg : op.legs) visitLabels(leg.types, visit);
}

void visitMessages(const MessageAggregate& op, const Visit& visit) {
  for (const auto& node : op.nodes) visitLabels(node.labels, visit);
  for (const auto& term : op.terms) {
    for (const auto* links : {&term.links, &term.core.links}) {
      for (const auto& link : *links) {
        for (const auto& relation : link.relations) visitLabels(relation.types, visit);
      }
    }
    for (const auto& loop : term.loops) visitLabels(loop.second.types, visit);
    for (const auto& order : term.orders) {
      visit(order.lessKey);
      visit(order.greaterKey);
    }
  }
  if (!op.groups) return;
  for (const auto& keys : op.groups->keys) visitAll(keys, visit);
  visit(op.groups->most);
}

// May call with null pointers.
void visitExpressions(const LogicalOperator& op, const Visit& visit) {
  switch (op.kind()) {
    case LogicalKind::kNodeScan:
      return visitLabels(op.as<NodeScan>().labels, visit);
    case LogicalKind::kNodeByIdSeek:
      return visit(op.as<NodeByIdSeek>().ids);
    case LogicalKind::kIndexSeek:
      return visitSeek(op.as<IndexSeek>(), visit);
    case LogicalKind::kRelationshipScan:
      return visitLabels(op.as<RelationshipScan>().types, visit);
    case LogicalKind::kExpand:
      visitLabels(op.as<Expand>().types, visit);
      return visitLabels(op.as<Expand>().toLabels, visit);
    case LogicalKind::kMultiwayIntersect:
      return visitIntersect(op.as<MultiwayIntersect>(), visit);
    case LogicalKind::kVarLengthExpand:
      visitLabels(op.as<VarLengthExpand>().types, visit);
      visitLabels(op.as<VarLengthExpand>().toLabels, visit);
      return visitAll(op.as<VarLengthExpand>().stepPredicates, visit);
    case LogicalKind::kQuantifiedExpand:
      return visitLabels(op.as<QuantifiedExpand>().toLabels, visit);
    case LogicalKind::kShortestPath:
      visitLabels(op.as<ShortestPath>().types, visit);
      visitAll(op.as<ShortestPath>().stepPredicates, visit);
      return visitAll(op.as<ShortestPath>().pathPredicates, visit);
    case LogicalKind::kPathSearch:
      return visitAll(op.as<PathSearch>().pathPredicates, visit);
    case LogicalKind::kFilter:
      return visitAll(op.as<Filter>().predicates, visit);
    case LogicalKind::kProject:
      return visitItems(op.as<Project>().items, visit);
    case LogicalKind::kAggregate:
      visitItems(op.as<Aggregate>().groupBy, visit);
      return visitAggregates(op.as<Aggregate>().aggregates, visit);
    case LogicalKind::kMessageAggregate:
      return visitMessages(op.as<MessageAggregate>(), visit);
    case LogicalKind::kSort:
      for (const auto& key : op.as<Sort>().keys) visit(key.expression);
      return visit(op.as<Sort>().limit);
    case LogicalKind::kLimit:
      visit(op.as<Limit>().skip);
      return visit(op.as<Limit>().limit);
    case LogicalKind::kUnwind:
      return visit(op.as<Unwind>().list);
    case LogicalKind::kApply:
      return visit(op.as<Apply>().transactions.batchRows);
    case LogicalKind::kProcedureCall:
      visitAll(op.as<ProcedureCall>().call.arguments, visit);
      return visit(op.as<ProcedureCall>().call.where);
    case LogicalKind::kLoadCsv:
      return visit(op.as<LoadCsv>().load.url);
    case LogicalKind::kCreate:
      return visitCreate(op.as<Create>().create, visit);
    case LogicalKind::kMerge:
      visitCreate(op.as<Merge>().merge.create, visit);
      visitSetItems(op.as<Merge>().merge.onCreate, visit);
      return visitSetItems(op.as<Merge>().merge.onMatch, visit);
    case LogicalKind::kSet:
      return visitSetItems(op.as<Set>().set.items, visit);
    case LogicalKind::kRemove:
      return visitRemoveItems(op.as<Remove>().remove.items, visit);
    case LogicalKind::kDelete:
      return visitAll(op.as<Delete>().del.targets, visit);
    case LogicalKind::kForeach:
      return visit(op.as<Foreach>().list);
    case LogicalKind::kArgument:
    case LogicalKind::kBuildPath:
    case LogicalKind::kDistinct:
    case LogicalKind::kUnion:
    case LogicalKind::kEager:
    case LogicalKind::kHashJoin:
    case LogicalKind::kCartesianProduct:
    case LogicalKind::kEmptyResult:
      return;
  }
}

void addPairs(const std::vector<std::pair<VariableId, VariableId>>& pairs, VariableSet& out) {
  for (const auto& [a, b] : pairs) {
    out.add(a);
    out.add(b);
  }
}

void addCreateEnds(const bind::BoundCreate& create, VariableSet& out) {
  for (const auto& element : create.elements) {
    if (const auto* relationship = std::get_if<bind::CreateRelationship>(&element)) {
      out.add(relationship->start);
      out.add(relationship->end);
    }
  }
  for (const auto& path : create.paths) {
    out.addAll(path.nodes);
    out.addAll(path.relationships);
  }
}

// Fields of operators that are variables of their children, expressions aside.
void addFieldReads(const LogicalOperator& op, VariableSet& out) {
  switch (op.kind()) {
    case LogicalKind::kRelationshipScan:
      if (op.as<RelationshipScan>().bound) out.add(op.as<RelationshipScan>().relationship);
      return;
    case LogicalKind::kExpand: {
      const auto& e = op.as<Expand>();
      out.add(e.from);
      if (e.into) out.add(e.to);
      if (e.relationshipBound) out.add(e.relationship);
      return out.addAll(e.differentFrom);
    }
    case LogicalKind::kMultiwayIntersect:
      for (const auto& leg : op.as<MultiwayIntersect>().legs) {
        out.add(leg.from);
        out.addAll(leg.differentFrom);
      }
      return;
    case LogicalKind::kVarLengthExpand: {
      const auto& e = op.as<VarLengthExpand>();
      out.add(e.from);
      if (e.into) out.add(e.to);
      if (e.relationshipsBound) out.add(e.relationships);
      return out.addAll(e.differentFrom);
    }
    case LogicalKind::kQuantifiedExpand: {
      const auto& e = op.as<QuantifiedExpand>();
      out.add(e.from);
      if (e.into) out.add(e.to);
      out.addAll(e.outer);
      return out.addAll(e.differentFrom);
    }
    case LogicalKind::kShortestPath:
      out.add(op.as<ShortestPath>().from);
      out.add(op.as<ShortestPath>().to);
      return out.addAll(op.as<ShortestPath>().outer);
    case LogicalKind::kPathSearch:
      out.add(op.as<PathSearch>().from);
      out.add(op.as<PathSearch>().to);
      return out.addAll(op.as<PathSearch>().outer);
    case LogicalKind::kBuildPath:
      for (const auto& step : op.as<BuildPath>().steps) out.add(step.variable);
      return;
    case LogicalKind::kDistinct:
      return out.addAll(op.as<Distinct>().keys);
    case LogicalKind::kUnion:
      for (const auto& input : op.as<Union>().inputs) out.addAll(input);
      return;
    case LogicalKind::kApply:
      return out.addAll(op.as<Apply>().outer);
    case LogicalKind::kHashJoin:
      out.addAll(op.as<HashJoin>().keys);
      return addPairs(op.as<HashJoin>().different, out);
    case LogicalKind::kCartesianProduct:
      return addPairs(op.as<CartesianProduct>().different, out);
    case LogicalKind::kCreate:
      return addCreateEnds(op.as<Create>().create, out);
    case LogicalKind::kMerge:
      out.addAll(op.as<Merge>().outer);
      return addCreateEnds(op.as<Merge>().merge.create, out);
    case LogicalKind::kForeach:
      return out.addAll(op.as<Foreach>().outer);
    default:
      return;
  }
}

void addCreated(const bind::BoundCreate& create, VariableSet& out) {
  for (const auto& element : create.elements) {
    std::visit([&](const auto& e) { out.add(e.variable); }, element);
  }
  for (const auto& path : create.paths) out.add(path.variable);
}

void addPatternVariables(const bind::PatternGraph& graph, VariableSet& out) {
  for (const auto& node : graph.nodes) {
    if (!node.bound) out.add(node.variable);
  }
  for (const auto& relationship : graph.relationships) {
    if (!relationship.bound) out.add(relationship.variable);
  }
  for (const auto& path : graph.paths) out.add(path.variable);
}

template <typename Items>
void addVariables(const Items& items, VariableSet& out) {
  for (const auto& item : items) out.add(item.variable);
}

void addIntroduced(const LogicalOperator& op, VariableSet& out);
void addAvailable(const LogicalOperator& op, VariableSet& out);

void addIntroduced(const Expand& op, VariableSet& out) {
  if (!op.relationshipBound) out.add(op.relationship);
  if (!op.into) out.add(op.to);
}

void addIntroduced(const VarLengthExpand& op, VariableSet& out) {
  if (!op.relationshipsBound) out.add(op.relationships);
  if (!op.into) out.add(op.to);
}

void addIntroduced(const QuantifiedExpand& op, VariableSet& out) {
  out.add(op.relationships);
  if (!op.into) out.add(op.to);
  for (const auto& group : op.groups) out.add(group.second);
}

void addIntroduced(const ShortestPath& op, VariableSet& out) {
  out.add(op.relationships);
  out.add(op.path);
  if (op.children.size() == 2) out |= availableAbove(*op.children[1]) - VariableSet{op.outer};
}

void addIntroduced(const RelationshipScan& op, VariableSet& out) {
  if (!op.bound) out.add(op.relationship);
  out.add(op.from);
  out.add(op.to);
}

void addIntroduced(const PathSearch& op, VariableSet& out) {
  out.add(op.path);
  for (const auto& part : op.parts) {
    out.add(part.end);
    for (const auto& group : part.groups) out.add(group.second);
  }
}

void addIntroduced(const Apply& op, VariableSet& out) {
  out.add(op.transactions.status);
  if (op.mode == Apply::Mode::kInner || op.mode == Apply::Mode::kOptional) out.addAll(op.introduced);
}

void addIntroduced(const LogicalOperator& op, VariableSet& out) {
  switch (op.kind()) {
    case LogicalKind::kArgument:
    case LogicalKind::kUnion:
      return out.addAll(op.output);
    case LogicalKind::kNodeScan:
      return out.add(op.as<NodeScan>().variable);
    case LogicalKind::kNodeByIdSeek:
      return out.add(op.as<NodeByIdSeek>().variable);
    case LogicalKind::kIndexSeek:
      return out.add(op.as<IndexSeek>().variable);
    case LogicalKind::kRelationshipScan:
      return addIntroduced(op.as<RelationshipScan>(), out);
    case LogicalKind::kExpand:
      return addIntroduced(op.as<Expand>(), out);
    case LogicalKind::kMultiwayIntersect:
      out.add(op.as<MultiwayIntersect>().to);
      for (const auto& leg : op.as<MultiwayIntersect>().legs) out.add(leg.relationship);
      return;
    case LogicalKind::kVarLengthExpand:
      return addIntroduced(op.as<VarLengthExpand>(), out);
    case LogicalKind::kQuantifiedExpand:
      return addIntroduced(op.as<QuantifiedExpand>(), out);
    case LogicalKind::kShortestPath:
      return addIntroduced(op.as<ShortestPath>(), out);
    case LogicalKind::kPathSearch:
      return addIntroduced(op.as<PathSearch>(), out);
    case LogicalKind::kBuildPath:
      return out.add(op.as<BuildPath>().path);
    case LogicalKind::kProject:
      return addVariables(op.as<Project>().items, out);
    case LogicalKind::kAggregate:
      addVariables(op.as<Aggregate>().groupBy, out);
      return addVariables(op.as<Aggregate>().aggregates, out);
    case LogicalKind::kMessageAggregate:
      out.add(op.as<MessageAggregate>().nodes[0].variable);
      if (op.as<MessageAggregate>().pairs) out.add(op.as<MessageAggregate>().nodes[1].variable);
      return;
    case LogicalKind::kUnwind:
      return out.add(op.as<Unwind>().variable);
    case LogicalKind::kApply:
      return addIntroduced(op.as<Apply>(), out);
    case LogicalKind::kProcedureCall:
      for (const auto& yield : op.as<ProcedureCall>().call.yield) out.add(yield.second);
      return;
    case LogicalKind::kLoadCsv:
      out.add(op.as<LoadCsv>().load.variable);
      out.add(op.as<LoadCsv>().load.line);
      return out.add(op.as<LoadCsv>().load.file);
    case LogicalKind::kCreate:
      return addCreated(op.as<Create>().create, out);
    case LogicalKind::kMerge:
      addCreated(op.as<Merge>().merge.create, out);
      return addPatternVariables(op.as<Merge>().merge.graph, out);
    default:
      return;
  }
}

VariableSet orderedVariables(const MessageAggregate& op) {
  VariableSet out;
  for (const auto& term : op.terms) {
    for (const auto& order : term.orders) {
      out.add(order.lessVariable);
      out.add(order.greaterVariable);
    }
  }
  return out;
}

// Variables that exist only while the operator runs.
VariableSet localsOf(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kVarLengthExpand:
      return {op.as<VarLengthExpand>().stepVariable};
    case LogicalKind::kShortestPath:
      return {op.as<ShortestPath>().stepVariable};
    case LogicalKind::kForeach:
      return {op.as<Foreach>().variable};
    case LogicalKind::kMessageAggregate:
      return orderedVariables(op.as<MessageAggregate>());
    default:
      return {};
  }
}

bool replacesRows(LogicalKind kind) {
  return kind == LogicalKind::kAggregate || kind == LogicalKind::kMessageAggregate || kind == LogicalKind::kUnion ||
         kind == LogicalKind::kEmptyResult;
}

// A plan is asked once for each of its operators: so the set is one for all of them.
void addAvailable(const LogicalOperator& op, VariableSet& out) {
  if (op.kind() == LogicalKind::kDistinct) return out.addAll(op.as<Distinct>().keys);
  addIntroduced(op, out);
  if (replacesRows(op.kind())) return;
  const std::size_t inputs = inputCount(op);
  for (std::size_t i = 0; i < inputs; ++i) {
    if (op.children[i]) addAvailable(*op.children[i], out);
  }
}

}  // namespace

void forEachExpression(const LogicalOperator& op, const Visit& visit) {
  visitExpressions(op, [&](const ExpressionPtr& e) {
    if (e) visit(e);
  });
}

VariableSet readsOf(const LogicalOperator& op) {
  VariableSet out;
  forEachExpression(op, [&](const ExpressionPtr& e) { addReads(e, out); });
  addFieldReads(op, out);
  // A group key that is a plain variable keeps its id: it is read below, though it is there above too.
  const bool readsBelowOnly = op.kind() == LogicalKind::kAggregate || op.kind() == LogicalKind::kProject;
  return readsBelowOnly ? out - localsOf(op) : out - introducedBy(op) - localsOf(op);
}

VariableSet introducedBy(const LogicalOperator& op) {
  VariableSet out;
  addIntroduced(op, out);
  return out;
}

VariableSet availableAbove(const LogicalOperator& op) {
  VariableSet out;
  addAvailable(op, out);
  return out;
}

bool writes(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kCreate:
    case LogicalKind::kMerge:
    case LogicalKind::kSet:
    case LogicalKind::kRemove:
    case LogicalKind::kDelete:
    case LogicalKind::kForeach:
      return true;
    case LogicalKind::kProcedureCall:
      if (op.as<ProcedureCall>().call.procedure->mode != function::ProcedureMode::kRead) return true;
      break;
    default:
      break;
  }
  for (const auto& child : op.children) {
    if (writes(*child)) return true;
  }
  return false;
}

bool readsGraph(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kNodeScan:
    case LogicalKind::kNodeByIdSeek:
    case LogicalKind::kIndexSeek:
    case LogicalKind::kRelationshipScan:
    case LogicalKind::kExpand:
    case LogicalKind::kMultiwayIntersect:
    case LogicalKind::kVarLengthExpand:
    case LogicalKind::kQuantifiedExpand:
    case LogicalKind::kShortestPath:
    case LogicalKind::kPathSearch:
    case LogicalKind::kMessageAggregate:
    case LogicalKind::kProcedureCall:
      return true;
    default:
      break;
  }
  for (const auto& child : op.children) {
    if (readsGraph(*child)) return true;
  }
  return false;
}

std::size_t inputCount(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kApply:
    case LogicalKind::kMerge:
    case LogicalKind::kForeach:
    case LogicalKind::kQuantifiedExpand:
    case LogicalKind::kShortestPath:
    case LogicalKind::kPathSearch:
      return std::min<std::size_t>(op.children.size(), 1);
    default:
      return op.children.size();
  }
}

void forEachArgument(LogicalOperator& op, const std::function<void(Argument&)>& visit) {
  if (op.kind() == LogicalKind::kArgument) return visit(op.as<Argument>());
  const std::size_t inputs = inputCount(op);
  for (std::size_t i = 0; i < inputs; ++i) forEachArgument(*op.children[i], visit);
}

}  // namespace plexus::plan
