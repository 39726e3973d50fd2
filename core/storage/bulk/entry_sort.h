// core/storage/bulk/entry_sort.h: adjacency entries by node, then by neighbour, in linear time.
#pragma once

#include <vector>

#include "core/storage/codec/keys.h"

namespace plexus::storage {

// A stable radix sort from the lowest digit (Knuth, The Art of Computer Programming 3, 5.2.5), its passes shared by the
// threads of the current arena: about 2 ns an entry and byte of the largest ids. Entries that differ in their id alone
// stay in the order in which they come, which must be that of their ids. Memory: as much again as the entries take.
void sortEntries(std::vector<AdjacencyEntry>& entries);

}  // namespace plexus::storage
