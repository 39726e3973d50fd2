#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/value/compare.h"

namespace plexus::function {
namespace {

Ternary truth(std::string_view op, const Value& v) {
  if (v.isNull()) return std::nullopt;
  if (!v.is(ValueKind::kBoolean)) throwWrongOperand(op, v);
  return v.boolean();
}
Value fromTernary(Ternary t) { return t ? Value{*t} : Value{}; }

Value conjunction(FunctionContext&, std::span<const Value> arguments) {
  const Ternary a = truth("AND", arguments[0]);
  const Ternary b = truth("AND", arguments[1]);
  if ((a && !*a) || (b && !*b)) return false;
  return a && b ? Value{true} : Value{};
}
Value disjunction(FunctionContext&, std::span<const Value> arguments) {
  const Ternary a = truth("OR", arguments[0]);
  const Ternary b = truth("OR", arguments[1]);
  if ((a && *a) || (b && *b)) return true;
  return a && b ? Value{false} : Value{};
}
Value exclusion(FunctionContext&, std::span<const Value> arguments) {
  const Ternary a = truth("XOR", arguments[0]);
  const Ternary b = truth("XOR", arguments[1]);
  return fromTernary(a && b ? Ternary{*a != *b} : std::nullopt);
}
Value negation(FunctionContext&, std::span<const Value> arguments) { return !*truth("NOT", arguments[0]); }

void negateColumn(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<std::uint8_t, std::uint8_t>(*a[0], out, [](std::uint8_t b) -> std::uint8_t { return b == 0 ? 1 : 0; });
}

constexpr std::string_view kTwoBooleans = "(a :: BOOLEAN, b :: BOOLEAN) :: BOOLEAN";

}  // namespace

std::span<const FunctionSpec> logicOperators() {
  static const FunctionSpec kTable[] = {
      {.name = "AND",
       .signatures = kTwoBooleans,
       .nulls = Nulls::kHandled,
       .category = "Operator",
       .description = "True if both are, false if one is false, else null.",
       .example = "null AND false",
       .result = "false",
       .kernel = conjunction},
      {.name = "OR",
       .signatures = kTwoBooleans,
       .nulls = Nulls::kHandled,
       .category = "Operator",
       .description = "True if one is, false if both are false, else null.",
       .example = "null OR true",
       .result = "true",
       .kernel = disjunction},
      {.name = "XOR",
       .signatures = kTwoBooleans,
       .nulls = Nulls::kHandled,
       .category = "Operator",
       .description = "True if exactly one is; null if one is null.",
       .example = "true XOR true",
       .result = "false",
       .kernel = exclusion},
      {.name = "NOT",
       .signatures = "(a :: BOOLEAN) :: BOOLEAN",
       .category = "Operator",
       .description = "True if the value is false, false if it is true.",
       .example = "NOT true",
       .result = "false",
       .kernel = negation,
       .vectors = {{{Vector::Kind::kBoolean}, Vector::Kind::kBoolean, negateColumn}}}};
  return kTable;
}

}  // namespace plexus::function
