// core/exec/operator/call/load_csv.h: LOAD CSV: the rows of a file as lists, or, with headers, as maps.
//
// A path, or a file:/// URL. An empty cell is null ("" in quotes is an empty string), as is a cell that a short row
// lacks. The file is read as rows are asked for.
#pragma once

#include "core/exec/build/build_context.h"

namespace plexus::exec {

OperatorPtr makeLoadCsv(const bind::BoundLoadCsv& load, Step::Common common, BuildContext& build);

}  // namespace plexus::exec
