#include "core/plan/rewrite/tree_pattern.h"

#include <algorithm>
#include <array>

#include "core/function/registry.h"

namespace plexus::plan {

namespace {

bool readsNothing(const LabelsPtr& labels) {
  VariableSet reads;
  addReads(labels, reads);
  return reads.empty();
}

bool sameName(const LabelsPtr& a, const LabelsPtr& b) {
  constexpr auto kName = bind::BoundLabels::Kind::kName;
  return a && b && a->kind == kName && b->kind == kName && a->name == b->name;
}

// Expressions that cannot fail, whatever they are computed for: conditions are tested on nodes that no match may reach.
bool cannotFail(const ExpressionPtr& e) {
  using bind::BoundKind;
  static constexpr std::array<std::string_view, 14> kTotal{
      "=", "<>", "<", "<=", ">", ">=", "AND", "OR", "NOT", "XOR", "IS NULL", "IS NOT NULL", "IN", "STARTS WITH"};
  static constexpr std::array<std::string_view, 4> kOfStrings{"ENDS WITH", "CONTAINS", "toLower", "toUpper"};
  switch (e->kind()) {
    case BoundKind::kConstant:
    case BoundKind::kParameter:
    case BoundKind::kVariable:
    case BoundKind::kProperty:
    case BoundKind::kLabelCheck:
    case BoundKind::kList:
      break;
    case BoundKind::kFunction: {
      const std::string_view name = e->as<bind::Function>().function->name;
      const auto in = [&](const auto& list) { return std::find(list.begin(), list.end(), name) != list.end(); };
      if (!in(kTotal) && !in(kOfStrings)) return false;
      break;
    }
    default:
      return false;
  }
  bool result = true;
  forEachChild(*e, [&](const ExpressionPtr& child) { result = result && cannotFail(child); });
  return result;
}

// The variable of which an expression is a property or the id.
VariableId keyedNode(const ExpressionPtr& e) {
  if (e->kind() == bind::BoundKind::kProperty) return asVariable(e->as<bind::Property>().base);
  const bind::Function* id = asCall(e, "id");
  return id ? asVariable(id->arguments[0]) : bind::kNoVariable;
}

}  // namespace

std::optional<TreePattern> TreePattern::of(LogicalPtr& root) {
  TreePattern out;
  if (!out.collect(root)) return std::nullopt;
  return out;
}

std::optional<std::size_t> TreePattern::find(VariableId variable) const {
  const auto found = names_.find(variable);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

bool TreePattern::hasLengths() const {
  return std::any_of(edges.begin(), edges.end(), [](const Edge& edge) { return !edge.isSimple(); });
}

// Turns a variable of the enclosing plan into a node when the pattern first uses it as one.
std::optional<std::size_t> TreePattern::known(VariableId variable) {
  if (const auto found = find(variable)) return found;
  if (!arguments_.has(variable)) return std::nullopt;
  arguments_.remove(variable);
  const std::size_t node = addNode(variable, nullptr);
  nodes[node].argument = true;
  return node;
}

// Joins give their sides in either order: the variable may be a node by now.
bool TreePattern::addArgument(VariableId variable) {
  const auto found = find(variable);
  if (!found) {
    arguments_.add(variable);
    return true;
  }
  nodes[*found].argument = true;
  return !nodes[*found].seek;
}

std::size_t TreePattern::addNode(VariableId variable, const LabelsPtr& labels) {
  if (const auto found = known(variable)) {
    if (!sameName(nodes[*found].labels, labels)) {
      nodes[*found].labels = conjunction({nodes[*found].labels, labels});
    }
    return *found;
  }
  Node node;
  node.variable = variable;
  node.labels = labels;
  nodes.push_back(std::move(node));
  names_[variable] = nodes.size() - 1;
  return nodes.size() - 1;
}

bool TreePattern::addDifferent(VariableId a, VariableId b) {
  std::size_t ends[2] = {edges.size(), edges.size()};
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges[i].variable == a) ends[0] = i;
    if (edges[i].variable == b) ends[1] = i;
  }
  if (ends[0] == edges.size() || ends[1] == edges.size()) return false;
  differentEdges.emplace_back(std::min(ends[0], ends[1]), std::max(ends[0], ends[1]));
  return true;
}

bool TreePattern::addEdge(std::size_t from, std::size_t to, MessageAggregate::Relation relation, VariableId variable,
                          const std::vector<VariableId>& differentFrom) {
  if (!readsNothing(relation.types) || nodes[from].optional) return false;
  edges.push_back({from, to, std::move(relation), variable});
  return std::all_of(differentFrom.begin(), differentFrom.end(),
                     [&](VariableId other) { return addDifferent(variable, other); });
}

bool TreePattern::collect(LogicalPtr& slot) {
  LogicalOperator& op = *slot;
  switch (op.kind()) {
    case LogicalKind::kNodeScan:
      addNode(op.as<NodeScan>().variable, op.as<NodeScan>().labels);
      return readsNothing(op.as<NodeScan>().labels);
    case LogicalKind::kIndexSeek:
      return collectSeek(slot, op.as<IndexSeek>().variable);
    case LogicalKind::kNodeByIdSeek:
      return collectSeek(slot, op.as<NodeByIdSeek>().variable);
    case LogicalKind::kArgument:
      return std::all_of(op.output.begin(), op.output.end(), [&](VariableId v) { return addArgument(v); });
    case LogicalKind::kExpand:
      return collect(op.children[0]) && collectExpand(op.as<Expand>());
    case LogicalKind::kVarLengthExpand:
      return collect(op.children[0]) && collectWalk(op.as<VarLengthExpand>());
    case LogicalKind::kMultiwayIntersect:
      return collect(op.children[0]) && collectIntersect(op.as<MultiwayIntersect>());
    case LogicalKind::kRelationshipScan:
      return collectRelationships(op.as<RelationshipScan>());
    case LogicalKind::kFilter:
      return collect(op.children[0]) && collectFilter(op.as<Filter>());
    case LogicalKind::kProject:
      return collect(op.children[0]) && collectProject(op.as<Project>());
    case LogicalKind::kHashJoin:
      return collectJoin(op, op.as<HashJoin>().different);
    case LogicalKind::kCartesianProduct:
      return collectJoin(op, op.as<CartesianProduct>().different);
    case LogicalKind::kApply:
      return collect(op.children[0]) && collectApply(op.as<Apply>());
    default:
      return false;
  }
}

bool TreePattern::collectSeek(LogicalPtr& slot, VariableId variable) {
  if (slot->children[0]->kind() != LogicalKind::kArgument) return false;
  Node& node = nodes[addNode(variable, nullptr)];
  if (node.seek || node.argument) return false;
  node.seek = &slot;
  return true;
}

bool TreePattern::collectExpand(Expand& op) {
  const auto from = known(op.from);
  if (!from || op.relationshipBound || !readsNothing(op.toLabels)) return false;
  if (op.into && !known(op.to)) return false;
  const std::size_t to = addNode(op.to, op.toLabels);
  return !nodes[to].optional && addEdge(*from, to, {op.types, op.direction}, op.relationship, op.differentFrom);
}

// Few relationships at most, without conditions of their own.
bool TreePattern::collectWalk(VarLengthExpand& op) {
  constexpr std::uint64_t kMostSteps = 4;
  const auto from = known(op.from);
  if (!from || op.relationshipsBound || !op.stepPredicates.empty() || !readsNothing(op.toLabels)) return false;
  if (op.length.walks || !op.length.max || *op.length.max > kMostSteps || *op.length.max < op.length.min) return false;
  if (op.into && !known(op.to)) return false;
  const std::size_t to = addNode(op.to, op.toLabels);
  if (nodes[to].optional || !addEdge(*from, to, {op.types, op.direction}, op.relationships, op.differentFrom)) {
    return false;
  }
  edges.back().least = op.length.min;
  edges.back().most = *op.length.max;
  return true;
}

bool TreePattern::collectIntersect(MultiwayIntersect& op) {
  if (!readsNothing(op.toLabels)) return false;
  const std::size_t to = addNode(op.to, op.toLabels);
  for (const auto& leg : op.legs) {
    const auto from = known(leg.from);
    if (!from || !addEdge(*from, to, {leg.types, leg.direction}, leg.relationship, leg.differentFrom)) return false;
  }
  return true;
}

bool TreePattern::collectRelationships(RelationshipScan& op) {
  if (op.bound) return false;
  const std::size_t from = addNode(op.from, nullptr), to = addNode(op.to, nullptr);
  return addEdge(from, to, {op.types, op.direction}, op.relationship, {});
}

bool TreePattern::collectFilter(Filter& op) {
  return std::all_of(op.predicates.begin(), op.predicates.end(),
                     [&](const ExpressionPtr& e) { return addPredicate(e); });
}

bool TreePattern::addOrder(const ExpressionPtr& predicate) {
  struct Kind {
    std::string_view name;
    bool strict, turned;
  };
  static constexpr std::array<Kind, 4> kKinds{
      {{"<", true, false}, {"<=", false, false}, {">", true, true}, {">=", false, true}}};
  for (const Kind& kind : kKinds) {
    const bind::Function* compared = asCall(predicate, kind.name);
    if (!compared) continue;
    const ExpressionPtr &less = compared->arguments[kind.turned ? 1 : 0],
                        &greater = compared->arguments[kind.turned ? 0 : 1];
    const auto a = find(keyedNode(less)), b = find(keyedNode(greater));
    if (!a || !b || *a == *b || nodes[*a].optional || nodes[*b].optional) return false;
    orders.push_back({*a, *b, less, greater, kind.strict});
    return true;
  }
  return false;
}

bool TreePattern::addPredicate(const ExpressionPtr& predicate) {
  if (addOrder(predicate)) return true;
  if (!cannotFail(predicate)) return false;
  if (const bind::Function* different = asCall(predicate, "<>")) {
    const auto a = find(asVariable(different->arguments[0])), b = find(asVariable(different->arguments[1]));
    if (a && b) {
      differentNodes.emplace_back(*a, *b);
      return *a != *b && !nodes[*a].optional && !nodes[*b].optional;
    }
  }
  const auto reads = readsOf(predicate).list();
  const auto node = reads.size() == 1 ? find(reads[0]) : std::nullopt;
  if (!node || nodes[*node].optional) return false;
  nodes[*node].predicates.push_back(predicate);
  if (reads[0] != nodes[*node].variable) nodes[*node].aliases.push_back(reads[0]);
  return true;
}

// Only other names for the pattern's nodes.
bool TreePattern::collectProject(Project& op) {
  for (const auto& item : op.items) {
    const auto node = find(asVariable(item.expression));
    if (!node) return false;
    names_[item.variable] = *node;
  }
  return true;
}

bool TreePattern::collectJoin(LogicalOperator& op, const std::vector<std::pair<VariableId, VariableId>>& different) {
  if (!collect(op.children[0]) || !collect(op.children[1])) return false;
  if (op.kind() == LogicalKind::kHashJoin) {
    for (auto key : op.as<HashJoin>().keys) {
      if (!find(key)) return false;
    }
  }
  return std::all_of(different.begin(), different.end(),
                     [&](const auto& pair) { return addDifferent(pair.first, pair.second); });
}

// Whether two nodes are related, or are not.
bool TreePattern::addRelated(Apply& op) {
  if (op.mode != Apply::Mode::kSemi && op.mode != Apply::Mode::kAnti) return false;
  const auto a = find(op.outer[0]), b = find(op.outer[1]);
  if (!a || !b || nodes[*a].optional || nodes[*b].optional) return false;
  auto inner = TreePattern::of(op.children[1]);
  if (!inner || inner->nodes.size() != 2 || inner->edges.size() != 1 || !inner->absent.empty()) return false;
  if (!inner->differentNodes.empty() || !inner->differentEdges.empty() || !inner->orders.empty()) return false;
  for (const Node& node : inner->nodes) {
    if (!node.argument || node.labels || !node.predicates.empty() || !node.semiJoins.empty()) return false;
  }
  Edge edge = inner->edges[0];
  if (edge.from == edge.to || !edge.isSimple()) return false;
  edge.from = *find(inner->nodes[edge.from].variable);
  edge.to = *find(inner->nodes[edge.to].variable);
  edge.variable = bind::kNoVariable;
  edge.relation.exists = true;
  (op.mode == Apply::Mode::kAnti ? absent : edges).push_back(std::move(edge));
  return true;
}

bool TreePattern::collectApply(Apply& op) {
  if (op.outer.size() == 2) return addRelated(op);
  if (op.outer.size() != 1) return false;
  const auto node = find(op.outer[0]);
  if (!node) return false;
  if (op.mode == Apply::Mode::kSemi || op.mode == Apply::Mode::kAnti) {
    if (nodes[*node].optional) return false;
    nodes[*node].semiJoins.push_back(&op);
    if (op.outer[0] != nodes[*node].variable) nodes[*node].aliases.push_back(op.outer[0]);
    return true;
  }
  if (op.mode != Apply::Mode::kOptional) return false;
  auto inner = TreePattern::of(op.children[1]);
  return inner && addOptional(std::move(*inner), op.outer[0]);
}

// A subtree that hangs on the outer node by a single edge, without conditions across its nodes.
bool TreePattern::addOptional(TreePattern inner, VariableId outer) {
  const auto top = inner.find(outer);
  if (!top || !inner.differentEdges.empty() || !inner.differentNodes.empty() || !inner.absent.empty()) return false;
  if (!inner.orders.empty()) return false;
  Node& topNode = inner.nodes[*top];
  if (!topNode.predicates.empty() || !topNode.semiJoins.empty() || topNode.labels || !topNode.argument) return false;
  if (inner.edges.size() + 1 != inner.nodes.size() || inner.hasLengths()) return false;
  std::vector<std::size_t> at(inner.nodes.size());
  const std::size_t outerNode = *known(outer);
  for (std::size_t i = 0; i < inner.nodes.size(); ++i) {
    if (i == *top) {
      at[i] = outerNode;
      continue;
    }
    if (inner.nodes[i].argument || names_.contains(inner.nodes[i].variable)) return false;
    nodes.push_back(inner.nodes[i]);
    nodes.back().optional = true;
    names_[nodes.back().variable] = nodes.size() - 1;
    at[i] = nodes.size() - 1;
  }
  int touching = 0;
  for (auto& edge : inner.edges) {
    const bool first = edge.from == *top || edge.to == *top;
    touching += first ? 1 : 0;
    edge.from = at[edge.from];
    edge.to = at[edge.to];
    edge.optional = edge.optional || first;
    edges.push_back(std::move(edge));
  }
  return touching == 1;
}

}  // namespace plexus::plan
