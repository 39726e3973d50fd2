// core/exec/operator/aggregate/cycle_round.h: a core that is a single cycle, in the order in which one goes round it.
#pragma once

#include <utility>
#include <vector>

#include "core/exec/operator/aggregate/core_counting.h"

namespace plexus::exec {

// The links in order from a group, each seen from where one comes and with the group that it leads to; the last leads
// back. `turned`: the other way round. Empty if the core is no cycle.
std::vector<std::pair<const LinkReader*, std::size_t>> roundFrom(const CoreGraph& graph, std::size_t start,
                                                                 bool turned);

// The same link seen from its other end.
const LinkReader& reversed(const CoreGraph& graph, const LinkReader* link);

// Relationships of a node that has any.
double meanDegree(const LinkReader& link);

}  // namespace plexus::exec
