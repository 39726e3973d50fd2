// core/function/arithmetic.h: the arithmetic operators as plain functions, for operators and aggregates.
//
// Each gives null for a null operand and throws TypeError InvalidArgumentType for types it does not take,
// ArithmeticError IntegerOverflow or DivisionByZero.
#pragma once

#include <string_view>

#include "core/value/value.h"

namespace plexus::function {

Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
Value divide(const Value& a, const Value& b);
Value modulo(const Value& a, const Value& b);
Value power(const Value& a, const Value& b);
Value negate(const Value& a);

// Two texts or lists, one after the other; throws as requireLength().
Value joinTexts(std::string_view a, std::string_view b);
Value joinLists(const List& a, const List& b);

std::int64_t addIntegers(std::int64_t a, std::int64_t b);
std::int64_t subtractIntegers(std::int64_t a, std::int64_t b);
std::int64_t negateInteger(std::int64_t a);
std::int64_t multiplyIntegers(std::int64_t a, std::int64_t b);

}  // namespace plexus::function
