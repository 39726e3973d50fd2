#include "core/storage/bulk/property_appender.h"

#include "core/base/error.h"
#include "core/storage/codec/value_codec.h"

namespace plexus::storage {

void PropertyAppender::flush() {
  if (builder_.empty()) return;
  out_.add(propertyKey(scope_, block_), builder_.encode());
  builder_.clear();
}

std::uint32_t PropertyAppender::slotFor(std::uint32_t id) {
  const std::uint32_t block = id >> kSegmentBits, slot = id & (kSegmentSlots - 1);
  if (!builder_.empty() && (block != block_ || slot <= builder_.lastSlot())) flush();
  block_ = block;
  ++summary_.count;
  return slot;
}

template <typename T, typename Put>
void PropertyAppender::addTyped(std::uint32_t first, const Vector& values, ValueKind kind, Put put) {
  const std::span<const T> data = values.data<T>();
  const std::uint64_t before = summary_.count;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (values.isNull(i)) continue;
    put(slotFor(first + static_cast<std::uint32_t>(i)), data[i]);
  }
  if (summary_.count > before) summary_.kinds |= 1U << static_cast<unsigned>(kind);
}

void PropertyAppender::add(std::uint32_t first, const Vector& values) {
  switch (values.kind()) {
    case Vector::Kind::kBoolean:
      return addTyped<std::uint8_t>(first, values, ValueKind::kBoolean,
                                    [&](std::uint32_t slot, std::uint8_t b) { builder_.addBoolean(slot, b != 0); });
    case Vector::Kind::kInteger:
      return addTyped<std::int64_t>(first, values, ValueKind::kInteger,
                                    [&](std::uint32_t slot, std::int64_t i) { builder_.addInteger(slot, i); });
    case Vector::Kind::kFloat:
      return addTyped<double>(first, values, ValueKind::kFloat,
                              [&](std::uint32_t slot, double d) { builder_.addFloat(slot, d); });
    case Vector::Kind::kString:
      return addTyped<std::string_view>(first, values, ValueKind::kString,
                                        [&](std::uint32_t slot, std::string_view s) { builder_.addString(slot, s); });
    default:
      for (std::size_t i = 0; i < values.size(); ++i) {
        const Value value = values.value(i);
        if (!value.isNull()) add(first + static_cast<std::uint32_t>(i), value);
      }
  }
}

void PropertyAppender::add(std::uint32_t id, const Value& value) {
  if (!isStorable(value)) {
    throw Error{ErrorType::kTypeError, Phase::kRuntime, "InvalidPropertyType",
                "a property holds a scalar, a temporal value, a point, or a list of one such type"};
  }
  builder_.add(slotFor(id), storedForm(value));
  summary_.kinds |= 1U << static_cast<unsigned>(value.kind());
}

std::string joinSegments(const std::vector<std::string>& parts) {
  if (parts.size() == 1) return parts.front();
  std::vector<SlotOp> ops;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    const Segment segment = Segment::decode(part);
    segment.forEach([&](std::uint32_t slot, std::size_t rank) {
      ops.push_back({static_cast<std::uint16_t>(slot), segment.byRank(rank)});
    });
  }
  return foldSegment({}, std::move(ops));
}

}  // namespace plexus::storage
