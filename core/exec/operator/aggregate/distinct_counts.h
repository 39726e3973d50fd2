// core/exec/operator/aggregate/distinct_counts.h: pairs of roots grouped by values of one, and in each group the number
// of different nodes of the other.
//
// Rows of the sparse product are computed from the second root. Where it is the grouped one, a group's rows are added
// up, and the ends with a sum are its number; where it is the counted one, each of its nodes counts once in each group
// that its row meets. No pairs are made.
#pragma once

#include "core/exec/operator/aggregate/node_numbers.h"
#include "core/exec/operator/aggregate/pair_groups.h"
#include "core/exec/operator/aggregate/pair_products.h"

namespace plexus::exec {

// Any pair of each group, and its number. `keys`: of the grouped root.
GroupedPairs distinctStarts(Worker& worker, PairProducts& products, const NodeKeys& keys);
GroupedPairs distinctEnds(Worker& worker, PairProducts& products, const NodeKeys& keys);

}  // namespace plexus::exec
