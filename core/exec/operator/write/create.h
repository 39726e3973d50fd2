// core/exec/operator/write/create.h: CREATE.
#pragma once

#include "core/exec/operator/write/pattern_creator.h"
#include "core/exec/operator/write/writing_step.h"

namespace plexus::exec {

OperatorPtr makeCreate(const bind::BoundCreate& create, Step::Common common, BuildContext& build);

}  // namespace plexus::exec
