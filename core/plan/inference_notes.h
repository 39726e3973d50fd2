// core/plan/inference_notes.h: what a plan's patterns see beyond what is asserted, in words, for EXPLAIN.
#pragma once

#include <string>
#include <vector>

#include "core/plan/planner.h"

namespace plexus::plan {

// A line for each relation that the plan's patterns name and that has traits (of patterns without types: each relation
// that infers), in order of name. Empty if nothing is inferred.
std::vector<std::string> inferenceNotes(const LogicalPlan& plan, const catalog::Catalog& catalog,
                                        const inference::Entailment& entailment);

}  // namespace plexus::plan
