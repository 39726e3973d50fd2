// Functions about what is entailed: whether a relationship is, and by what.
#include "core/function/context.h"
#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/inference/entailment.h"

namespace plexus::function {
namespace {

Relationship relationshipArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kRelationship)) throwWrongArgument(function, "a RELATIONSHIP", v);
  return v.relationship();
}

Value inferred(FunctionContext& context, std::span<const Value> a) {
  const Relationship r = relationshipArgument("inferred", a[0]);
  return context.entailment != nullptr && context.entailment->inferred(r);
}

Value support(FunctionContext& context, std::span<const Value> a) {
  const Relationship r = relationshipArgument("support", a[0]);
  if (context.entailment == nullptr) return List{Value{r}};
  const auto found = context.entailment->support(r);
  return List{found.begin(), found.end()};
}

}  // namespace

std::span<const FunctionSpec> inferenceFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "inferred",
       .signatures = "(relationship :: RELATIONSHIP) :: BOOLEAN",
       .volatility = Volatility::kGraph,
       .category = "Knowledge",
       .description = "Whether a relationship is not asserted as it stands, but follows from what is.",
       .kernel = inferred},
      {.name = "support",
       .signatures = "(relationship :: RELATIONSHIP) :: LIST<RELATIONSHIP>",
       .volatility = Volatility::kGraph,
       .category = "Knowledge",
       .description =
           "The asserted relationships that a relationship follows from: as few as can be, from its start to "
           "its end. Of an asserted one, itself.",
       .kernel = support}};
  return kTable;
}

}  // namespace plexus::function
