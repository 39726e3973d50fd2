// tools/command/schema.h: the schema of a database as text, for `plexus schema` and the shell's `.schema`.
#pragma once

#include <string>

#include "core/storage/graph_view.h"

namespace plexus::tools {

// A script that recreates indexes and constraints, then what is there, as comments: labels with their properties,
// relation types with the labels they join.
std::string schemaText(const storage::GraphView& view);

}  // namespace plexus::tools
