// import/load/load_hetionet.h: Hetionet's nodes.tsv and .sif files into the graph.
#pragma once

#include "import/load/load_context.h"

namespace plexus::load {

// `files` in any order; headers tell nodes from edges, nodes are read first. Each kind is an id space, so that an
// edge whose ends are of the wrong kind is found by the look-up itself. Errors as Rejects::add() decides; a file that
// is neither table throws Error{kInputError}.
void loadHetionet(LoadContext& context, const std::vector<std::filesystem::path>& files);

}  // namespace plexus::load
