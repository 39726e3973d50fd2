// import/load/unique_values.h: values of this import under unique constraints, so that a duplicate is known by its row.
// Ids need none of this: their space knows duplicates. 40 bytes a value and its text.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_set>

#include "core/storage/graph_view.h"
#include "core/value/value.h"

namespace plexus::load {

class UniqueValues {
 public:
  // `view`: what was there before; may be null.
  explicit UniqueValues(const storage::GraphView* view) : view_{view} {}

  // True if the values, one for each property of the index, are new together, and now are not; with a null they never
  // count.
  bool add(IndexId index, std::span<const Value> values);

 private:
  const storage::GraphView* view_;
  std::map<IndexId, std::unordered_set<std::string>> values_;
};

}  // namespace plexus::load
