// tests/core/parse/support.h: parse, and show what came of it.
#pragma once

#include <string>
#include <string_view>

#include "core/parse/parser.h"
#include "tests/core/parse/dump.h"

namespace plexus::parse {

// The tree of an expression, or the rendered error.
inline std::string treeOf(std::string_view text) {
  try {
    return ast::dump(*parseExpression(text));
  } catch (const Error& error) {
    return std::string{error.detail()} + ": " + error.render(text);
  }
}

// The tree of a query, or the rendered error.
inline std::string queryTree(std::string_view text) {
  try {
    const auto statement = parse(text);
    return ast::dump(std::get<ast::Query>(statement->node));
  } catch (const Error& error) {
    return std::string{error.detail()} + ": " + error.render(text);
  }
}

// The detail of the error that `text` raises, or "accepted".
inline std::string detailOf(std::string_view text) {
  try {
    parse(text);
    return "accepted";
  } catch (const Error& error) {
    return std::string{error.type() == ErrorType::kSyntaxError ? error.detail() : name(error.type())};
  }
}

}  // namespace plexus::parse
