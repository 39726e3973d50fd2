// core/parse/build/builder.h: ANTLR's tree -> AST, a file of core/parse/ast each. One Builder serves one statement.
//
// What the grammar leaves open is decided here: literals are read, chains of operators flattened, patterns checked to
// alternate. Errors are Error{kSyntaxError, kCompile} with the TCK's details.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "CypherParser.h"
#include "core/parse/ast/statement.h"
#include "core/parse/token_stream.h"

namespace plexus::parse {

using Grammar = grammar::CypherParser;

class Builder {
 public:
  // `text` and `tokens` outlive the builder.
  Builder(std::string_view text, const Tokens& tokens) : text_{text}, tokens_{tokens} {}

  std::unique_ptr<ast::Statement> statement(Grammar::StatementContext* tree);
  ast::ExpressionPtr expression(Grammar::ExpressionContext* tree);

 private:
  // statement.cpp
  void prelude(Grammar::PreludeContext* tree, ast::Statement& statement);
  ast::CreateIndex createIndex(Grammar::CreateIndexContext* tree);
  ast::CreateConstraint createConstraint(Grammar::CreateConstraintContext* tree);
  std::vector<std::pair<ast::Name, ast::Name>> indexProperties(Grammar::IndexPropertiesContext* tree);
  ast::ExpressionPtr indexOptions(Grammar::IndexOptionsContext* tree);
  ast::SchemaName schemaName(Grammar::SchemaNameContext* tree);
  void showSubject(Grammar::ShowContext* tree, std::vector<std::string> words, ast::Show& built);
  ast::Show show(Grammar::ShowContext* tree);

  // type.cpp
  ast::CreateType createNodeType(Grammar::CreateNodeTypeContext* tree);
  ast::CreateType createRelationType(Grammar::CreateRelationTypeContext* tree);
  bool orReplace(Grammar::OrReplaceContext* tree);
  ast::AlterDatabase alterDatabase(Grammar::AlterDatabaseContext* tree);
  void requireWord(antlr4::tree::TerminalNode* node, std::string_view word);
  void relationTrait(Grammar::RelationTraitContext* tree, ast::RelationTypeDeclaration& into);
  std::vector<ast::PropertyDeclaration> declarations(Grammar::DeclarationsContext* tree);
  std::vector<ast::Name> typeNames(const std::vector<Grammar::TypeIdentifierContext*>& trees);
  ast::TypeName type(Grammar::TypeContext* tree);
  ast::TypeName typeTerm(Grammar::TypeTermContext* tree);
  std::string typeBase(Grammar::TypeNameContext* tree);

  // clause.cpp
  ast::Query query(Grammar::QueryContext* tree);
  ast::SingleQuery singleQuery(Grammar::SingleQueryContext* tree);
  void clause(Grammar::ClauseContext* tree, std::vector<ast::Clause>& into);
  ast::Clause clauseWithoutOrder(Grammar::ClauseContext* tree);
  ast::Match match(Grammar::MatchClauseContext* tree);
  ast::Hint hint(Grammar::HintContext* tree);
  ast::ExpressionPtr where(Grammar::WhereContext* tree);
  ast::Projection projection(Grammar::ProjectionContext* tree);
  ast::ReturnItem returnItem(Grammar::ProjectionItemContext* tree);
  void order(Grammar::OrderContext* tree, ast::Projection& into);
  ast::Merge merge(Grammar::MergeContext* tree);
  std::vector<ast::SetItem> setItems(Grammar::SetContext* tree);
  ast::SetItem setItem(Grammar::SetItemContext* tree);
  ast::ExpressionPtr target(Grammar::TargetContext* tree);
  ast::Remove remove(Grammar::RemoveContext* tree);
  ast::Delete deleteClause(Grammar::DeleteClauseContext* tree);
  ast::Foreach foreach (Grammar::ForeachContext* tree);
  ast::CallProcedure callProcedure(Grammar::CallProcedureContext* tree);
  ast::YieldItem yieldItem(Grammar::YieldItemContext* tree);
  ast::CallSubquery callSubquery(Grammar::CallSubqueryContext* tree);
  ast::InTransactions inTransactions(Grammar::InTransactionsContext* tree);
  ast::LoadCsv loadCsv(Grammar::LoadCsvContext* tree);

  // pattern.cpp
  ast::Pattern pattern(Grammar::PatternContext* tree);
  ast::PathPattern path(Grammar::PathContext* tree);
  ast::PathPattern shortestPath(Grammar::ShortestPathContext* tree);
  ast::PathPattern chain(Grammar::ChainContext* tree);
  void selector(Grammar::SelectorContext* tree, ast::PathPattern& into);
  ast::PathMode pathMode(Grammar::PathModeContext* tree);
  std::vector<ast::PatternElement> elements(const std::vector<Grammar::PathElementContext*>& trees);
  ast::NodePattern nodePattern(Grammar::NodePatternContext* tree);
  ast::RelationshipPattern relationship(Grammar::RelationshipPatternContext* tree,
                                        Grammar::QuantifierContext* quantifier);
  ast::QuantifiedPath quantifiedPath(Grammar::PathElementContext* tree);
  ast::Quantity quantity(Grammar::QuantifierContext* tree);
  ast::Quantity length(Grammar::LengthContext* tree);
  ast::ExpressionPtr properties(Grammar::PropertiesContext* tree);
  ast::LabelExpressionPtr labels(Grammar::LabelsContext* tree);
  ast::LabelExpressionPtr labelExpression(Grammar::LabelExpressionContext* tree);
  ast::LabelExpressionPtr labelAtom(Grammar::LabelAtomContext* tree);

  // expression.cpp
  ast::ExpressionPtr unary(Grammar::ExpressionContext* tree);
  ast::ExpressionPtr leftChain(Grammar::ExpressionContext* tree);
  ast::ExpressionPtr step(Grammar::ExpressionContext* tree, ast::ExpressionPtr left);
  ast::ExpressionPtr logicalChain(Grammar::ExpressionContext* tree);
  ast::ExpressionPtr comparisonChain(Grammar::ExpressionContext* tree);
  ast::ExpressionPtr index(Grammar::ExpressionContext* tree, ast::ExpressionPtr base);
  // `tree`: an expression, or a test of CASE, in which the operand is left out.
  template <typename Tree>
  ast::ExpressionPtr isCheck(Span span, Tree* tree, ast::ExpressionPtr operand) {
    return isCheck(span, std::move(operand), tree->negated != nullptr, tree->isNull != nullptr, tree->type(),
                   tree->normalForm());
  }
  ast::ExpressionPtr isCheck(Span span, ast::ExpressionPtr operand, bool negated, bool isNull,
                             Grammar::TypeContext* typeTree, Grammar::NormalFormContext* form);

  // atom.cpp
  ast::ExpressionPtr atom(Grammar::AtomContext* tree);
  ast::ExpressionPtr caseExpression(Grammar::CaseExpressionContext* tree);
  ast::Case::Test caseTest(Grammar::TestContext* tree);
  ast::Case::Test searchedTest(Grammar::ExpressionContext* subject, Grammar::TestContext* tree);
  ast::ExpressionPtr map(Grammar::MapContext* tree);
  ast::ExpressionPtr mapProjection(Grammar::MapProjectionContext* tree);
  ast::ExpressionPtr list(Grammar::ListContext* tree);
  ast::ExpressionPtr listComprehension(Grammar::ListComprehensionContext* tree);
  ast::ExpressionPtr patternComprehension(Grammar::PatternComprehensionContext* tree);
  ast::ExpressionPtr quantified(Grammar::QuantifiedContext* tree);
  ast::ExpressionPtr reduce(Grammar::ReduceContext* tree);
  ast::ExpressionPtr subquery(Grammar::SubqueryContext* tree);
  ast::ExpressionPtr trim(Grammar::TrimContext* tree);
  ast::ExpressionPtr call(Grammar::CallContext* tree);
  ast::ExpressionPtr patternExpression(ast::PathPattern pattern, Span span);
  ast::ExpressionPtr parameter(Grammar::ParameterContext* tree);
  ast::ExpressionPtr variable(Grammar::VariableContext* tree);
  ast::Name functionName(Grammar::FunctionNameContext* tree);
  std::vector<ast::ExpressionPtr> arguments(Grammar::ArgumentsContext* tree);

  // literal.cpp
  ast::ExpressionPtr literal(const Token& token);
  ast::ExpressionPtr literal(Grammar::LiteralContext* tree);
  ast::ExpressionPtr constantList(Span span);
  ast::ExpressionPtr constant(const std::vector<Token>& list, std::size_t& at);
  std::uint64_t count(antlr4::Token* token) const;

  // names
  std::string_view textOf(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  ast::Name nameAt(Span span) const;
  ast::Name name(const antlr4::ParserRuleContext* tree) const;
  // Dots between the names, blanks dropped.
  ast::Name dottedName(const std::vector<Grammar::NameContext*>& names, Span span) const;

  std::string_view text_;
  const Tokens& tokens_;
  int chained_ = 0;  // steps of the chains that are being built, outermost to innermost
};

inline Span spanOf(antlr4::Token* token) { return static_cast<const StreamToken*>(token)->span(); }
inline Span spanOf(const antlr4::ParserRuleContext* tree) {
  return {spanOf(tree->start).begin, spanOf(tree->stop).end};
}
inline Span spanOf(antlr4::tree::TerminalNode* node) { return spanOf(node->getSymbol()); }

// A node of the AST with its span.
template <typename Node>
std::unique_ptr<Node> make(Span span) {
  auto node = std::make_unique<Node>();
  node->span = span;
  return node;
}

[[noreturn]] void throwSyntax(std::string_view detail, std::string message, Span span, std::string hint = {});

}  // namespace plexus::parse
