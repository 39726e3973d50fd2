// core/storage/bulk/property_appender.h: values of one property, in about ascending order of id, into encoded segments.
#pragma once

#include "core/storage/bulk/keyed_values.h"
#include "core/storage/codec/meta.h"
#include "core/storage/codec/property_segment.h"
#include "core/value/vector.h"

namespace plexus::storage {

class PropertyAppender {
 public:
  // A segment is added to `out` whenever the next value lies in another block, or before the last one.
  PropertyAppender(PropertyScope scope, KeyedValues& out) : scope_{scope}, out_{out} {}

  // Values of entities first, first + 1, ...; nulls are left out. Throws Error{kTypeError} for what cannot be stored.
  void add(std::uint32_t first, const Vector& values);
  void add(std::uint32_t id, const Value& value);
  void finish() { flush(); }
  const PropertySummary& summary() const { return summary_; }
  const PropertyScope& scope() const { return scope_; }

 private:
  template <typename T, typename Put>
  void addTyped(std::uint32_t first, const Vector& values, ValueKind kind, Put put);
  // The slot of an entity in the builder, which is ready to take it.
  std::uint32_t slotFor(std::uint32_t id);
  void flush();

  PropertyScope scope_;
  KeyedValues& out_;
  SegmentBuilder builder_;
  std::uint32_t block_ = 0;
  PropertySummary summary_;
};

// One segment of several with the same key; later ones win.
std::string joinSegments(const std::vector<std::string>& parts);

}  // namespace plexus::storage
