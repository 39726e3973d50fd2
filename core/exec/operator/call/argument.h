// core/exec/operator/call/argument.h: the rows that an inner plan is run for.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeArgument(Step::Common common, BuildContext& build);

// The columns of a batch, chosen and in another order, as arguments of an inner plan.
Batch chooseColumns(const Batch& rows, const std::vector<ColumnIndex>& columns);

// Sets the arguments of an inner plan and brings it to its start; `state` is opened at first use.
void startInner(const BuildContext::Inner& inner, Worker& worker, std::unique_ptr<Operator::State>& state,
                Batch arguments);

}  // namespace plexus::exec
