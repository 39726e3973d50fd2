// core/exec/build/row_wise.h: inner plans that may be run for many rows at once.
//
// A plan whose operators treat each row by itself (expand, filter, project, ...) gives the same rows whether it is run
// once a row or once for all of them. To tell then which row of the outer batch a result belongs to, a hidden variable
// with the outer row's number is carried through.
#pragma once

#include <optional>

#include "core/exec/build/build_context.h"

namespace plexus::exec {

struct RowWiseInner {
  plan::LogicalPtr logical;   // the plan with the row's number; what `inner` was built from
  BuildContext::Inner inner;  // its arguments: the outer variables, then the number (INTEGER)
  ColumnIndex number = 0;     // of the inner plan's rows; ascending as long as the arguments' numbers are
};

// Nothing if some operator of the plan looks at more than one row, or does not keep the order of its input.
std::optional<RowWiseInner> buildRowWise(const plan::LogicalOperator& logical, const std::vector<VariableId>& outer,
                                         BuildContext& build);

// The arguments for all rows of `rows`: the columns given, and the rows' numbers.
Batch numberedArguments(const Batch& rows, const std::vector<ColumnIndex>& columns);

}  // namespace plexus::exec
