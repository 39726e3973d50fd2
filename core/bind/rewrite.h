// core/bind/rewrite.h: looking into bound expressions, and rebuilding them with parts exchanged.
//
// Everything recurses over the expression; the parser bounds its depth.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/bind/bound_expression.h"

namespace plexus::bind {

// Calls `visit` for each direct operand that is there. A subquery has none: it reads its `outer` variables.
void forEachOperand(const BoundExpression& expression, const std::function<void(const ExpressionPtr&)>& visit);

// The variables that the expression reads from outside itself, each as often as it is read: not the ones that it binds
// (of comprehensions, quantifiers, ...).
void forEachFreeVariable(const BoundExpression& expression, const std::function<void(VariableId, Span)>& visit);
std::vector<VariableId> freeVariables(const BoundExpression& expression);

// Top-down: where `replace` returns an expression, that stands instead; where it returns a null pointer, the operands
// are looked at. What did not change is shared with the original.
ExpressionPtr substitute(const ExpressionPtr& expression,
                         const std::function<ExpressionPtr(const BoundExpression&)>& replace);

// True if both compute the same, as far as their form tells: names of bound variables do not matter. Subqueries are
// compared by their source, which is what their spans are of.
bool sameExpression(const BoundExpression& a, const BoundExpression& b, std::string_view text);

}  // namespace plexus::bind
