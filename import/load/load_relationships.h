// import/load/load_relationships.h: one group of relationship files, whose columns are known, into the graph.
#pragma once

#include <functional>

#include "import/format/table_plan.h"
#include "import/load/load_context.h"

namespace plexus::load {

// What the relationships of a table are, or those with one text in its Role::kType column.
struct RelationKind {
  std::string type = {};                         // or the name of its inverse
  std::vector<IdSpace*> starts = {}, ends = {};  // where the ids of the two ends are looked up, in that order
  std::string endsRule = {};                     // what to say where an end is in another space; empty: nothing
  std::string_view refusalKind = {};             // a literal: "unknown metaedge"
  std::string refusal = {};                      // why such rows are wrong; empty: they are not
};
// Asked once for each text; without a Role::kType column once, for "".
using RelationKindOf = std::function<RelationKind(const std::string& text)>;

// Errors as Rejects::add() decides.
void loadRelationships(LoadContext& context, RowStream& rows, const format::TablePlan& plan,
                       const RelationKindOf& kindOf);

}  // namespace plexus::load
