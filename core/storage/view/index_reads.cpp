#include <cmath>

#include "core/storage/codec/value_codec.h"
#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

std::vector<std::uint32_t> collect(const GraphView::Impl& view, IndexId index, const std::string& from,
                                   const std::string& until) {
  std::vector<std::uint32_t> ids;
  view.scanIndex(index, from, until, [&](std::string_view key) {
    ByteReader last{key.substr(key.size() < 4 ? 0 : key.size() - 4), "index key"};
    ids.push_back(last.big<std::uint32_t>());
    return true;
  });
  return ids;
}

// Values that `<` orders; nothing lies between two others.
bool hasOrder(const Value& v) {
  const bool nan = v.is(ValueKind::kFloat) && std::isnan(v.floating());
  return !v.isNull() && !nan && !v.is(ValueKind::kDuration) && !v.is(ValueKind::kPoint);
}

}  // namespace

std::vector<std::uint32_t> GraphView::seek(IndexId index, std::span<const Value> values) const {
  if (impl_->state->index(index) == nullptr) return {};
  std::string prefix = indexPrefix(index);
  for (const Value& value : values) {
    // Nothing equals null or NaN.
    if (value.isNull() || (value.is(ValueKind::kFloat) && std::isnan(value.floating()))) return {};
    encodeSortable(prefix, value);
  }
  return collect(*impl_, index, prefix, afterPrefix(prefix));
}

std::vector<std::uint32_t> GraphView::seekRange(IndexId index, const std::optional<Bound>& low,
                                                const std::optional<Bound>& high) const {
  if (impl_->state->index(index) == nullptr) return {};
  const std::string prefix = indexPrefix(index);
  if (!low && !high) return collect(*impl_, index, prefix, afterPrefix(prefix));
  if ((low && !hasOrder(low->value)) || (high && !hasOrder(high->value))) return {};
  const unsigned char tag = sortableTag(low ? low->value : high->value);
  if (low && high && sortableTag(high->value) != tag) return {};
  std::string from = prefix, until = prefix;
  if (low) {
    encodeSortable(from, low->value);
    if (!low->inclusive) from = afterPrefix(from);
  } else {
    from.push_back(static_cast<char>(tag));
  }
  if (high) {
    encodeSortable(until, high->value);
    if (high->inclusive) until = afterPrefix(until);
  } else {
    until.push_back(static_cast<char>(tag + 1));
  }
  return from < until ? collect(*impl_, index, from, until) : std::vector<std::uint32_t>{};
}

std::vector<std::uint32_t> GraphView::seekPrefix(IndexId index, std::string_view prefix) const {
  if (impl_->state->index(index) == nullptr) return {};
  std::string from = indexPrefix(index);
  encodeSortablePrefix(from, prefix);
  return collect(*impl_, index, from, afterPrefix(from));
}

}  // namespace plexus::storage
