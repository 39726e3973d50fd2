#include "core/parse/ast/clause.h"
#include "core/parse/build/builder.h"

namespace plexus::parse {

using ast::ExpressionPtr;

ast::Merge Builder::merge(Grammar::MergeContext* tree) {
  ast::Merge built;
  built.path = path(tree->path());
  for (auto* action : tree->mergeAction()) {
    auto& into = action->CREATE() != nullptr ? built.onCreate : built.onMatch;
    for (auto& item : setItems(action->set())) into.push_back(std::move(item));
  }
  return built;
}

std::vector<ast::SetItem> Builder::setItems(Grammar::SetContext* tree) {
  std::vector<ast::SetItem> built;
  for (auto* item : tree->setItem()) built.push_back(setItem(item));
  return built;
}

ast::SetItem Builder::setItem(Grammar::SetItemContext* tree) {
  using Kind = ast::SetItem::Kind;
  ast::SetItem built{Kind::kLabels, target(tree->target()), nullptr, nullptr, spanOf(tree)};
  if (tree->labels() != nullptr) {
    built.labels = labels(tree->labels());
    return built;
  }
  built.value = expression(tree->expression());
  const auto target = built.target->kind();
  if (tree->op->getType() == Grammar::PLUS_EQ) {
    built.kind = Kind::kAdd;
  } else if (target == ast::ExpressionKind::kProperty) {
    built.kind = Kind::kProperty;
  } else {
    built.kind = target == ast::ExpressionKind::kIndex ? Kind::kDynamicProperty : Kind::kReplace;
  }
  return built;
}

ExpressionPtr Builder::target(Grammar::TargetContext* tree) {
  ExpressionPtr built = atom(tree->base);
  for (auto* step : tree->targetStep()) {
    const Span span{built->span.begin, spanOf(step).end};
    if (step->name() != nullptr) {
      auto property = make<ast::Property>(span);
      property->base = std::move(built);
      property->key = name(step->name());
      built = std::move(property);
    } else {
      auto index = make<ast::Index>(span);
      index->base = std::move(built);
      index->index = expression(step->expression());
      built = std::move(index);
    }
  }
  return built;
}

ast::Remove Builder::remove(Grammar::RemoveContext* tree) {
  ast::Remove built;
  for (auto* item : tree->removeItem()) {
    ast::RemoveItem removed{target(item->target()), nullptr, spanOf(item)};
    const auto kind = removed.target->kind();
    if (item->labels() != nullptr) {
      removed.labels = labels(item->labels());
    } else if (kind != ast::ExpressionKind::kProperty && kind != ast::ExpressionKind::kIndex) {
      throwSyntax("UnexpectedSyntax", "REMOVE takes a property such as `n.name` or a label such as `n:Label`",
                  removed.span, "DELETE removes nodes and relationships");
    }
    built.items.push_back(std::move(removed));
  }
  return built;
}

ast::Delete Builder::deleteClause(Grammar::DeleteClauseContext* tree) {
  ast::Delete built;
  built.detach = tree->DETACH() != nullptr;
  for (auto* target : tree->expression()) built.targets.push_back(expression(target));
  return built;
}

}  // namespace plexus::parse
