// core/catalog/cycle.h: cycles in a relation.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/ids.h"

namespace plexus::catalog {

// Calls `visit` for each node that `node` leads to.
using Successors = std::function<void(NodeId node, const std::function<void(NodeId)>& visit)>;

// A cycle among what can be reached from `starts`, its first node not repeated at the end; nothing if there is none.
// Depth-first, without recursion: O(nodes and relationships that are reached), each once for all starts together. A
// new relationship closes a cycle only if its end reaches its start, so a writer asks from the ends of new ones.
std::optional<std::vector<NodeId>> findCycle(std::span<const NodeId> starts, const Successors& successors);

}  // namespace plexus::catalog
