// core/storage/index_spec.h: what a secondary index covers. Names and DDL are the catalog's; storage knows ids.
#pragma once

#include <algorithm>
#include <vector>

#include "core/base/ids.h"

namespace plexus::storage {

struct IndexSpec {
  IndexId id = kNoId;
  bool unique = false;
  bool onRelationships = false;
  std::uint16_t labelOrType = kNoId;      // LabelId, or RelTypeId where onRelationships
  std::vector<PropertyKeyId> properties;  // an entity is in the index if it has all of them
  // Full text (text_index.h): an entity is in the index by the terms of any of the properties, if it has any of the
  // labels: the one above or one of these.
  bool text = false;
  std::vector<std::uint16_t> otherLabelsOrTypes{};

  std::vector<std::uint16_t> owners() const {
    std::vector<std::uint16_t> all{labelOrType};
    all.insert(all.end(), otherLabelsOrTypes.begin(), otherLabelsOrTypes.end());
    return all;
  }
  bool isOn(std::uint16_t owner) const {
    return owner == labelOrType ||
           std::find(otherLabelsOrTypes.begin(), otherLabelsOrTypes.end(), owner) != otherLabelsOrTypes.end();
  }
};

}  // namespace plexus::storage
