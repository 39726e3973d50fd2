// core/exec/operator/aggregate/shared_image.h: a core whose groups all lead to one more group by n:1 relations, perhaps
// over groups in between: what they lead to is a column, and that they lead to the same node is a test of edges.
#pragma once

#include <optional>

#include "core/exec/operator/aggregate/core_counting.h"

namespace plexus::exec {

// A core without the group that is led to and those in between.
struct SharedImage {
  CoreGraph rest;
  // The node that a node of any group of `rest` leads to, by id from `low`; kNoNode: none.
  NodeId low = 0;
  std::vector<NodeId> image;

  // Nothing if the core has no such group, if a node can lead to several, or to different ones by its group, or if the
  // rest is not connected. Counts of the groups left out are in those of the first group of `rest`.
  static std::optional<SharedImage> of(const CoreGraph& graph);
};

}  // namespace plexus::exec
