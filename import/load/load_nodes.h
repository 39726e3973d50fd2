// import/load/load_nodes.h: one group of node files, whose columns are known, into the graph and its id space.
#pragma once

#include <functional>

#include "import/format/table_plan.h"
#include "import/load/load_context.h"

namespace plexus::load {

// What the nodes of a table are, or those with one text in its Role::kLabels column.
struct NodeKind {
  std::vector<std::string> labels = {};
  std::string idSpace = {};           // of their ids, if the table has such a column
  std::string_view refusalKind = {};  // a literal: "unknown kind"
  std::string refusal = {};           // why such rows are wrong; empty: they are not
};
// Asked once for each text; without a Role::kLabels column once, for "".
using NodeKindOf = std::function<NodeKind(const std::string& text)>;

// Ids must be new in their space and, where it goes on in the database, there. Errors as Rejects::add() decides.
void loadNodes(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const NodeKindOf& kindOf);

}  // namespace plexus::load
