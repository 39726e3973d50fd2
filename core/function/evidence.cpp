// Functions about who says so (core/catalog/evidence.h).
#include "core/catalog/evidence.h"

#include "core/function/families.h"
#include "core/function/kernel.h"

namespace plexus::function {
namespace {

Value evidence(FunctionContext& context, std::span<const Value> a) {
  if (!a[0].is(ValueKind::kRelationship)) throwWrongArgument("evidence", "a RELATIONSHIP", a[0]);
  return catalog::evidenceOf(context.graph(), a[0].relationship());
}

}  // namespace

std::span<const FunctionSpec> evidenceFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "evidence",
       .signatures = "(relationship :: RELATIONSHIP) :: LIST<MAP>",
       .volatility = Volatility::kGraph,
       .category = "Graph",
       .description = "Who says so: a map for each assertion of the statement, the first one first.",
       .kernel = evidence}};
  return kTable;
}

}  // namespace plexus::function
