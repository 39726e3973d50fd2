#include "core/storage/codec/meta.h"

namespace plexus::storage {
namespace {

template <typename... T>
std::string pack(T... numbers) {
  std::string out;
  (putLittle(out, numbers), ...);
  return out;
}

}  // namespace

std::string encodeVersion(Version version) { return pack(version); }
std::string encode(const NodeCounters& c) { return pack(c.bound, c.count); }
std::string encodeLabelCount(std::uint64_t count) { return pack(count); }
std::string encode(const RelTypeCounters& c) { return pack(c.bound, c.count); }
std::string encode(const PropertySummary& s) { return pack(s.count, s.kinds); }

std::string encode(const IndexSpec& spec) {
  const auto flags =
      static_cast<std::uint8_t>((spec.unique ? 1 : 0) | (spec.onRelationships ? 2 : 0) | (spec.text ? 4 : 0));
  std::string out = pack(flags, spec.labelOrType, static_cast<std::uint16_t>(spec.properties.size()));
  for (const PropertyKeyId key : spec.properties) putLittle(out, key);
  if (!spec.text) return out;
  putLittle(out, static_cast<std::uint16_t>(spec.otherLabelsOrTypes.size()));
  for (const std::uint16_t other : spec.otherLabelsOrTypes) putLittle(out, other);
  return out;
}

}  // namespace plexus::storage
