#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/regex.h"

namespace plexus::function {
namespace {

using Kind = Vector::Kind;
using Arguments = std::span<const Vector* const>;

bool startsWith(std::string_view text, std::string_view part) { return text.starts_with(part); }
bool endsWith(std::string_view text, std::string_view part) { return text.ends_with(part); }
bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// Null unless both are strings: these predicates filter mixed data.
template <bool (*kTest)(std::string_view, std::string_view)>
Value test(FunctionContext&, std::span<const Value> a) {
  if (!a[0].is(ValueKind::kString) || !a[1].is(ValueKind::kString)) return {};
  return kTest(a[0].string(), a[1].string());
}
template <bool (*kTest)(std::string_view, std::string_view)>
void testColumns(FunctionContext&, Arguments a, Vector& out) {
  mapColumns<std::uint8_t, std::string_view, std::string_view>(
      *a[0], *a[1], out, [](std::string_view x, std::string_view y) -> std::uint8_t { return kTest(x, y) ? 1 : 0; });
}
template <bool (*kTest)(std::string_view, std::string_view)>
std::vector<VectorKernel> testKernels() {
  return {{{Kind::kString, Kind::kString}, Kind::kBoolean, testColumns<kTest>}};
}

RegexCache& regexes(FunctionContext& context) {
  if (!context.regexes) context.regexes = std::make_shared<RegexCache>();
  return *context.regexes;
}

Value matchesRegex(FunctionContext& context, std::span<const Value> a) {
  if (!a[0].is(ValueKind::kString) || !a[1].is(ValueKind::kString)) return {};
  return regexes(context).get(a[1].string()).matches(a[0].string());
}
void matchColumns(FunctionContext& context, Arguments a, Vector& out) {
  RegexCache& cache = regexes(context);
  std::string_view pattern;
  const Regex* regex = nullptr;  // of `pattern`: it is nearly always the same for all rows
  mapColumns<std::uint8_t, std::string_view, std::string_view>(
      *a[0], *a[1], out, [&](std::string_view text, std::string_view p) -> std::uint8_t {
        if (!regex || p != pattern) {
          regex = &cache.get(p);
          pattern = p;
        }
        return regex->matches(text) ? 1 : 0;
      });
}

constexpr std::string_view kSignature = "(text :: ANY, part :: ANY) :: BOOLEAN";

}  // namespace

std::span<const FunctionSpec> textOperators() {
  static const FunctionSpec kTable[] = {
      {.name = "STARTS WITH",
       .signatures = kSignature,
       .category = "Operator",
       .description = "Whether a string begins with another; null if one is not a string.",
       .example = "'sarcoma' STARTS WITH 'sar'",
       .result = "true",
       .kernel = test<startsWith>,
       .vectors = testKernels<startsWith>()},
      {.name = "ENDS WITH",
       .signatures = kSignature,
       .category = "Operator",
       .description = "Whether a string ends with another; null if one is not a string.",
       .example = "'sarcoma' ENDS WITH 'oma'",
       .result = "true",
       .kernel = test<endsWith>,
       .vectors = testKernels<endsWith>()},
      {.name = "CONTAINS",
       .signatures = kSignature,
       .category = "Operator",
       .description = "Whether a string contains another; null if one is not a string.",
       .example = "'sarcoma' CONTAINS 'x'",
       .result = "false",
       .kernel = test<contains>,
       .vectors = testKernels<contains>()},
      {.name = "=~",
       .signatures = "(text :: STRING, pattern :: STRING) :: BOOLEAN",
       .category = "Operator",
       .description = "Whether the whole string matches a regular expression, written as in Java (`(?i)` at its start: "
                      "in any case); null if one is not a string.",
       .example = "'Sarcoma' =~ '(?i)sar.*'",
       .result = "true",
       .kernel = matchesRegex,
       .vectors = {{{Kind::kString, Kind::kString}, Kind::kBoolean, matchColumns}}}};
  return kTable;
}

}  // namespace plexus::function
