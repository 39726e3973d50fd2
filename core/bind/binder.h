// core/bind/binder.h: AST -> BoundStatement: scopes, types, overloads, every compile-time error.
//
// Nothing is read but names: binding never touches data. Errors have the TCK's types and details, phase kCompile, a
// span, and the nearest name where one is unknown.
#pragma once

#include <functional>
#include <string_view>

#include "core/bind/bound_query.h"
#include "core/catalog/catalog.h"
#include "core/parse/ast/statement.h"

namespace plexus::bind {

struct BindContext {
  const catalog::Catalog* catalog = nullptr;  // names for warnings; declared enumerations
  // Procedures by name, case-insensitive; null if there is none. Set by the database (tests register their own).
  std::function<const function::ProcedureEntry*(std::string_view name)> findProcedure;
  // All names of procedures, for "did you mean"; may be empty.
  std::function<std::vector<std::string>()> procedureNames;
  // Names of the parameters given, for a standalone CALL without arguments; null: not known.
  const std::vector<std::string>* parameters = nullptr;
};

// `query` belongs to `text`, whose spans name result columns.
BoundStatement bind(const ast::Query& query, std::string_view text, const BindContext& context);

// Expressions of an AST that stands alone (index options, parameters given as literals): no variables in scope.
ExpressionPtr bindConstant(const ast::Expression& expression, const BindContext& context);

}  // namespace plexus::bind
