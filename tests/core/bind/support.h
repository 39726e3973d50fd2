// tests/core/bind/support.h: text to bound statement, and errors as the TCK writes them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/bind/binder.h"
#include "core/parse/parser.h"

namespace plexus::bind::test {

// Keeps the AST alive beside what was bound from it.
struct Bound {
  std::unique_ptr<ast::Statement> statement;
  BoundStatement bound;

  const BoundQuery& query() const { return bound.query; }
  // The nth clause of the first part.
  template <typename T>
  const T& clause(std::size_t n) const {
    return std::get<T>(bound.query.parts.front().clauses.at(n).node);
  }
  std::string columns() const {
    std::string text;
    for (const auto& column : bound.query.columns) text += (text.empty() ? "" : ", ") + column.name;
    return text;
  }
  const VariableInfo& variable(VariableId id) const { return bound.variables.at(id); }
  std::string typeOf(std::size_t column) const { return variable(bound.query.columns.at(column).variable).type.text(); }
};

inline Bound bindText(std::string_view text, const BindContext& context = {}) {
  Bound result;
  result.statement = parse::parse(text);
  result.bound = plexus::bind::bind(std::get<ast::Query>(result.statement->node), result.statement->text, context);
  return result;
}

// "SyntaxError: UndefinedVariable", or "" if the query binds.
inline std::string errorOf(std::string_view text, const BindContext& context = {}) {
  try {
    bindText(text, context);
  } catch (const Error& error) {
    return std::string{name(error.type())} + ": " + std::string{error.detail()};
  }
  return "";
}

// Message and hint.
inline std::string messageOf(std::string_view text, const BindContext& context = {}) {
  try {
    bindText(text, context);
  } catch (const Error& error) {
    return error.hint().empty() ? error.what() : error.what() + ("; " + error.hint());
  }
  return "";
}

}  // namespace plexus::bind::test
