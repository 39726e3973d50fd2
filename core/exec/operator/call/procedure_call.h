// core/exec/operator/call/procedure_call.h: CALL name(arguments) YIELD ...
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeProcedureCall(const bind::BoundCallProcedure& call, Step::Common common, BuildContext& build);

}  // namespace plexus::exec
