#include "core/parse/parser.h"

#include <string>

#include "CypherParser.h"
#include "core/parse/build/builder.h"
#include "core/parse/syntax_error.h"
#include "core/parse/token_stream.h"
#include "core/parse/tokens.h"

namespace plexus::parse {
namespace {

// Parses by `rule`: first SLL, which is quicker and refuses a few texts it should not, then LL, which reports.
template <typename Rule>
auto* tree(Grammar& parser, TokenStream& stream, std::string_view text, Rule rule) {
  auto* simulator = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  simulator->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  try {
    return rule(parser);
  } catch (const antlr4::ParseCancellationException&) {
    stream.seek(0);
    parser.reset();
    parser.setErrorHandler(std::make_shared<SyntaxErrorStrategy>(text));
    simulator->setPredictionMode(antlr4::atn::PredictionMode::LL);
    return rule(parser);
  }
}

}  // namespace

std::unique_ptr<ast::Statement> parse(std::string_view text) {
  const Tokens tokens = tokenize(text);
  TokenStream stream{tokens.list};
  Grammar parser{&stream};
  auto* root = tree(parser, stream, text, [](Grammar& p) { return p.statement(); });
  auto statement = Builder{text, tokens}.statement(root);
  statement->text = text;
  return statement;
}

ast::ExpressionPtr parseExpression(std::string_view text) {
  const Tokens tokens = tokenize(text);
  TokenStream stream{tokens.list};
  Grammar parser{&stream};
  auto* root = tree(parser, stream, text, [](Grammar& p) { return p.loneExpression(); });
  return Builder{text, tokens}.expression(root->expression());
}

}  // namespace plexus::parse
