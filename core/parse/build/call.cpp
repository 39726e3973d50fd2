#include "core/parse/ast/clause.h"
#include "core/parse/build/builder.h"

namespace plexus::parse {

namespace {

// The only clause of the whole statement?
bool isStandalone(const antlr4::ParserRuleContext* call) {
  const auto* clause = call->parent;
  const auto* single = dynamic_cast<const Grammar::SingleQueryContext*>(clause->parent);
  if (single == nullptr) return false;  // the body of a FOREACH
  const auto* query = single->parent;
  return clause->children.size() == 1 && single->children.size() == 1 && query->children.size() == 1 &&
         dynamic_cast<const Grammar::CommandContext*>(query->parent) != nullptr;
}

}  // namespace

ast::CallProcedure Builder::callProcedure(Grammar::CallProcedureContext* tree) {
  ast::CallProcedure built;
  built.optional = tree->OPTIONAL() != nullptr;
  built.procedure = dottedName(tree->procedureName()->name(), spanOf(tree->procedureName()));
  built.hasArguments = tree->lparen() != nullptr;
  built.arguments = arguments(tree->arguments());
  built.standalone = isStandalone(tree);
  if (auto* yield = tree->yield()) {
    built.hasYield = true;
    built.yieldStar = yield->STAR() != nullptr;
    for (auto* item : yield->yieldItem()) built.yield.push_back(yieldItem(item));
    built.where = where(yield->where());
    if (built.yieldStar && !built.standalone) {
      throwSyntax("UnexpectedSyntax", "YIELD * is only for a CALL that stands alone", spanOf(yield),
                  "name the fields: YIELD a, b");
    }
  }
  return built;
}

ast::YieldItem Builder::yieldItem(Grammar::YieldItemContext* tree) {
  ast::YieldItem built{name(tree->name(0)), std::nullopt};
  if (tree->name().size() > 1) built.alias = name(tree->name(1));
  return built;
}

ast::CallSubquery Builder::callSubquery(Grammar::CallSubqueryContext* tree) {
  ast::CallSubquery built;
  built.optional = tree->OPTIONAL() != nullptr;
  if (auto* scope = tree->scope()) {
    built.hasScope = true;
    built.scopeStar = scope->STAR() != nullptr;
    for (auto* variable : scope->variable()) built.scope.push_back(name(variable));
  }
  built.query = std::make_unique<ast::Query>(query(tree->query()));
  if (tree->inTransactions() != nullptr) built.inTransactions = inTransactions(tree->inTransactions());
  return built;
}

ast::InTransactions Builder::inTransactions(Grammar::InTransactionsContext* tree) {
  ast::InTransactions built;
  built.concurrent = tree->CONCURRENT() != nullptr;
  if (tree->concurrency != nullptr) built.concurrency = atom(tree->concurrency);
  for (auto* option : tree->inTransactionsOption()) {
    if (option->batch != nullptr) built.batchRows = expression(option->batch);
    if (option->variable() != nullptr) built.reportStatusAs = name(option->variable());
    if (option->action == nullptr) continue;
    using OnError = ast::InTransactions::OnError;
    const auto action = option->action->getType();
    built.onError = action == Grammar::CONTINUE ? OnError::kContinue
                    : action == Grammar::BREAK  ? OnError::kBreak
                                                : OnError::kFail;
  }
  return built;
}

}  // namespace plexus::parse
