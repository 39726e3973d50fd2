// core/plan/build_path_search.h: a selected path of several parts as a PathSearch. Private to core/plan.
#pragma once

#include "core/plan/order/query_graph.h"
#include "core/plan/planning.h"

namespace plexus::plan {

// The search for a shortest edge, whose ends are among `bound`; without its input. Null where the parts cannot be
// walked by themselves: something between the ends is bound already, or stands in the path twice, or in another one
// too.
LogicalPtr makePathSearch(Planning& planning, const GraphEdge& edge, const VariableSet& bound);

}  // namespace plexus::plan
