// core/function/kernel.h: what the families share: argument checks with uniform errors, and loops for vector kernels.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/function/registry.h"

namespace plexus::function {

// TypeError InvalidArgumentValue: a function was given a value of a type it cannot take.
[[noreturn]] void throwWrongArgument(std::string_view function, std::string_view expected, const Value& actual);
// TypeError InvalidArgumentType: the same for an operator.
[[noreturn]] void throwWrongOperand(std::string_view op, const Value& left, const Value& right);
[[noreturn]] void throwWrongOperand(std::string_view op, const Value& operand);
// ArgumentError, with the TCK's detail name.
[[noreturn]] void throwArgument(std::string_view detail, std::string message);
[[noreturn]] void throwOverflow(std::string_view what);

// LimitExceeded for a string of more than 2^28 bytes or a list of more than 2^28 elements (`what`: "string" or "list"):
// a few doublings would otherwise fill memory.
void requireLength(std::string_view what, std::size_t length);

// "INTEGER 3", "LIST [1, 2]" (long values cut), for messages.
std::string describe(const Value& v);

// The argument, if it is of the type; throws as throwWrongArgument otherwise.
std::int64_t integerArgument(std::string_view function, const Value& v);
double numberArgument(std::string_view function, const Value& v);
std::string_view stringArgument(std::string_view function, const Value& v);
const List& listArgument(std::string_view function, const Value& v);
const Map& mapArgument(std::string_view function, const Value& v);

// out[i] = f(a[i]) where a[i] is not null.
template <typename Result, typename A, typename F>
void mapColumn(const Vector& a, Vector& out, F f) {
  const auto input = a.data<A>();
  const auto output = out.data<Result>();
  const auto nulls = a.nulls();
  if (nulls.empty()) {
    for (std::size_t i = 0; i < input.size(); ++i) output[i] = f(input[i]);
    return;
  }
  for (std::size_t i = 0; i < input.size(); ++i) {
    if (nulls[i] != 0) {
      out.setNull(i);
    } else {
      output[i] = f(input[i]);
    }
  }
}

// out[i] = f(a[i], b[i]) where neither is null.
template <typename Result, typename A, typename B, typename F>
void mapColumns(const Vector& a, const Vector& b, Vector& out, F f) {
  const auto left = a.data<A>();
  const auto right = b.data<B>();
  const auto output = out.data<Result>();
  if (a.nulls().empty() && b.nulls().empty()) {
    for (std::size_t i = 0; i < left.size(); ++i) output[i] = f(left[i], right[i]);
    return;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (a.isNull(i) || b.isNull(i)) {
      out.setNull(i);
    } else {
      output[i] = f(left[i], right[i]);
    }
  }
}

}  // namespace plexus::function
