// core/api/options.h: how a database is opened, and how a statement is run.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <unordered_map>

#include "core/value/batch.h"
#include "core/value/value.h"

namespace plexus {

// Values of `$name`, without the dollar sign.
using Parameters = std::unordered_map<std::string, Value>;

struct DatabaseOptions {
  bool readOnly = false;  // follows a database that another process may be writing; see Database::refresh()
  bool createIfMissing = true;
  bool syncCommits = true;                        // a commit is on disk when it returns
  std::size_t arrayBytes = std::size_t{4} << 30;  // graph data held in memory
  std::size_t blockCacheBytes = std::size_t{64} << 20;
  std::size_t planCacheEntries = 256;
};

// Of a Connection, for the statements it runs from then on.
struct QueryOptions {
  unsigned threads = 0;                            // 0: all cores
  std::chrono::milliseconds timeout{0};            // 0: none
  std::size_t memoryBytes = std::size_t{4} << 30;  // what sorts, aggregates, joins of one query may hold
  std::filesystem::path spillDirectory;            // where they go on beyond that; empty: the query fails instead
  std::size_t batchRows = kBatchRows;
  std::set<std::string> disabledRewrites;  // by name, as EXPLAIN shows them; for tests
  bool inference = true;                   // `CYPHER inference=off` overrides it for a statement
};

}  // namespace plexus
