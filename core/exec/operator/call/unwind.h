// core/exec/operator/call/unwind.h: a row for each element of a list.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeUnwind(const plan::Unwind& unwind, Step::Common common, BuildContext& build);

}  // namespace plexus::exec
