// import/load/load_nodes.h: one group of node files, whose columns are known, into the graph and its id space.
#pragma once

#include "import/format/table_plan.h"
#include "import/load/load_context.h"

namespace plexus::load {

// `labels`: of every node; a column with Role::kLabels adds to them. Ids must be new in their space and, where it goes
// on in the database, there. Errors as Rejects::add() decides.
void loadNodes(LoadContext& context, RowStream& rows, const format::TablePlan& plan,
               const std::vector<std::string>& labels);

}  // namespace plexus::load
