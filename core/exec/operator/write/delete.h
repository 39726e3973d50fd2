// core/exec/operator/write/delete.h: DELETE and DETACH DELETE.
#pragma once

#include "core/bind/bound_query.h"
#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeDelete(const bind::BoundDelete& del, Step::Common common, BuildContext& build);

}  // namespace plexus::exec
