// core/storage/relation_changes.h: which relationships came and went lately, so that what is derived from a relation
// can be brought up to date instead of being made anew.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/storage/graph_view.h"

namespace plexus::storage {

// Start and end of each relationship of the type that came or went in commits after `version`, up to that of the view.
// Nothing if that is not known any more: only so many changes are remembered, none from before a bulk load or the
// opening of the database; or if the view is a transaction's.
std::optional<std::vector<std::pair<NodeId, NodeId>>> changedSince(const GraphView& view, RelTypeId type,
                                                                   std::uint64_t version);

}  // namespace plexus::storage
