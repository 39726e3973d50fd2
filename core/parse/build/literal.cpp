#include "core/parse/build/literal.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/parse/build/builder.h"

namespace plexus::parse {

using ast::ExpressionPtr;

ExpressionPtr Builder::literal(const Token& token) {
  const Span span{token.begin, token.end};
  const std::string_view text = textOf(span);
  auto node = make<ast::Literal>(span);
  switch (token.type) {
    case Grammar::INTEGER_LITERAL:
      node->value = readInteger(text, false, span);
      break;
    case Grammar::FLOAT_LITERAL:
      node->value = readFloat(text, span);
      break;
    case Grammar::STRING_LITERAL:
      node->value = Value{readString(text, span)};
      break;
    case Grammar::TRUE_:
      node->value = true;
      break;
    case Grammar::FALSE_:
      node->value = false;
      break;
    case Grammar::INF:
    case Grammar::INFINITY_:
      node->value = std::numeric_limits<double>::infinity();
      break;
    case Grammar::NAN_:
      node->value = std::numeric_limits<double>::quiet_NaN();
      break;
    case Grammar::BAD_NUMBER:
      throwSyntax("InvalidNumberLiteral", fmt::format("`{}` is not a number", text), span);
    default:
      break;  // NULL
  }
  return node;
}

ExpressionPtr Builder::literal(Grammar::LiteralContext* tree) {
  const Span span = spanOf(tree);
  const auto type = static_cast<std::uint32_t>(tree->start->getType());
  return type == Grammar::CONSTANT_LIST ? constantList(span) : literal(Token{type, span.begin, span.end});
}

ExpressionPtr Builder::constantList(Span span) {
  std::size_t at = 0;
  return constant(tokens_.constantLists.at(span.begin), at);
}

// The tokens are known to be well-formed; nesting is limited as brackets are.
ExpressionPtr Builder::constant(const std::vector<Token>& list, std::size_t& at) {
  const Token& first = list[at++];
  if (first.type == Grammar::CONSTANT_LIST) return constantList({first.begin, first.end});
  if (first.type == Grammar::MINUS) {
    const Token& number = list[at++];
    return negativeLiteral(textOf({number.begin, number.end}), number.type == Grammar::FLOAT_LITERAL,
                           {first.begin, number.end});
  }
  if (first.type == Grammar::LBRACK) {
    auto node = make<ast::ListExpression>({first.begin, first.end});
    while (list[at].type != Grammar::RBRACK) {
      node->elements.push_back(constant(list, at));
      if (list[at].type == Grammar::COMMA) ++at;
    }
    node->span.end = list[at++].end;
    return node;
  }
  if (first.type != Grammar::LBRACE) return literal(first);
  auto node = make<ast::MapExpression>({first.begin, first.end});
  while (list[at].type != Grammar::RBRACE) {
    ast::Name key = nameAt({list[at].begin, list[at].end});
    at += 2;
    node->entries.emplace_back(std::move(key), constant(list, at));
    if (list[at].type == Grammar::COMMA) ++at;
  }
  node->span.end = list[at++].end;
  return node;
}

std::uint64_t Builder::count(antlr4::Token* token) const {
  return static_cast<std::uint64_t>(readInteger(textOf(spanOf(token)), false, spanOf(token)));
}

ast::Name Builder::nameAt(Span span) const { return {readName(textOf(span), span), span}; }

ast::Name Builder::name(const antlr4::ParserRuleContext* tree) const { return nameAt(spanOf(tree)); }

ast::Name Builder::dottedName(const std::vector<Grammar::NameContext*>& names, Span span) const {
  ast::Name whole{{}, span};
  for (const auto* part : names) {
    if (!whole.text.empty()) whole.text += '.';
    whole.text += name(part).text;
  }
  return whole;
}

}  // namespace plexus::parse
