// Nodes and relationships of a pattern, and what their names mean.
#include <algorithm>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/pattern_binder.h"

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
  if (scope_.has(name.text)) throwAlreadyBound(name.text, name.span);
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
  added.labels = bothLabels(added.labels, labels);
  if (node.properties || node.where) nodeConditions_.push_back({&node, added.variable});
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
std::size_t PatternBinder::addRelationship(const ast::RelationshipPattern& source, std::size_t left,
                                           std::size_t right) {
  PatternRelationship relationship;
  const auto& length = source.length ? source.length : source.quantifier;
  if (length) relationship.length = Length{length->min, length->max};
  const Type single{TypeKind::kRelationship};
  relationship.variable = nameRelationship(source, length ? Type::list(single) : single, relationship.bound);
  if (source.types) {
    relationship.types = ExpressionBinder{binding_, scope_}.bindLabels(*source.types, binding_.relTypes);
  }
  relationship.direction = source.direction;
  relationship.left = left;
  relationship.right = right;
  if (length && (source.properties || source.where)) relationship.stepVariable = binding_.newAnonymous("step", single);
  graph_.relationships.push_back(std::move(relationship));
  const std::size_t index = graph_.relationships.size() - 1;
  if (source.properties || source.where) relationshipConditions_.push_back({&source, index});
  return index;
}

}  // namespace plexus::bind
