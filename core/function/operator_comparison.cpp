#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/value/compare.h"

namespace plexus::function {
namespace {

using Kind = Vector::Kind;
using Arguments = std::span<const Vector* const>;
using std::partial_ordering;

Value fromTernary(Ternary t) { return t ? Value{*t} : Value{}; }

Value equals(FunctionContext&, std::span<const Value> a) { return fromTernary(equal(a[0], a[1])); }
Value differs(FunctionContext&, std::span<const Value> a) {
  const Ternary same = equal(a[0], a[1]);
  return same ? Value{!*same} : Value{};
}

template <bool (*kHolds)(partial_ordering)>
Value compares(FunctionContext&, std::span<const Value> a) {
  const auto o = compare(a[0], a[1]);
  return o ? Value{kHolds(*o)} : Value{};
}

bool less(partial_ordering o) { return o < 0; }
bool lessEqual(partial_ordering o) { return o <= 0; }
bool greater(partial_ordering o) { return o > 0; }
bool greaterEqual(partial_ordering o) { return o >= 0; }
bool same(partial_ordering o) { return o == 0; }
bool different(partial_ordering o) { return o != 0; }

template <typename T, bool (*kHolds)(partial_ordering)>
void columns(FunctionContext&, Arguments a, Vector& out) {
  mapColumns<std::uint8_t, T, T>(*a[0], *a[1], out,
                                 [](const T& x, const T& y) -> std::uint8_t { return kHolds(x <=> y) ? 1 : 0; });
}
// An integer and a float are compared exactly: not through a double.
template <typename A, typename B, bool (*kHolds)(partial_ordering)>
void mixedColumns(FunctionContext&, Arguments a, Vector& out) {
  mapColumns<std::uint8_t, A, B>(*a[0], *a[1], out, [](const A& x, const B& y) -> std::uint8_t {
    return kHolds(*compare(Value{x}, Value{y})) ? 1 : 0;
  });
}

template <bool (*kHolds)(partial_ordering)>
std::vector<VectorKernel> comparisonKernels() {
  return {{{Kind::kInteger, Kind::kInteger}, Kind::kBoolean, columns<std::int64_t, kHolds>},
          {{Kind::kFloat, Kind::kFloat}, Kind::kBoolean, columns<double, kHolds>},
          {{Kind::kString, Kind::kString}, Kind::kBoolean, columns<std::string_view, kHolds>},
          {{Kind::kBoolean, Kind::kBoolean}, Kind::kBoolean, columns<std::uint8_t, kHolds>},
          {{Kind::kInteger, Kind::kFloat}, Kind::kBoolean, mixedColumns<std::int64_t, double, kHolds>},
          {{Kind::kFloat, Kind::kInteger}, Kind::kBoolean, mixedColumns<double, std::int64_t, kHolds>}};
}
template <bool (*kHolds)(partial_ordering), bool kEqual>
std::vector<VectorKernel> equalityKernels() {
  auto kernels = comparisonKernels<kHolds>();
  kernels.push_back({{Kind::kNode, Kind::kNode}, Kind::kBoolean, columns<NodeId, kHolds>});
  kernels.push_back(
      {{Kind::kRelationship, Kind::kRelationship}, Kind::kBoolean, [](FunctionContext&, Arguments a, Vector& out) {
         mapColumns<std::uint8_t, Relationship, Relationship>(
             *a[0], *a[1], out,
             [](const Relationship& x, const Relationship& y) -> std::uint8_t { return (x == y) == kEqual ? 1 : 0; });
       }});
  return kernels;
}

Value isNull(FunctionContext&, std::span<const Value> a) { return a[0].isNull(); }
Value isNotNull(FunctionContext&, std::span<const Value> a) { return !a[0].isNull(); }

constexpr std::string_view kAnyTwo = "(a :: ANY, b :: ANY) :: BOOLEAN";

}  // namespace

std::span<const FunctionSpec> comparisonOperators() {
  static const FunctionSpec kTable[] = {
      {.name = "=",
       .signatures = kAnyTwo,
       .category = "Operator",
       .description = "Whether two values are equal; unknown (null) if that depends on a null. 1 = 1.0; NaN equals "
                      "nothing.",
       .example = "[1, null] = [1, 2]",
       .result = "null",
       .kernel = equals,
       .vectors = equalityKernels<same, true>()},
      {.name = "<>",
       .signatures = kAnyTwo,
       .category = "Operator",
       .description = "Whether two values differ; unknown (null) if that depends on a null.",
       .example = "'a' <> 1",
       .result = "true",
       .kernel = differs,
       .vectors = equalityKernels<different, false>()},
      {.name = "<",
       .signatures = kAnyTwo,
       .category = "Operator",
       .description = "Whether a value comes before another of a comparable type; null if they are not comparable.",
       .example = "1 < 1.5",
       .result = "true",
       .kernel = compares<less>,
       .vectors = comparisonKernels<less>()},
      {.name = "<=",
       .signatures = kAnyTwo,
       .category = "Operator",
       .description = "Whether a value comes before another or is equal; null if they are not comparable.",
       .example = "'a' <= 'b'",
       .result = "true",
       .kernel = compares<lessEqual>,
       .vectors = comparisonKernels<lessEqual>()},
      {.name = ">",
       .signatures = kAnyTwo,
       .category = "Operator",
       .description = "Whether a value comes after another of a comparable type; null if they are not comparable.",
       .example = "2 > 'a'",
       .result = "null",
       .kernel = compares<greater>,
       .vectors = comparisonKernels<greater>()},
      {.name = ">=",
       .signatures = kAnyTwo,
       .category = "Operator",
       .description = "Whether a value comes after another or is equal; null if they are not comparable.",
       .example = "[1, 0] >= [1]",
       .result = "true",
       .kernel = compares<greaterEqual>,
       .vectors = comparisonKernels<greaterEqual>()},
      {.name = "IS NULL",
       .signatures = "(a :: ANY) :: BOOLEAN",
       .nulls = Nulls::kHandled,
       .category = "Operator",
       .description = "Whether the value is null.",
       .example = "null IS NULL",
       .result = "true",
       .kernel = isNull},
      {.name = "IS NOT NULL",
       .signatures = "(a :: ANY) :: BOOLEAN",
       .nulls = Nulls::kHandled,
       .category = "Operator",
       .description = "Whether the value is not null.",
       .example = "null IS NOT NULL",
       .result = "false",
       .kernel = isNotNull}};
  return kTable;
}

}  // namespace plexus::function
