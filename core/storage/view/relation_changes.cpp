#include "core/storage/relation_changes.h"

#include "core/storage/view/view_impl.h"

namespace plexus::storage {

std::optional<std::vector<std::pair<NodeId, NodeId>>> changedSince(const GraphView& view, RelTypeId type,
                                                                   std::uint64_t version) {
  if (view.writing()) return std::nullopt;
  return view.impl().core().changes.between(type, version, view.version());
}

}  // namespace plexus::storage
