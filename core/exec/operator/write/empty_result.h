// core/exec/operator/write/empty_result.h: runs its input to the end and gives no rows: a query without RETURN.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeEmptyResult(Step::Common common);

}  // namespace plexus::exec
