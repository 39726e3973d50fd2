// core/exec/operator/call/unwind_range.h: UNWIND of a call of range(): its integers a batch at a time, never as a list.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

// Null if the list is something else.
OperatorPtr makeUnwindRange(const plan::Unwind& unwind, Step::Common& common, BuildContext& build);

}  // namespace plexus::exec
