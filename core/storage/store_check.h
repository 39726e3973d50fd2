// core/storage/store_check.h: verification of a whole database (`plexus check`).
#pragma once

#include <functional>
#include <string>

#include "core/storage/memory/core.h"

namespace plexus::storage {

// Checksums, the form of every value, and what the parts say about each other: both directions of each relation,
// counters, labels and properties of nodes that exist, entries of indexes. A line per finding. Reads everything once;
// several times the size of the largest relation in memory.
bool checkStore(const Core& core, const std::function<void(const std::string&)>& report);

}  // namespace plexus::storage
