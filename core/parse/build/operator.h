// core/parse/build/operator.h: tokens -> operators of the AST. Nothing: the token (or null) is none of that sort.
#pragma once

#include <optional>

#include "antlr4-runtime.h"
#include "core/parse/ast/expression.h"

namespace plexus::parse {

std::optional<ast::BinaryOperator> logicalOperator(const antlr4::Token* token);  // AND, OR, XOR
std::optional<ast::ComparisonOperator> comparisonOperator(const antlr4::Token* token);
std::optional<ast::BinaryOperator> binaryOperator(const antlr4::Token* token);  // the others of two operands

}  // namespace plexus::parse
