#include "core/exec/operator/write/asserted_target.h"

#include <fmt/format.h>

#include "core/inference/entailment.h"

namespace plexus::exec {

Relationship assertedTarget(const Worker& worker, const Relationship& relationship, Span span) {
  if (const auto asserted = inference::assertedOf(worker.context.view, relationship)) return *asserted;
  if (!relationship.isEntailed()) return relationship;  // read off one that is gone
  throwRuntime(ErrorType::kConstraintVerificationFailed, "InferredRelationship",
               fmt::format("this `{}` relationship is inferred and cannot be changed; change what it follows from, "
                           "which support() lists",
                           worker.context.catalog().relTypes.name(relationship.type)),
               span);
}

}  // namespace plexus::exec
