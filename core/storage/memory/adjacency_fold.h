// core/storage/memory/adjacency_fold.h: arrays with a log's changes done, made in memory.
#pragma once

#include "core/storage/memory/adjacency_base.h"
#include "core/storage/memory/adjacency_log.h"

namespace plexus::storage {

// What `base` (with ids) and `log` show at `version`, which must be registered in `live`; offsets cover at least
// `nodes` nodes. About 1 ns an entry, and a look-up for each changed node.
std::shared_ptr<const FlatAdjacency> foldedArrays(const FlatAdjacency& base, const AdjacencyLog& log, Version version,
                                                  NodeId nodes, const LiveVersions& live);

}  // namespace plexus::storage
