// Functions about who says so (core/catalog/evidence.h).
#include "core/catalog/evidence.h"

#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/inference/entailment.h"

namespace plexus::function {
namespace {

Value evidence(FunctionContext& context, std::span<const Value> a) {
  if (!a[0].is(ValueKind::kRelationship)) throwWrongArgument("evidence", "a RELATIONSHIP", a[0]);
  const auto asserted = inference::assertedOf(context.graph(), a[0].relationship());
  return asserted ? catalog::evidenceOf(context.graph(), *asserted) : List{};
}

}  // namespace

std::span<const FunctionSpec> evidenceFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "evidence",
       .signatures = "(relationship :: RELATIONSHIP) :: LIST<MAP>",
       .volatility = Volatility::kGraph,
       .category = "Knowledge",
       .description =
           "Who says so: a map for each assertion of the statement, the first one first. Nothing for what follows "
           "from several statements: see support().",
       .kernel = evidence}};
  return kTable;
}

}  // namespace plexus::function
