// SET, REMOVE, DELETE and FOREACH.
#include <utility>

#include <fmt/format.h>

#include "core/bind/create_binder.h"
#include "core/bind/query_binder.h"

namespace plexus::bind {
namespace {

void requireEntity(const BoundExpression& expression, std::string_view what) {
  const Type& type = expression.type;
  if (type.mayBe(TypeKind::kNode) || type.mayBe(TypeKind::kRelationship)) return;
  throwSyntax("InvalidArgumentType",
              fmt::format("{} needs a node or a relationship, but this is of type {}", what, type.text()),
              expression.span);
}

void requireNode(const BoundExpression& expression) {
  if (!expression.type.is(TypeKind::kRelationship)) return;
  throwSyntax("InvalidArgumentType", "only nodes have labels: the type of a relationship cannot be changed",
              expression.span);
}

}  // namespace

SetItem ClauseBinder::bindSetItem(const ast::SetItem& item) {
  using Kind = ast::SetItem::Kind;
  SetItem bound;
  bound.kind = item.kind;
  if (item.kind == Kind::kProperty) {
    const auto& target = item.target->as<ast::Property>();
    bound.entity = bindExpression(*target.base);
    bound.key = target.key.text;
    binding_.propertyKeys.written.insert(bound.key);
  } else if (item.kind == Kind::kDynamicProperty) {
    const auto& target = item.target->as<ast::Index>();
    bound.entity = bindExpression(*target.base);
    bound.dynamicKey = bindExpression(*target.index);
    requireType(*bound.dynamicKey, TypeKind::kString, "a property key");
    binding_.propertyKeys.write(*bound.dynamicKey);
  } else {
    bound.entity = bindExpression(*item.target);
  }
  requireEntity(*bound.entity, "SET");
  if (item.kind == Kind::kLabels) {
    requireNode(*bound.entity);
    bindWrittenLabels(binding_, scope_, *item.labels, bound.labels, bound.dynamicLabels);
    return bound;
  }
  bound.value = bindExpression(*item.value);
  const Type& type = bound.value->type;
  const bool takesMap = item.kind == Kind::kReplace || item.kind == Kind::kAdd;
  if (takesMap) binding_.propertyKeys.writeKeys(*bound.value);
  if (takesMap && !type.mayBe(TypeKind::kNode) && !type.mayBe(TypeKind::kRelationship)) {
    requireType(*bound.value, TypeKind::kMap, "the new properties");
  }
  return bound;
}

void ClauseBinder::bind(const ast::Set& set) {
  BoundSet bound;
  for (const auto& item : set.items) bound.items.push_back(bindSetItem(item));
  add(std::move(bound));
}

void ClauseBinder::bind(const ast::Remove& remove) {
  BoundRemove bound;
  for (const auto& item : remove.items) {
    RemoveItem removed;
    if (item.labels) {
      removed.entity = bindExpression(*item.target);
      requireNode(*removed.entity);
      bindWrittenLabels(binding_, scope_, *item.labels, removed.labels, removed.dynamicLabels);
    } else if (item.target->kind() == ast::ExpressionKind::kProperty) {
      removed.entity = bindExpression(*item.target->as<ast::Property>().base);
      removed.key = item.target->as<ast::Property>().key.text;
    } else {
      removed.entity = bindExpression(*item.target->as<ast::Index>().base);
      removed.dynamicKey = bindExpression(*item.target->as<ast::Index>().index);
    }
    requireEntity(*removed.entity, "REMOVE");
    bound.items.push_back(std::move(removed));
  }
  add(std::move(bound));
}

void ClauseBinder::bind(const ast::Delete& removed) {
  BoundDelete bound;
  bound.detach = removed.detach;
  for (const auto& target : removed.targets) {
    if (target->kind() == ast::ExpressionKind::kLabelCheck) {
      throwSyntax("InvalidDelete", "DELETE removes nodes, relationships and paths, not labels", target->span,
                  "labels are removed by REMOVE");
    }
    bound.targets.push_back(bindExpression(*target));
    const BoundExpression& expression = *bound.targets.back();
    if (!expression.type.mayBe(TypeKind::kPath)) requireEntity(expression, "DELETE");
  }
  add(std::move(bound));
}

// What the body introduces lives for one of its rounds.
void ClauseBinder::bind(const ast::Foreach& loop) {
  BoundForeach bound;
  bound.list = bindExpression(*loop.list);
  const Type element = elementType(*bound.list, "what FOREACH runs over");
  if (scope_.has(loop.variable.text)) throwAlreadyBound(scope_, loop.variable.text, loop.variable.span);
  bound.variable = binding_.newVariable(loop.variable.text, element);
  ClauseBinder body{binding_, scope_, place_};
  body.scope_.declare(loop.variable.text, bound.variable);
  for (const auto& clause : loop.body) {
    const bool updates =
        std::holds_alternative<ast::Create>(clause.node) || std::holds_alternative<ast::Merge>(clause.node) ||
        std::holds_alternative<ast::Set>(clause.node) || std::holds_alternative<ast::Remove>(clause.node) ||
        std::holds_alternative<ast::Delete>(clause.node) || std::holds_alternative<ast::Foreach>(clause.node);
    if (!updates) throwSyntax("InvalidClauseComposition", "FOREACH holds updating clauses only", clause.span);
    body.bindClause(clause);
  }
  bound.body = body.takeClauses();
  add(std::move(bound));
}

}  // namespace plexus::bind
