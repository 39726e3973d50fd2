// core/parse/build/literal.h: the values of literals and names, from their text. `span` is for the error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/parse/ast/expression.h"

namespace plexus::parse {

// Decimal, 0x and 0o, `_` between digits. `negative`: the value after a minus, so that the smallest integer can be
// written. Throws IntegerOverflow, InvalidNumberLiteral (a leading zero: neither 8 nor 10 is a safe guess).
std::int64_t readInteger(std::string_view text, bool negative, Span span);

// Throws FloatingPointOverflow.
double readFloat(std::string_view text, Span span);

// The literal for `-` and a number.
ast::ExpressionPtr negativeLiteral(std::string_view number, bool isFloat, Span span);

// With quotes, which are dropped; \\ \' \" \` \b \f \n \r \t \uXXXX \UXXXXXXXX. Throws InvalidUnicodeLiteral,
// UnexpectedSyntax.
std::string readString(std::string_view text, Span span);

// A word, or one in backquotes: `` stands for one, \uXXXX for a character.
std::string readName(std::string_view text, Span span);

}  // namespace plexus::parse
