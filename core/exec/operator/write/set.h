// core/exec/operator/write/set.h: SET, REMOVE.
#pragma once

#include "core/bind/bound_query.h"
#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeSet(const bind::BoundSet& set, Step::Common common, BuildContext& build);
OperatorPtr makeRemove(const bind::BoundRemove& remove, Step::Common common, BuildContext& build);

}  // namespace plexus::exec
