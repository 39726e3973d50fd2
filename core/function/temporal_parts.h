// core/function/temporal_parts.h: instants taken apart and put together: what constructors, truncation and durations
// between instants share.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "core/function/context.h"
#include "core/value/time_zone.h"
#include "core/value/value.h"

namespace plexus::function {

// What an instant consists of; parts that its type lacks are absent. Times are those on the wall.
struct Parts {
  std::optional<Date> date;
  std::optional<LocalTime> time;
  std::optional<Zone> zone;
  std::optional<std::int32_t> offset;  // of the instant, where it has a zone
};

Zone defaultZone(const FunctionContext& context);
bool isInstant(const Value& v);  // any temporal type but DURATION
Parts partsOf(const Value& instant);
Parts partsAt(Instant instant, const Zone& zone);
// An instant of the type. Parts that are absent and needed: midnight, the default zone, today.
Value assemble(const FunctionContext& context, ValueKind type, const Parts& parts);

// The fields of a map from which an instant is made. Each reader throws ArgumentError InvalidArgumentValue or
// NumberOutOfRange, naming the field; the constructor does for fields that no instant has.
class Fields {
 public:
  Fields(std::string_view function, const Map& map);

  bool has(std::string_view name) const { return map_.find(name) != nullptr; }
  bool hasAny(std::initializer_list<std::string_view> names) const;
  const Value* find(std::string_view name) const { return map_.find(name); }
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t low, std::int64_t high) const;
  // The `timezone` field.
  std::optional<Zone> zone() const;

  // The date that the fields say; what they leave open comes from `base`, or is the first (year: required).
  Date date(std::optional<Date> base) const;
  bool hasDate() const;
  // Likewise. Fractions of a second replace those of the base, or with `addFraction` are added to them.
  LocalTime time(std::optional<LocalTime> base, bool addFraction = false) const;
  bool hasTime() const;

 private:
  Date weekDate(std::optional<Date> base) const;
  Date quarterDate(std::optional<Date> base) const;
  std::int64_t year(std::optional<std::int64_t> base) const;
  std::optional<std::int64_t> fraction() const;
  [[noreturn]] void missing(std::string_view name) const;

  std::string_view function_;
  Map map_;  // by the names as we write them
};

}  // namespace plexus::function
