#include <algorithm>

#include <fmt/format.h>

#include "core/function/access.h"
#include "core/function/arithmetic.h"
#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/value/compare.h"

namespace plexus::function {
namespace {

Value isIn(FunctionContext&, std::span<const Value> a) {
  if (a[1].isNull()) return {};
  if (!a[1].is(ValueKind::kList)) {  // as if it were a list of one
    const Ternary same = equal(a[0], a[1]);
    return same ? Value{*same} : Value{};
  }
  bool unknown = false;
  for (const Value& element : a[1].list()) {
    const Ternary same = equal(a[0], element);
    if (!same) unknown = true;
    if (same && *same) return true;
  }
  return unknown ? Value{} : Value{false};
}

Value concatenate(FunctionContext&, std::span<const Value> a) {
  if (a[0].is(ValueKind::kString) && a[1].is(ValueKind::kString)) {
    return joinTexts(a[0].string(), a[1].string());
  }
  if (!a[0].is(ValueKind::kList) || !a[1].is(ValueKind::kList)) throwWrongOperand("||", a[0], a[1]);
  return joinLists(a[0].list(), a[1].list());
}

// Negative indexes count from the end.
Value elementOf(const List& list, const Value& index) {
  if (!index.is(ValueKind::kInteger)) {
    throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                 fmt::format("a list is indexed by an INTEGER, but was given {}", describe(index)));
  }
  const auto size = static_cast<std::int64_t>(list.size());
  const std::int64_t at = index.integer() < 0 ? index.integer() + size : index.integer();
  return at < 0 || at >= size ? Value{} : list[static_cast<std::size_t>(at)];
}

Value subscript(FunctionContext& context, std::span<const Value> a) {
  const Value& base = a[0];
  if (base.is(ValueKind::kList)) return elementOf(base.list(), a[1]);
  if (base.is(ValueKind::kMap) || base.is(ValueKind::kNode) || base.is(ValueKind::kRelationship)) {
    if (!a[1].is(ValueKind::kString)) {
      throwRuntime(ErrorType::kTypeError, "MapElementAccessByNonString",
                   fmt::format("a {} is accessed by a STRING, but was given {}", name(base.kind()), describe(a[1])));
    }
    return property(context, base, a[1].string());
  }
  if (a[1].is(ValueKind::kString) && (base.isTemporal() || base.is(ValueKind::kPoint))) {
    return property(context, base, a[1].string());
  }
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               fmt::format("only lists, maps, nodes and relationships have elements, but this is {}", describe(base)));
}

// A bound of a slice as a position in [0, size].
std::size_t slicePosition(const Value& bound, std::size_t size) {
  if (!bound.is(ValueKind::kInteger)) {
    throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                 fmt::format("the bounds of a slice are INTEGERs, but one is {}", describe(bound)));
  }
  const auto length = static_cast<std::int64_t>(size);
  const std::int64_t at = bound.integer() < 0 ? bound.integer() + length : bound.integer();
  return static_cast<std::size_t>(std::clamp<std::int64_t>(at, 0, length));
}

Value sliceOf(const Value& base, const Value& from, const Value& to) {
  if (!base.is(ValueKind::kList)) throwWrongOperand("[..]", base);
  const List& list = base.list();
  const std::size_t begin = slicePosition(from, list.size());
  const std::size_t end = slicePosition(to, list.size());
  if (begin >= end) return List{};
  return List{list.begin() + static_cast<std::ptrdiff_t>(begin), list.begin() + static_cast<std::ptrdiff_t>(end)};
}
Value sizeOf(const Value& list) {
  return list.is(ValueKind::kList) ? Value{static_cast<std::int64_t>(list.list().size())} : Value{0};
}

Value slice(FunctionContext&, std::span<const Value> a) { return sliceOf(a[0], a[1], a[2]); }
Value sliceFrom(FunctionContext&, std::span<const Value> a) { return sliceOf(a[0], a[1], sizeOf(a[0])); }
Value sliceTo(FunctionContext&, std::span<const Value> a) { return sliceOf(a[0], 0, a[1]); }

Type elementType(std::span<const Type> a) { return a[0].is(TypeKind::kList) ? a[0].element() : Type{}; }
Type sameList(std::span<const Type> a) { return a[0].is(TypeKind::kList) ? a[0] : Type::list({}); }
Type joined(std::span<const Type> a) {
  if (a[0].is(TypeKind::kList) && a[1].is(TypeKind::kList)) return a[0].common(a[1]);
  if (a[0].is(TypeKind::kString) || a[1].is(TypeKind::kString)) return TypeKind::kString;
  return {};
}

}  // namespace

std::span<const FunctionSpec> listOperators() {
  static const FunctionSpec kTable[] = {
      {.name = "IN",
       .signatures = "(element :: ANY, list :: LIST<ANY>) :: BOOLEAN",
       .nulls = Nulls::kHandled,
       .category = "Operator",
       .description = "Whether a list has an element equal to the value; null if that depends on a null.",
       .example = "3 IN [1, null, 3]",
       .result = "true",
       .kernel = isIn},
      {.name = "||",
       .signatures = "(a :: STRING, b :: STRING) :: STRING\n(a :: LIST<ANY>, b :: LIST<ANY>) :: LIST<ANY>",
       .category = "Operator",
       .description = "Two strings or two lists, one after the other.",
       .example = "'leio' || 'myoma'",
       .result = "'leiomyoma'",
       .kernel = concatenate,
       .resultType = joined},
      {.name = "[]",
       .signatures = "(base :: ANY, key :: ANY) :: ANY",
       .volatility = Volatility::kGraph,
       .category = "Operator",
       .description = "The element of a list at an index (from 0; negative: from the end), the entry of a map, or the "
                      "property of a node or relationship; null if there is none.",
       .example = "[1, 2, 3][-1]",
       .result = "3",
       .kernel = subscript,
       .resultType = elementType},
      {.name = "[..]",
       .signatures = "(list :: LIST<ANY>, from :: INTEGER, to :: INTEGER) :: LIST<ANY>",
       .category = "Operator",
       .description = "The elements of a list from one index up to but without another.",
       .example = "[1, 2, 3][0..-1]",
       .result = "[1, 2]",
       .kernel = slice,
       .resultType = sameList},
      {.name = "[from..]",
       .signatures = "(list :: LIST<ANY>, from :: INTEGER) :: LIST<ANY>",
       .category = "Operator",
       .description = "The elements of a list from an index on.",
       .example = "[1, 2, 3][1..]",
       .result = "[2, 3]",
       .kernel = sliceFrom,
       .resultType = sameList},
      {.name = "[..to]",
       .signatures = "(list :: LIST<ANY>, to :: INTEGER) :: LIST<ANY>",
       .category = "Operator",
       .description = "The elements of a list up to but without an index.",
       .example = "[1, 2, 3][..2]",
       .result = "[1, 2]",
       .kernel = sliceTo,
       .resultType = sameList}};
  return kTable;
}

}  // namespace plexus::function
