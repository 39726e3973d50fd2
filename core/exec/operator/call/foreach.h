// core/exec/operator/call/foreach.h: FOREACH: writing clauses for each element of a list.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

// The body's arguments are `outer`; those that the input lacks are the element.
OperatorPtr makeForeach(const plan::Foreach& foreach, Step::Common common, BuildContext::Inner body,
                        const std::vector<VariableId>& arguments, BuildContext& build);

}  // namespace plexus::exec
