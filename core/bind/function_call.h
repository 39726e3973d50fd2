// core/bind/function_call.h: which function a name and arguments mean, and the type of its result.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bind/bound_expression.h"

namespace plexus::bind {

// A function or operator of the registry, by name without regard to case. Throws SyntaxError UnknownFunction,
// InvalidNumberOfArguments, or InvalidArgumentType for arguments that no value could make right.
ExpressionPtr callFunction(std::string_view name, std::vector<ExpressionPtr> arguments, Span span);

// All of one or more conditions joined by "AND" or "OR", as a balanced tree: long chains stay shallow.
ExpressionPtr joinConditions(std::string_view name, std::span<const ExpressionPtr> conditions, Span span);

// True if some part of the expression may give another value each time it is evaluated (rand()).
bool isVolatile(const BoundExpression& expression);

// What to tell of a name that belongs to a library of Neo4j's; "" for other names. `command` lists what there is.
std::string libraryHint(std::string_view name, std::string_view command);

}  // namespace plexus::bind
