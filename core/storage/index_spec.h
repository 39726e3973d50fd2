// core/storage/index_spec.h: what a secondary index covers. Names and DDL are the catalog's; storage knows ids.
#pragma once

#include <vector>

#include "core/base/ids.h"

namespace plexus::storage {

struct IndexSpec {
  IndexId id = kNoId;
  bool unique = false;
  bool onRelationships = false;
  std::uint16_t labelOrType = kNoId;      // LabelId, or RelTypeId where onRelationships
  std::vector<PropertyKeyId> properties;  // an entity is in the index if it has all of them
};

}  // namespace plexus::storage
