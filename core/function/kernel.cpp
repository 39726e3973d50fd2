#include "core/function/kernel.h"

#include <fmt/format.h>

#include "core/value/print.h"

namespace plexus::function {

void requireLength(std::string_view what, std::size_t length) {
  constexpr std::size_t kLongest = std::size_t{1} << 28;
  if (length <= kLongest) return;
  throwRuntime(ErrorType::kLimitExceeded, "",
               fmt::format("a {} would be too long: {} (the limit is {})", what, length, kLongest));
}

std::string describe(const Value& v) {
  constexpr std::size_t kShown = 60;
  if (v.isNull()) return "NULL";
  std::string text = toCypherText(v);
  if (text.size() > kShown) {
    std::size_t cut = kShown;
    while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80) --cut;  // not inside a character
    text = text.substr(0, cut) + "...";
  }
  return fmt::format("{} {}", name(v.kind()), text);
}

void throwWrongArgument(std::string_view function, std::string_view expected, const Value& actual) {
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentValue",
               fmt::format("{}() wants {}, but was given {}", function, expected, describe(actual)));
}

void throwWrongOperand(std::string_view op, const Value& left, const Value& right) {
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               fmt::format("{} cannot be applied to {} and {}", op, describe(left), describe(right)));
}

void throwWrongOperand(std::string_view op, const Value& operand) {
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               fmt::format("{} cannot be applied to {}", op, describe(operand)));
}

void throwArgument(std::string_view detail, std::string message) {
  throwRuntime(ErrorType::kArgumentError, detail, std::move(message));
}

void throwOverflow(std::string_view what) {
  throwRuntime(ErrorType::kArithmeticError, "IntegerOverflow", fmt::format("{} does not fit a 64-bit integer", what));
}

std::int64_t integerArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kInteger)) throwWrongArgument(function, "an INTEGER", v);
  return v.integer();
}
double numberArgument(std::string_view function, const Value& v) {
  if (!v.isNumber()) throwWrongArgument(function, "a number", v);
  return v.number();
}
std::string_view stringArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kString)) throwWrongArgument(function, "a STRING", v);
  return v.string();
}
const List& listArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kList)) throwWrongArgument(function, "a LIST", v);
  return v.list();
}
const Map& mapArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kMap)) throwWrongArgument(function, "a MAP", v);
  return v.map();
}

}  // namespace plexus::function
