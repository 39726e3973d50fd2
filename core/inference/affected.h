// core/inference/affected.h: whose lists may be others, now that some asserted relationships came or went.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/inference/asserted.h"
#include "core/inference/cache.h"

namespace plexus::inference {

// Ends of the asserted relationships of a type that came or went; nothing: not known.
using ChangesOf = std::function<std::optional<std::vector<std::pair<NodeId, NodeId>>>(RelTypeId type)>;

// The nodes whose list under `key` may have changed: those from which a search for it steps over a changed
// relationship. Whichever of these a search meets first, it gets there over relationships that did not change, so the
// nodes are found by going backwards from the changes in the graph as it is now: `asserted`. Nothing if it cannot be
// told, which is so where a recursive type is asked. Cost: the relationships that lead to the changes.
std::optional<Roaring> affectedNodes(const RuleSet& rules, const ListKey& key, Asserted& asserted,
                                     const ChangesOf& changesOf);

}  // namespace plexus::inference
