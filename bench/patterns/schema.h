// bench/patterns/schema.h: which labels a database's relation types lead between, and how many relationships do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/api/database.h"

namespace plexus::bench {

// All relationships of one type from nodes of one label to nodes of another.
struct Way {
  std::string type, from, to;
  std::uint64_t relationships = 0;
};

// Reads every relationship once. Nodes with several labels count under the first.
std::vector<Way> readWays(Connection& connection);

}  // namespace plexus::bench
