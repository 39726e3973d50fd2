// coll.*: functions about lists as sets and sequences. Elements are compared by equivalence (null equals null) and put
// in the order of ORDER BY.
#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/value/compare.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;

bool before(const Value& a, const Value& b) { return order(a, b) < 0; }

Value distinct(FunctionContext&, Arguments a) {
  std::unordered_set<Value, ValueHash, ValueEquivalent> seen;
  List result;
  for (const Value& v : listArgument("coll.distinct", a[0])) {
    if (seen.insert(v).second) result.push_back(v);
  }
  return result;
}

void flattenInto(List& result, const List& list, std::int64_t depth) {
  for (const Value& v : list) {
    if (depth > 0 && v.is(ValueKind::kList)) {
      flattenInto(result, v.list(), depth - 1);
    } else {
      result.push_back(v);
    }
  }
}
Value flatten(FunctionContext&, Arguments a) {
  const std::int64_t depth = a.size() > 1 ? integerArgument("coll.flatten", a[1]) : 1;
  if (depth < 0) throwArgument("NumberOutOfRange", fmt::format("the depth of coll.flatten() is negative: {}", depth));
  List result;
  flattenInto(result, listArgument("coll.flatten", a[0]), depth);
  return result;
}

Value indexOf(FunctionContext&, Arguments a) {
  const List& list = listArgument("coll.indexOf", a[0]);
  const auto found = std::find_if(list.begin(), list.end(), [&](const Value& v) { return equivalent(v, a[1]); });
  return found == list.end() ? Value{-1} : Value{static_cast<std::int64_t>(found - list.begin())};
}

// An index into a list of `size`; negative ones count from the end.
std::ptrdiff_t position(std::string_view function, const Value& index, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t given = integerArgument(function, index);
  const std::int64_t at = given < 0 ? given + length : given;
  if (at < 0 || at >= length) {
    throwArgument("NumberOutOfRange", fmt::format("the index {} of {}() is outside of the list", given, function));
  }
  return at;
}
Value insert(FunctionContext&, Arguments a) {
  List list = listArgument("coll.insert", a[0]);
  list.insert(list.begin() + position("coll.insert", a[1], list.size() + 1), a[2]);
  return list;
}
Value remove(FunctionContext&, Arguments a) {
  List list = listArgument("coll.remove", a[0]);
  list.erase(list.begin() + position("coll.remove", a[1], list.size()));
  return list;
}

template <bool kMaximum>
Value extreme(FunctionContext&, Arguments a) {
  Value best;
  for (const Value& v : listArgument(kMaximum ? "coll.max" : "coll.min", a[0])) {
    if (v.isNull()) continue;
    if (best.isNull() || (kMaximum ? before(best, v) : before(v, best))) best = v;
  }
  return best;
}

Value sort(FunctionContext&, Arguments a) {
  List list = listArgument("coll.sort", a[0]);
  std::stable_sort(list.begin(), list.end(), before);
  return list;
}

Type sameList(std::span<const Type> a) { return a[0].is(TypeKind::kList) ? a[0] : Type::list({}); }
Type elementOf(std::span<const Type> a) { return a[0].is(TypeKind::kList) ? a[0].element() : Type{}; }

FunctionSpec row(std::string_view name, std::string_view signatures, std::string_view description,
                 std::string_view example, std::string_view result, ScalarKernel kernel,
                 Type (*type)(std::span<const Type>) = nullptr) {
  return {.name = name,
          .signatures = signatures,
          .category = "List",
          .description = description,
          .example = example,
          .result = result,
          .kernel = kernel,
          .resultType = type};
}

constexpr std::string_view kListToList = "(list :: LIST<ANY>) :: LIST<ANY>", kListToAny = "(list :: LIST<ANY>) :: ANY";

}  // namespace

std::span<const FunctionSpec> collectionFunctions() {
  static const FunctionSpec kTable[] = {
      row("coll.distinct", kListToList, "The elements of a list, each once.", "coll.distinct([2, 1, 2.0])", "[2, 1]",
          distinct, sameList),
      row("coll.flatten", "(list :: LIST<ANY>, depth? :: INTEGER) :: LIST<ANY>",
          "The elements of a list, with nested lists replaced by theirs (one level, or `depth`).",
          "coll.flatten([1, [2, [3]]])", "[1, 2, [3]]", flatten),
      row("coll.indexOf", "(list :: LIST<ANY>, value :: ANY) :: INTEGER",
          "The index of the first element that equals the value, or -1.", "coll.indexOf(['a', 'b'], 'b')", "1",
          indexOf),
      row("coll.insert", "(list :: LIST<ANY>, index :: INTEGER, value :: ANY) :: LIST<ANY>",
          "The list with a value inserted before the element at an index.", "coll.insert([1, 3], 1, 2)", "[1, 2, 3]",
          insert),
      row("coll.remove", "(list :: LIST<ANY>, index :: INTEGER) :: LIST<ANY>",
          "The list without the element at an index.", "coll.remove([1, 2, 3], 0)", "[2, 3]", remove, sameList),
      row("coll.max", kListToAny, "The greatest element that is not null.", "coll.max([1, 3, 2])", "3", extreme<true>,
          elementOf),
      row("coll.min", kListToAny, "The least element that is not null.", "coll.min([2, 1, null])", "1", extreme<false>,
          elementOf),
      row("coll.sort", kListToList, "The elements of a list in ascending order.", "coll.sort([3, 1, 2])", "[1, 2, 3]",
          sort, sameList)};
  return kTable;
}

}  // namespace plexus::function
