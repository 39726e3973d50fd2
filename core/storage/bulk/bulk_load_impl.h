// core/storage/bulk/bulk_load_impl.h: how a Store makes its bulk loads.
#pragma once

#include <memory>

#include "core/storage/bulk_load.h"
#include "core/storage/memory/core.h"
#include "core/storage/write/chunk_directories.h"

namespace plexus::storage {

// Waits for the writer's lock and holds it until the load is destroyed.
std::unique_ptr<BulkLoad> makeBulkLoad(std::shared_ptr<Core> core, std::shared_ptr<ChunkDirectories> directories,
                                       std::size_t memoryBytes, unsigned threads);

// Removes the files of loads that did not end.
void removeBulkLeftovers(const Database& database);

}  // namespace plexus::storage
