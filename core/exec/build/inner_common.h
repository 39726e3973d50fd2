// core/exec/build/inner_common.h: for operators whose second child is run for given rows.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

// As commonOf(), but only the first child is built as an input.
Step::Common commonOfFirst(const plan::LogicalOperator& logical, BuildContext& build);

}  // namespace plexus::exec
