#include "core/storage/bulk/bulk_load_impl.h"
namespace plexus::storage {
std::unique_ptr<BulkLoad> makeBulkLoad(std::shared_ptr<Core>, std::shared_ptr<ChunkDirectories>, std::size_t,
                                       unsigned) {
  return nullptr;
}
void removeBulkLeftovers(const Database&) {}
}  // namespace plexus::storage
