// import/load/load_relationships.h: one group of relationship files, whose columns are known, into the graph.
#pragma once

#include "import/format/table_plan.h"
#include "import/load/load_context.h"

namespace plexus::load {

// `type`: of every relationship; empty: a column with Role::kType says it. `starts`, `ends`: the spaces in which the
// ids of the two ends are looked up, in that order. Errors as Rejects::add() decides.
void loadRelationships(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const std::string& type,
                       std::vector<IdSpace*> starts, std::vector<IdSpace*> ends);

// "no node of `Person` has the id `7`", with the other space that has it, if one does.
std::string unknownNode(IdSpaces& spaces, const std::vector<IdSpace*>& candidates, std::string_view id);

}  // namespace plexus::load
