#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/integer_range.h"
#include "core/function/kernel.h"
#include "core/function/unicode.h"
#include "core/value/compare.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Kind = Vector::Kind;

// A range of more elements is refused rather than left to run out of memory.
constexpr std::uint64_t kMaxRange = 1U << 28;

Value range(FunctionContext&, Arguments a) {
  const IntegerRange range = IntegerRange::of(a);
  List list;
  if (range.isEmpty()) return list;
  if (range.lastPlace() >= kMaxRange) {
    throwRuntime(ErrorType::kLimitExceeded, "",
                 fmt::format("a list of range({}, {}, ...) has too many elements", a[0].integer(), a[1].integer()));
  }
  list.reserve(range.lastPlace() + 1);
  for (std::uint64_t place = 0; place <= range.lastPlace(); ++place) list.emplace_back(range.at(place));
  return list;
}

Value head(FunctionContext&, Arguments a) {
  const List& list = listArgument("head", a[0]);
  return list.empty() ? Value{} : list.front();
}
Value last(FunctionContext&, Arguments a) {
  const List& list = listArgument("last", a[0]);
  return list.empty() ? Value{} : list.back();
}
Value tail(FunctionContext&, Arguments a) {
  const List& list = listArgument("tail", a[0]);
  return list.empty() ? Value{List{}} : Value{List{list.begin() + 1, list.end()}};
}

Value size(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kList)) return static_cast<std::int64_t>(a[0].list().size());
  if (a[0].is(ValueKind::kString)) return static_cast<std::int64_t>(countCodePoints(a[0].string()));
  throwWrongArgument("size", "a LIST or STRING", a[0]);
}
void stringSizes(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<std::int64_t, std::string_view>(
      *a[0], out, [](std::string_view s) { return static_cast<std::int64_t>(countCodePoints(s)); });
}

Value reverse(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kList)) return List{a[0].list().rbegin(), a[0].list().rend()};
  if (a[0].is(ValueKind::kString)) return reverseCodePoints(a[0].string());
  throwWrongArgument("reverse", "a LIST or STRING", a[0]);
}

Value isEmpty(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kList)) return a[0].list().empty();
  if (a[0].is(ValueKind::kMap)) return a[0].map().size() == 0;
  if (a[0].is(ValueKind::kString)) return a[0].string().empty();
  throwWrongArgument("isEmpty", "a LIST, MAP or STRING", a[0]);
}

Value coalesce(FunctionContext&, Arguments a) {
  const auto found = std::find_if(a.begin(), a.end(), [](const Value& v) { return !v.isNull(); });
  return found == a.end() ? Value{} : *found;
}

// Strings sort before numbers, so values that are not listed come before those that are.
Value ordinal(FunctionContext&, Arguments a) {
  const List& order = listArgument("ordinal", a[1]);
  const auto found = std::find_if(order.begin(), order.end(), [&](const Value& v) { return equivalent(v, a[0]); });
  return found == order.end() ? a[0] : Value{static_cast<std::int64_t>(found - order.begin())};
}
Value fromOrdinal(FunctionContext&, Arguments a) {
  const List& order = listArgument("fromOrdinal", a[1]);
  if (!a[0].is(ValueKind::kInteger)) return a[0];
  const std::int64_t place = a[0].integer();
  if (place >= 0 && static_cast<std::uint64_t>(place) < order.size()) return order[static_cast<std::size_t>(place)];
  throwArgument("NumberOutOfRange", fmt::format("there is no place {} in a list of {}", place, order.size()));
}

Type elementOf(std::span<const Type> a) { return a[0].is(TypeKind::kList) ? a[0].element() : Type{}; }
Type sameType(std::span<const Type> a) { return a[0]; }
Type listOrAny(std::span<const Type> a) { return a[0].is(TypeKind::kList) ? a[0] : Type::list({}); }
Type commonType(std::span<const Type> a) {
  Type result = TypeKind::kNull;
  for (const Type& type : a) result = result.common(type);
  return result;
}

}  // namespace

std::span<const FunctionSpec> listFunctions() {
  static const FunctionSpec kTable[] = {
      // The TCK wants wrong types refused at run time only: hence ANY.
      {.name = "range",
       .signatures = "(first :: ANY, last :: ANY, step? :: ANY) :: LIST<INTEGER>",
       .category = "List",
       .description = "The integers from the first to the last, both included, in steps (1 if not given).",
       .example = "range(1, 10, 3)",
       .result = "[1, 4, 7, 10]",
       .kernel = range},
      {.name = "head",
       .signatures = "(list :: LIST<ANY>) :: ANY",
       .category = "List",
       .description = "The first element of a list, or null.",
       .example = "head([1, 2, 3])",
       .result = "1",
       .kernel = head,
       .resultType = elementOf},
      {.name = "last",
       .signatures = "(list :: LIST<ANY>) :: ANY",
       .category = "List",
       .description = "The last element of a list, or null.",
       .example = "last([1, 2, 3])",
       .result = "3",
       .kernel = last,
       .resultType = elementOf},
      {.name = "tail",
       .signatures = "(list :: LIST<ANY>) :: LIST<ANY>",
       .category = "List",
       .description = "All elements of a list but the first.",
       .example = "tail([1, 2, 3])",
       .result = "[2, 3]",
       .kernel = tail,
       .resultType = listOrAny},
      {.name = "size",
       .signatures = "(list :: LIST<ANY>) :: INTEGER\n(text :: STRING) :: INTEGER",
       .category = "List",
       .description = "The number of elements of a list, or of characters (code points) of a string.",
       .example = "size('naïve')",
       .result = "5",
       .kernel = size,
       .vectors = {{{Kind::kString}, Kind::kInteger, stringSizes}}},
      {.name = "reverse",
       .signatures = "(list :: LIST<ANY>) :: LIST<ANY>\n(text :: STRING) :: STRING",
       .category = "List",
       .description = "The elements of a list, or the characters of a string, in reverse order.",
       .example = "reverse([1, 2, 3])",
       .result = "[3, 2, 1]",
       .kernel = reverse,
       .resultType = sameType},
      {.name = "isEmpty",
       .signatures = "(list :: LIST<ANY>) :: BOOLEAN\n(map :: MAP) :: BOOLEAN\n(text :: STRING) :: BOOLEAN",
       .category = "Predicate",
       .description = "Whether a list, map or string has nothing in it.",
       .example = "isEmpty('')",
       .result = "true",
       .kernel = isEmpty},
      {.name = "ordinal",
       .signatures = "(value :: ANY, order :: LIST<ANY>) :: ANY",
       .category = "List",
       .description = "The place of a value in a list, from 0; a value that is not in it stays as it is.",
       .example = "ordinal('stage II', ['stage I', 'stage II', 'stage III'])",
       .result = "1",
       .kernel = ordinal},
      {.name = "fromOrdinal",
       .signatures = "(place :: ANY, order :: LIST<ANY>) :: ANY",
       .category = "List",
       .description = "The value at a place in a list, from 0; what is no integer stays as it is.",
       .example = "fromOrdinal(1, ['stage I', 'stage II', 'stage III'])",
       .result = "'stage II'",
       .kernel = fromOrdinal},
      {.name = "coalesce",
       .signatures = "(value... :: ANY) :: ANY",
       .nulls = Nulls::kHandled,
       .category = "Scalar",
       .description = "The first value that is not null.",
       .example = "coalesce(null, 2, 3)",
       .result = "2",
       .kernel = coalesce,
       .resultType = commonType}};
  return kTable;
}

}  // namespace plexus::function
