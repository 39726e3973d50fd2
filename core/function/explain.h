// core/function/explain.h: kg.explain(r): why a relationship holds, as a tree in words.
#pragma once

#include "core/function/procedure.h"

namespace plexus::function {

// A row a step, each indented below what it is a reason for: what holds, by which rule, and for asserted steps their
// properties (source, evidence, ...).
ProcedureEntry explainProcedure();

}  // namespace plexus::function
