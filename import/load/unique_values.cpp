#include "import/load/unique_values.h"

#include "core/storage/codec/value_codec.h"

namespace plexus::load {

bool UniqueValues::add(IndexId index, std::span<const Value> values) {
  std::string bytes;
  for (const Value& value : values) {
    if (value.isNull()) return true;
    storage::encodeSortable(bytes, value);
  }
  if (!values_[index].insert(std::move(bytes)).second) return false;
  return view_ == nullptr || view_->nodeCount() == 0 || view_->seek(index, values).empty();
}

}  // namespace plexus::load
