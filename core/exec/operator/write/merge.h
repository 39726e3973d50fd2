// core/exec/operator/write/merge.h: MERGE: the matches of a pattern, or the pattern made.
#pragma once

#include "core/bind/bound_query.h"
#include "core/exec/build/build_context.h"

namespace plexus::exec {

// `inner` looks for the pattern; its arguments are the variables `outer`.
OperatorPtr makeMerge(const bind::BoundMerge& merge, const std::vector<VariableId>& outer, Step::Common common,
                      BuildContext::Inner inner, BuildContext& build);

}  // namespace plexus::exec
