#include "core/parse/ast/clause.h"

#include "core/parse/build/builder.h"
#include "core/parse/build/literal.h"

namespace plexus::parse {

using ast::ExpressionPtr;

ast::Query Builder::query(Grammar::QueryContext* tree) {
  ast::Query built;
  built.span = spanOf(tree);
  built.parts.push_back(singleQuery(tree->singleQuery()));
  for (auto* part : tree->unionPart()) {
    built.unionAll.push_back(part->ALL() != nullptr);
    built.parts.push_back(singleQuery(part->singleQuery()));
  }
  return built;
}

ast::SingleQuery Builder::singleQuery(Grammar::SingleQueryContext* tree) {
  ast::SingleQuery built;
  built.span = spanOf(tree);
  for (auto* part : tree->clause()) clause(part, built.clauses);
  return built;
}

// `MATCH ... ORDER BY ... LIMIT ...` is two clauses; the second is WITH * ORDER BY ... LIMIT ...
void Builder::clause(Grammar::ClauseContext* tree, std::vector<ast::Clause>& into) {
  auto& built = into.emplace_back(clauseWithoutOrder(tree));
  if (tree->order() == nullptr) return;
  const Span span = spanOf(tree->order());
  built.span.end = spanOf(static_cast<antlr4::ParserRuleContext*>(tree->children.front())).end;
  ast::With with;
  with.projection.star = true;
  with.projection.span = span;
  order(tree->order(), with.projection);
  into.push_back({std::move(with), span});
}

ast::Clause Builder::clauseWithoutOrder(Grammar::ClauseContext* tree) {
  auto* child = static_cast<antlr4::ParserRuleContext*>(tree->children.front());
  const Span span = spanOf(tree);
  switch (child->getRuleIndex()) {
    case Grammar::RuleMatchClause:
      return {match(tree->matchClause()), span};
    case Grammar::RuleUnwind:
      return {ast::Unwind{expression(tree->unwind()->expression()), name(tree->unwind()->variable())}, span};
    case Grammar::RuleWith: {
      ast::With with;
      with.projection = projection(tree->with()->projection());
      with.where = where(tree->with()->where());
      return {std::move(with), span};
    }
    case Grammar::RuleReturnClause:
      return {ast::Return{projection(tree->returnClause()->projection())}, span};
    case Grammar::RuleCreate:
      return {ast::Create{pattern(tree->create()->pattern())}, span};
    case Grammar::RuleMerge:
      return {merge(tree->merge()), span};
    case Grammar::RuleSet:
      return {ast::Set{setItems(tree->set())}, span};
    case Grammar::RuleRemove:
      return {remove(tree->remove()), span};
    case Grammar::RuleDeleteClause:
      return {deleteClause(tree->deleteClause()), span};
    case Grammar::RuleForeach:
      return {foreach (tree->foreach ()), span};
    case Grammar::RuleCallProcedure:
      return {callProcedure(tree->callProcedure()), span};
    case Grammar::RuleCallSubquery:
      return {callSubquery(tree->callSubquery()), span};
    case Grammar::RuleLoadCsv:
      return {loadCsv(tree->loadCsv()), span};
    default:
      return {ast::Finish{}, span};
  }
}

ast::Match Builder::match(Grammar::MatchClauseContext* tree) {
  ast::Match built;
  built.optional = tree->OPTIONAL() != nullptr;
  if (auto* mode = tree->matchMode()) {
    built.mode =
        mode->REPEATABLE() != nullptr ? ast::MatchMode::kRepeatableElements : ast::MatchMode::kDifferentRelationships;
  }
  built.pattern = pattern(tree->pattern());
  for (auto* part : tree->hint()) built.hints.push_back(hint(part));
  built.where = where(tree->where());
  return built;
}

ast::Hint Builder::hint(Grammar::HintContext* tree) {
  ast::Hint built{ast::Hint::Kind::kIndex, {}, {}, {}, spanOf(tree)};
  if (tree->JOIN() != nullptr) built.kind = ast::Hint::Kind::kJoin;
  if (tree->SCAN() != nullptr) built.kind = ast::Hint::Kind::kScan;
  for (auto* variable : tree->variable()) built.variables.push_back(name(variable));
  const auto names = tree->name();
  if (!names.empty()) built.label = name(names.front());
  for (std::size_t i = 1; i < names.size(); ++i) built.properties.push_back(name(names[i]));
  return built;
}

ExpressionPtr Builder::where(Grammar::WhereContext* tree) {
  return tree == nullptr ? nullptr : expression(tree->expression());
}

ast::Projection Builder::projection(Grammar::ProjectionContext* tree) {
  ast::Projection built;
  built.span = spanOf(tree);
  built.distinct = tree->DISTINCT() != nullptr;
  built.star = tree->STAR() != nullptr;
  for (auto* item : tree->projectionItem()) built.items.push_back(returnItem(item));
  if (tree->order() != nullptr) order(tree->order(), built);
  return built;
}

ast::ReturnItem Builder::returnItem(Grammar::ProjectionItemContext* tree) {
  ast::ReturnItem item{expression(tree->expression()), std::nullopt};
  if (tree->name() != nullptr) item.alias = name(tree->name());
  return item;
}

void Builder::order(Grammar::OrderContext* tree, ast::Projection& into) {
  if (tree->orderBy() != nullptr) {
    for (auto* item : tree->orderBy()->sortItem()) {
      const bool descending = item->DESC() != nullptr || item->DESCENDING() != nullptr;
      into.orderBy.push_back({expression(item->expression()), descending});
    }
  }
  if (tree->skip() != nullptr) into.skip = expression(tree->skip()->expression());
  if (tree->limit() != nullptr) into.limit = expression(tree->limit()->expression());
}

ast::Foreach Builder::foreach (Grammar::ForeachContext* tree) {
  ast::Foreach built;
  built.variable = name(tree->variable());
  built.list = expression(tree->expression());
  for (auto* part : tree->clause()) clause(part, built.body);
  return built;
}

ast::LoadCsv Builder::loadCsv(Grammar::LoadCsvContext* tree) {
  ast::LoadCsv built;
  built.withHeaders = tree->HEADERS() != nullptr;
  built.url = expression(tree->expression());
  built.variable = name(tree->variable());
  if (auto* terminator = tree->STRING_LITERAL()) {
    built.fieldTerminator = readString(textOf(spanOf(terminator)), spanOf(terminator));
  }
  return built;
}

}  // namespace plexus::parse
