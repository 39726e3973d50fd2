#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/unicode.h"
#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Kind = Vector::Kind;

constexpr double kTwoTo63 = 9223372036854775808.0;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isWhitespace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && isWhitespace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

// A decimal number with an optional sign, fraction and exponent; also NaN and Infinity as toString() gives them.
std::optional<double> parseNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.starts_with('+')) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) {  // from_chars leaves it open whether it is too large or too small
    return std::strtod(std::string{text}.c_str(), nullptr);
  }
  return error == std::errc{} ? std::optional{value} : std::nullopt;
}

// A number with white space around it; as in Java, it may end with a letter for its type: 1.5f, 2d.
std::optional<double> parseFloat(std::string_view text) {
  text = trimmed(text);
  const bool typed = text.size() > 1 && std::string_view{"dDfF"}.find(text.back()) != std::string_view::npos &&
                     (text[text.size() - 2] == '.' || (text[text.size() - 2] >= '0' && text[text.size() - 2] <= '9'));
  return parseNumber(typed ? text.substr(0, text.size() - 1) : text);
}

std::optional<std::int64_t> truncated(double d) {
  if (!(d >= -kTwoTo63 && d < kTwoTo63)) return std::nullopt;
  return static_cast<std::int64_t>(d);
}

// Unlike floats and booleans, integers are read without white space around them.
std::optional<std::int64_t> parseInteger(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+') && !digits.starts_with("+-")) digits.remove_prefix(1);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc{} && end == digits.data() + digits.size()) return value;
  if (trimmed(text).size() != text.size()) return std::nullopt;
  const auto number = parseNumber(text);
  return number ? truncated(*number) : std::nullopt;
}

std::optional<bool> parseBoolean(std::string_view text) {
  const std::string lower = lowerCase(trimmed(text));
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

template <typename T>
Value valueOr(const std::optional<T>& v) {
  return v ? Value{*v} : Value{};
}

// A number, or text that is one, outside of what an integer holds.
bool isTooLarge(const Value& v) {
  if (v.is(ValueKind::kFloat)) return std::fabs(v.floating()) >= kTwoTo63 && !truncated(v.floating());
  if (!v.is(ValueKind::kString) || v.string().find_first_of("0123456789") == std::string_view::npos) return false;
  const auto number = parseNumber(v.string());
  return number && !truncated(*number);
}

// A conversion gives null for text that does not read as the type, and nothing for types it does not convert.
using Conversion = std::optional<Value> (*)(const Value&);

std::optional<Value> asInteger(const Value& v) {
  switch (v.kind()) {
    case ValueKind::kInteger:
      return v;
    case ValueKind::kFloat:
      if (isTooLarge(v)) throwOverflow(floatText(v.floating()));
      return valueOr(truncated(v.floating()));
    case ValueKind::kBoolean:
      return Value{v.boolean() ? 1 : 0};
    case ValueKind::kString:
      if (isTooLarge(v)) throwOverflow(v.string());
      return valueOr(parseInteger(v.string()));
    default:
      return std::nullopt;
  }
}
std::optional<Value> asFloat(const Value& v) {
  if (v.isNumber()) return Value{v.number()};
  if (v.is(ValueKind::kString)) return valueOr(parseFloat(v.string()));
  return std::nullopt;
}
std::optional<Value> asBoolean(const Value& v) {
  if (v.is(ValueKind::kBoolean)) return v;
  if (v.is(ValueKind::kInteger)) return Value{v.integer() != 0};
  if (v.is(ValueKind::kString)) return valueOr(parseBoolean(v.string()));
  return std::nullopt;
}
std::optional<Value> asString(const Value& v) {
  const bool convertible = v.isNumber() || v.isTemporal() || v.is(ValueKind::kString) || v.is(ValueKind::kBoolean) ||
                           v.is(ValueKind::kPoint);
  return convertible ? std::optional<Value>{toStringText(v)} : std::nullopt;
}

struct Target {
  Conversion convert;
  std::string_view function, orNull, list, wants;
};
constexpr Target kInteger{asInteger, "toInteger", "toIntegerOrNull", "toIntegerList", "a number, STRING or BOOLEAN"};
constexpr Target kFloat{asFloat, "toFloat", "toFloatOrNull", "toFloatList", "a number or STRING"};
constexpr Target kBoolean{asBoolean, "toBoolean", "toBooleanOrNull", "toBooleanList", "a BOOLEAN, INTEGER or STRING"};
constexpr Target kString{asString, "toString", "toStringOrNull", "toStringList", "a scalar or temporal value"};

template <const Target& kTarget>
Value convert(FunctionContext&, Arguments a) {
  auto converted = kTarget.convert(a[0]);
  if (!converted) throwWrongArgument(kTarget.function, kTarget.wants, a[0]);
  return *std::move(converted);
}
template <const Target& kTarget>
Value convertOrNull(FunctionContext&, Arguments a) {
  if (kTarget.convert == asInteger && isTooLarge(a[0])) return {};
  return kTarget.convert(a[0]).value_or(Value{});
}
template <const Target& kTarget>
Value convertList(FunctionContext& context, Arguments a) {
  List list;
  for (const Value& element : listArgument(kTarget.list, a[0])) {
    list.push_back(element.isNull() ? Value{} : convertOrNull<kTarget>(context, {&element, 1}));
  }
  return list;
}

void integersToFloats(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<double, std::int64_t>(*a[0], out, [](std::int64_t i) { return static_cast<double>(i); });
}
void integersToText(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<std::string_view, std::int64_t>(*a[0], out, [&](std::int64_t i) {
    std::array<char, 24> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), i).ptr;
    return out.store({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
  });
}

Value nullIf(FunctionContext&, Arguments a) {
  const Ternary same = equal(a[0], a[1]);
  return same && *same ? Value{} : a[0];
}

// The order in which the members of a union are named.
int unionRank(ValueKind kind) {
  constexpr ValueKind kOrder[] = {
      ValueKind::kBoolean,      ValueKind::kString,    ValueKind::kInteger, ValueKind::kFloat,
      ValueKind::kDate,         ValueKind::kLocalTime, ValueKind::kTime,    ValueKind::kLocalDateTime,
      ValueKind::kDateTime,     ValueKind::kDuration,  ValueKind::kPoint,   ValueKind::kNode,
      ValueKind::kRelationship, ValueKind::kMap,       ValueKind::kList,    ValueKind::kPath};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), kind) - std::begin(kOrder));
}

std::string typeText(const Value& v);

std::string elementTypes(const List& list) {
  std::vector<std::pair<int, std::string>> types;
  bool anyNull = false;
  for (const Value& v : list) {
    if (v.isNull()) {
      anyNull = true;
      continue;
    }
    std::pair entry{unionRank(v.kind()), typeText(v)};
    if (std::find(types.begin(), types.end(), entry) == types.end()) types.push_back(std::move(entry));
  }
  if (types.empty()) return anyNull ? "NULL" : "NOTHING";
  std::sort(types.begin(), types.end());
  std::string text;
  for (const auto& [rank, type] : types) {
    if (!text.empty()) text += " | ";
    text += type + (anyNull ? "" : " NOT NULL");
  }
  return text;
}

std::string typeText(const Value& v) {
  return v.is(ValueKind::kList) ? "LIST<" + elementTypes(v.list()) + ">" : std::string{name(v.kind())};
}

Value valueType(FunctionContext&, Arguments a) { return a[0].isNull() ? "NULL" : typeText(a[0]) + " NOT NULL"; }

FunctionSpec orNull(const Target& target, std::string_view signatures, ScalarKernel kernel, std::string_view example,
                    std::string_view result) {
  return {.name = target.orNull,
          .signatures = signatures,
          .category = "Scalar",
          .description = "As the function without `OrNull`, but null for values of other types.",
          .example = example,
          .result = result,
          .kernel = kernel};
}
FunctionSpec ofList(const Target& target, std::string_view signatures, ScalarKernel kernel, std::string_view example,
                    std::string_view result) {
  return {.name = target.list,
          .signatures = signatures,
          .category = "List",
          .description = "Each element of a list converted, or null where that cannot be.",
          .example = example,
          .result = result,
          .kernel = kernel};
}

}  // namespace

std::span<const FunctionSpec> conversionFunctions() {
  // The TCK wants wrong types refused at run time only: hence ANY.
  static const FunctionSpec kTable[] = {
      {.name = "toInteger",
       .signatures = "(value :: ANY) :: INTEGER",
       .category = "Scalar",
       .description = "The value as an integer: a float is cut towards zero, a text is read (null if it is no number).",
       .example = "toInteger('2.9')",
       .result = "2",
       .kernel = convert<kInteger>},
      {.name = "toFloat",
       .signatures = "(value :: ANY) :: FLOAT",
       .category = "Scalar",
       .description = "The value as a float; a text is read (null if it is no number).",
       .example = "toFloat('1e3')",
       .result = "1000.0",
       .kernel = convert<kFloat>,
       .vectors = {{{Kind::kInteger}, Kind::kFloat, integersToFloats}}},
      {.name = "toBoolean",
       .signatures = "(value :: ANY) :: BOOLEAN",
       .category = "Scalar",
       .description = "The value as a boolean: 'true' and 'false' in any case, integers by whether they are not 0.",
       .example = "toBoolean('TRUE')",
       .result = "true",
       .kernel = convert<kBoolean>},
      {.name = "toString",
       .signatures = "(value :: ANY) :: STRING",
       .category = "String",
       .description = "The value as text.",
       .example = "toString(1.0)",
       .result = "'1.0'",
       .kernel = convert<kString>,
       .vectors = {{{Kind::kInteger}, Kind::kString, integersToText}}},
      orNull(kInteger, "(value :: ANY) :: INTEGER", convertOrNull<kInteger>, "toIntegerOrNull([1])", "null"),
      orNull(kFloat, "(value :: ANY) :: FLOAT", convertOrNull<kFloat>, "toFloatOrNull(true)", "null"),
      orNull(kBoolean, "(value :: ANY) :: BOOLEAN", convertOrNull<kBoolean>, "toBooleanOrNull(1.5)", "null"),
      orNull(kString, "(value :: ANY) :: STRING", convertOrNull<kString>, "toStringOrNull([1])", "null"),
      ofList(kInteger, "(values :: LIST<ANY>) :: LIST<INTEGER>", convertList<kInteger>,
             "toIntegerList(['1', 2.5, 'x'])", "[1, 2, null]"),
      ofList(kFloat, "(values :: LIST<ANY>) :: LIST<FLOAT>", convertList<kFloat>, "toFloatList(['1', 2, 'x'])",
             "[1.0, 2.0, null]"),
      ofList(kBoolean, "(values :: LIST<ANY>) :: LIST<BOOLEAN>", convertList<kBoolean>,
             "toBooleanList(['true', 0, 'x'])", "[true, false, null]"),
      ofList(kString, "(values :: LIST<ANY>) :: LIST<STRING>", convertList<kString>, "toStringList([1, true, [2]])",
             "['1', 'true', null]"),
      {.name = "valueType",
       .signatures = "(value :: ANY) :: STRING",
       .nulls = Nulls::kHandled,
       .category = "Scalar",
       .description = "The narrowest type that holds the value, as GQL writes it.",
       .example = "valueType([1, 'a'])",
       .result = "'LIST<STRING NOT NULL | INTEGER NOT NULL> NOT NULL'",
       .kernel = valueType},
      {.name = "nullIf",
       .signatures = "(value :: ANY, unwanted :: ANY) :: ANY",
       .nulls = Nulls::kHandled,
       .category = "Scalar",
       .description = "The value, or null if it equals the other.",
       .example = "nullIf('n/a', 'n/a')",
       .result = "null",
       .kernel = nullIf,
       .resultType = [](std::span<const Type> a) { return a[0]; }}};
  return kTable;
}

}  // namespace plexus::function
