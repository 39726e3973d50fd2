// core/exec/expression/degree.h: COUNT { (a)-[:T]->(:L) } and EXISTS { (a)-[:T]->(b) } without running a plan: they are
// the length of a neighbour list, or a search in it.
#pragma once

#include "core/exec/build/build_context.h"
#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

// Null if the subquery is not of that form.
EvaluatorPtr makeDegree(const bind::Subquery& subquery, const Layout& layout, BuildContext& build);

}  // namespace plexus::exec
