#include "import/load/unique_values.h"

#include "core/storage/codec/value_codec.h"

namespace plexus::load {

bool UniqueValues::add(IndexId index, const Value& value) {
  if (value.isNull()) return true;
  std::string bytes;
  storage::encodeSortable(bytes, value);
  if (!values_[index].insert(std::move(bytes)).second) return false;
  return view_ == nullptr || view_->nodeCount() == 0 || view_->seek(index, std::span{&value, 1}).empty();
}

}  // namespace plexus::load
