// core/exec/operator/call/apply.h: for each row of the input, an inner plan.
#pragma once

#include "core/exec/build/build_context.h"
#include "core/exec/build/row_wise.h"

namespace plexus::exec {

// `common` has the left side as its input. `innerWrites`: then rows are not counted but repeated.
OperatorPtr makeApply(const plan::Apply& apply, Step::Common common, BuildContext::Inner inner, bool innerWrites);

// As makeApply(), for all modes but kForEach; the inner plan is run once for each batch.
OperatorPtr makeApplyRowWise(const plan::Apply& apply, Step::Common common, RowWiseInner inner);

// CALL { } IN TRANSACTIONS: commits after every so many rows.
OperatorPtr makeApplyInTransactions(const plan::Apply& apply, Step::Common common, BuildContext::Inner inner,
                                    BuildContext& build);

// Whether some operator of the plan writes.
bool writes(const plan::LogicalOperator& root);

}  // namespace plexus::exec
