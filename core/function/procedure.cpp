#include "core/function/procedure.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"

namespace plexus::function {
namespace {

std::string typeText(const Type& type, bool nullable) { return type.text() + (nullable ? "" : " NOT NULL"); }

bool fits(const Value& value, const Type& type) { return Type::of(value).mayBe(type); }

}  // namespace

std::size_t ProcedureEntry::requiredInputs() const {
  const auto withDefault = [](const ProcedureInput& input) { return input.defaultValue.has_value(); };
  return static_cast<std::size_t>(std::find_if(inputs.begin(), inputs.end(), withDefault) - inputs.begin());
}

std::string ProcedureEntry::signature() const {
  std::string text = name + "(";
  for (const auto& input : inputs) {
    if (&input != &inputs.front()) text += ", ";
    text += input.name + (input.defaultValue ? "?" : "") + " :: " + typeText(input.type, input.nullable);
  }
  text += ")";
  if (isVoid()) return text;
  text += " :: (";
  for (const auto& output : outputs) {
    if (&output != &outputs.front()) text += ", ";
    text += output.name + " :: " + output.type.text();
  }
  return text + ")";
}

Value coerceArgument(const ProcedureEntry& procedure, std::size_t input, const Value& argument) {
  const ProcedureInput& wanted = procedure.inputs[input];
  const bool wantsFloat = wanted.type.is(TypeKind::kFloat);
  if (wantsFloat && argument.is(ValueKind::kInteger)) return Value{argument.number()};
  if (argument.isNull() ? wanted.nullable : fits(argument, wanted.type)) return argument;
  throwRuntime(ErrorType::kArgumentError, "InvalidArgumentType",
               fmt::format("`{}` of `{}` must be of type {}, but is of type {}", wanted.name, procedure.name,
                           typeText(wanted.type, wanted.nullable), Type::of(argument).text()));
}

}  // namespace plexus::function
