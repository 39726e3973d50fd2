// CREATE, and the pattern that MERGE makes.
#include <utility>

#include <fmt/format.h>

#include "core/bind/create_binder.h"
#include "core/bind/pattern_binder.h"
#include "core/bind/query_binder.h"

namespace plexus::bind {

void bindWrittenLabels(Binding& binding, const Scope& scope, const ast::LabelExpression& source,
                       std::vector<std::string>& labels, std::vector<ExpressionPtr>& dynamic) {
  using Kind = ast::LabelExpression::Kind;
  if (source.kind == Kind::kName) {
    binding.labels.written.insert(source.name);
    labels.push_back(source.name);
  } else if (source.kind == Kind::kDynamic) {
    dynamic.push_back(ExpressionBinder{binding, scope}.bind(*source.dynamic));
    binding.labels.write(*dynamic.back());
  } else if (source.kind == Kind::kAnd) {
    for (const auto& operand : source.operands) bindWrittenLabels(binding, scope, *operand, labels, dynamic);
  } else {
    throwSyntax("UnexpectedSyntax", "what is written needs plain labels; |, ! and % only make sense in a search",
                source.span);
  }
}

void CreateBinder::add(const ast::PathPattern& path) {
  if (path.selector.kind != ast::PathSelectorKind::kNone) {
    throwSyntax("UnexpectedSyntax", "a path that is written cannot be selected", path.span);
  }
  BoundCreate::NamedPath named{kNoVariable, {}, {}};
  const ast::RelationshipPattern* relationship = nullptr;
  for (const auto& element : path.elements) {
    if (const auto* node = std::get_if<ast::NodePattern>(&element)) {
      const VariableId variable = addNode(*node, path.elements.size() == 1);
      if (relationship != nullptr) {
        named.relationships.push_back(addRelationship(*relationship, named.nodes.back(), variable));
      }
      named.nodes.push_back(variable);
    } else if (std::holds_alternative<ast::RelationshipPattern>(element)) {
      relationship = &std::get<ast::RelationshipPattern>(element);
      requireCreatable(*relationship);
    } else {
      throwSyntax("CreatingVarLength", "a quantified pattern cannot be written", path.span);
    }
  }
  if (!path.variable) return;
  if (scope_.has(path.variable->text)) throwAlreadyBound(scope_, path.variable->text, path.variable->span);
  named.variable = binding_.newVariable(path.variable->text, TypeKind::kPath);
  scope_.declare(path.variable->text, named.variable);
  create_.paths.push_back(std::move(named));
}

// A known variable may stand at the end of a new relationship, but only as it is.
VariableId CreateBinder::addNode(const ast::NodePattern& node, bool alone) {
  const auto found = node.variable ? scope_.find(node.variable->text) : std::nullopt;
  if (found) {
    requireKind(binding_, *node.variable, *found, TypeKind::kNode);
    if (alone || node.labels || node.properties) throwAlreadyBound(scope_, node.variable->text, node.variable->span);
    boundNodes_.push_back(*found);
    return *found;
  }
  CreateNode created;
  created.properties = bindProperties(node.properties.get());
  if (node.labels) bindWrittenLabels(binding_, scope_, *node.labels, created.labels, created.dynamicLabels);
  if (node.where) throwSyntax("UnexpectedSyntax", "what is written cannot have a condition", node.where->span);
  created.variable = node.variable ? binding_.newVariable(node.variable->text, TypeKind::kNode)
                                   : binding_.newAnonymous("node", TypeKind::kNode);
  if (node.variable) scope_.declare(node.variable->text, created.variable);
  const VariableId variable = created.variable;
  create_.elements.emplace_back(std::move(created));
  return variable;
}

void CreateBinder::requireCreatable(const ast::RelationshipPattern& source) const {
  if (source.variable && scope_.has(source.variable->text)) {
    throwAlreadyBound(scope_, source.variable->text, source.variable->span);
  }
  if (source.length || source.quantifier) {
    throwSyntax("CreatingVarLength", "a relationship of variable length cannot be written", source.span);
  }
  if (!merging_ && source.direction == Direction::kBoth) {
    throwSyntax("RequiresDirectedRelationship", "a relationship that is created needs a direction", source.span,
                "write -[:TYPE]-> or <-[:TYPE]-");
  }
  if (source.where) throwSyntax("UnexpectedSyntax", "what is written cannot have a condition", source.where->span);
}

void CreateBinder::setType(const ast::RelationshipPattern& source, CreateRelationship& relationship) {
  using Kind = ast::LabelExpression::Kind;
  if (source.types && source.types->kind == Kind::kName) {
    relationship.type = source.types->name;
    binding_.relTypes.written.insert(relationship.type);
  } else if (source.types && source.types->kind == Kind::kDynamic) {
    relationship.dynamicType = ExpressionBinder{binding_, scope_}.bind(*source.types->dynamic);
    binding_.relTypes.write(*relationship.dynamicType);
  } else {
    throwSyntax("NoSingleRelationshipType", "a relationship that is written needs exactly one type", source.span);
  }
}

VariableId CreateBinder::addRelationship(const ast::RelationshipPattern& source, VariableId left, VariableId right) {
  CreateRelationship created;
  created.span = source.span;
  setType(source, created);
  created.properties = bindProperties(source.properties.get());
  const bool backwards = source.direction == Direction::kIn;
  created.start = backwards ? right : left;
  created.end = backwards ? left : right;
  created.variable = source.variable ? binding_.newVariable(source.variable->text, TypeKind::kRelationship)
                                     : binding_.newAnonymous("rel", TypeKind::kRelationship);
  if (source.variable) scope_.declare(source.variable->text, created.variable);
  if (source.direction == Direction::kBoth) undirected_.push_back(created.variable);
  const VariableId variable = created.variable;
  create_.elements.emplace_back(std::move(created));
  return variable;
}

ExpressionPtr CreateBinder::bindProperties(const ast::Expression* properties) {
  if (properties == nullptr) return nullptr;
  if (merging_) requireNoParameter(properties);
  ExpressionPtr bound = ExpressionBinder{binding_, scope_}.bind(*properties);
  binding_.propertyKeys.writeKeys(*bound);
  return bound;
}

void ClauseBinder::bind(const ast::Create& create) {
  CreateBinder binder{binding_, scope_, false};
  for (const auto& path : create.pattern.paths) binder.add(path);
  add(binder.take());
}

}  // namespace plexus::bind
