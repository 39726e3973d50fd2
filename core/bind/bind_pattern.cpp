// Nodes and relationships of a pattern, and what their names mean.
#include <algorithm>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/pattern_binder.h"
#include "core/bind/rewrite.h"

namespace plexus::bind {
namespace {

std::string_view kindName(const Type& type) {
  switch (type.kind()) {
    case TypeKind::kNode:
      return "node";
    case TypeKind::kRelationship:
      return "relationship";
    case TypeKind::kPath:
      return "path";
    case TypeKind::kList:
      return type.element().is(TypeKind::kRelationship) ? "list of relationships" : "list";
    default:
      return "value";
  }
}

bool readsVariables(const LabelsPtr& labels) {
  if (!labels) return false;
  if (labels->dynamic && !freeVariables(*labels->dynamic).empty()) return true;
  return std::any_of(labels->operands.begin(), labels->operands.end(), readsVariables);
}

}  // namespace

LabelsPtr bothLabels(const LabelsPtr& a, const LabelsPtr& b) {
  if (!a || !b) return a ? a : b;
  auto both = std::make_shared<BoundLabels>();
  both->kind = BoundLabels::Kind::kAnd;
  both->operands = {a, b};
  return both;
}

void requireKind(const Binding& binding, const ast::Name& name, VariableId variable, const Type& type) {
  const Type& is = binding.info(variable).type;
  if (is.mayBe(type)) return;
  throwSyntax("VariableTypeConflict",
              fmt::format("variable `{}` is a {} and cannot be a {} here", name.text, kindName(is), kindName(type)),
              name.span);
}

std::optional<VariableId> PatternBinder::find(const ast::Name& name) const {
  if (naming_ != Naming::kOwnOnly) return scope_.find(name.text);
  if (const auto own = scope_.own().find(name.text); own != scope_.own().end()) return own->second;
  if (scope_.has(name.text)) throwAlreadyBound(scope_, name.text, name.span);
  return std::nullopt;
}

VariableId PatternBinder::introduce(const ast::Name& name, const Type& type) {
  if (naming_ == Naming::kBoundOnly) throwUndefined(scope_, name.text, name.span);
  const VariableId variable = binding_.newVariable(name.text, type);
  scope_.declare(name.text, variable);
  return variable;
}

std::size_t PatternBinder::addAnonymousNode() {
  graph_.nodes.push_back({binding_.newAnonymous("node", TypeKind::kNode), nullptr, false});
  return graph_.nodes.size() - 1;
}

// Names that depend on a row, as in (n:$(row.label)), cannot choose what is scanned: they are a condition.
LabelsPtr PatternBinder::labelsOf(LabelsPtr labels, VariableId variable, std::vector<ExpressionPtr>& predicates) {
  if (!readsVariables(labels)) return labels;
  auto check = std::make_shared<LabelCheck>();
  check->type = TypeKind::kBoolean;
  check->operand = binding_.read(variable, {});
  check->labels = std::move(labels);
  predicates.push_back(std::move(check));
  return nullptr;
}

// A name that stood in the pattern before is the same node, with one more condition.
std::size_t PatternBinder::addNode(const ast::NodePattern& node) {
  LabelsPtr labels;
  if (node.labels) labels = ExpressionBinder{binding_, scope_}.bindLabels(*node.labels, binding_.labels);
  std::size_t index = graph_.nodes.size();
  if (!node.variable) {
    index = addAnonymousNode();
  } else if (const auto found = find(*node.variable)) {
    requireKind(binding_, *node.variable, *found, TypeKind::kNode);
    index = nodes_.try_emplace(*found, index).first->second;
    if (index == graph_.nodes.size()) graph_.nodes.push_back({*found, nullptr, true});
  } else {
    const VariableId variable = introduce(*node.variable, TypeKind::kNode);
    nodes_.emplace(variable, index);
    graph_.nodes.push_back({variable, nullptr, false});
  }
  PatternNode& added = graph_.nodes[index];
  if (node.variable) named_[added.variable].try_emplace(paths_, node.variable->span);
  binding_.addLabels(added.variable, labels);
  added.labels = bothLabels(added.labels, labelsOf(std::move(labels), added.variable, predicatesWithin(shortest_)));
  if (node.properties || node.where) nodeConditions_.push_back({&node, added.variable, shortest_});
  return index;
}

VariableId PatternBinder::nameRelationship(const ast::RelationshipPattern& source, const Type& type, bool& bound) {
  if (!source.variable) return binding_.newAnonymous("rel", type);
  const ast::Name& name = *source.variable;
  const auto found = find(name);
  bound = found.has_value();
  if (found) requireKind(binding_, name, *found, type);
  const VariableId variable = found ? *found : introduce(name, type);
  auto& named = relationshipVariables_;
  if (std::find(named.begin(), named.end(), variable) != named.end()) {
    throwSyntax("RelationshipUniquenessViolation",
                fmt::format("`{}` cannot stand for two relationships of one pattern", name.text), name.span);
  }
  named.push_back(variable);
  return variable;
}

// -[r:T]->{1,3} is the same as -[r:T*1..3]->: r is a list of relationships either way.
std::size_t PatternBinder::addRelationship(const ast::RelationshipPattern& source, const std::optional<Length>& length,
                                           std::size_t left, std::size_t right) {
  PatternRelationship relationship;
  relationship.length = length;
  const Type single{TypeKind::kRelationship};
  relationship.variable = nameRelationship(source, length ? Type::list(single) : single, relationship.bound);
  LabelsPtr types;
  if (source.types) types = ExpressionBinder{binding_, scope_}.bindLabels(*source.types, binding_.relTypes);
  relationship.direction = source.direction;
  relationship.left = left;
  relationship.right = right;
  const bool conditional = source.properties || source.where || readsVariables(types);
  if (length && conditional) relationship.stepVariable = binding_.newAnonymous("step", single);
  binding_.addLabels(length && conditional ? relationship.stepVariable : relationship.variable, types);
  relationship.types = length ? labelsOf(std::move(types), relationship.stepVariable, relationship.stepPredicates)
                              : labelsOf(std::move(types), relationship.variable, predicatesWithin(shortest_));
  graph_.relationships.push_back(std::move(relationship));
  const std::size_t index = graph_.relationships.size() - 1;
  if (source.properties || source.where) relationshipConditions_.push_back({&source, index, shortest_});
  return index;
}

}  // namespace plexus::bind
