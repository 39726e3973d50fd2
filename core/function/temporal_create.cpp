#include "core/function/temporal_create.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/function/kernel.h"
#include "core/function/temporal_arithmetic.h"
#include "core/function/temporal_fields.h"
#include "core/function/temporal_parts.h"
#include "core/value/calendar.h"
#include "core/value/temporal_text.h"

namespace plexus::function {
namespace {

bool needsDate(ValueKind type) {
  return type == ValueKind::kDate || type == ValueKind::kLocalDateTime || type == ValueKind::kDateTime;
}
bool needsTime(ValueKind type) { return type != ValueKind::kDate; }
bool takesZone(ValueKind type) { return type == ValueKind::kTime || type == ValueKind::kDateTime; }

[[noreturn]] void throwUnreadable(ValueKind type, std::string_view text) {
  throwArgument("InvalidArgumentValue", fmt::format("'{}' is not a {}", text, name(type)));
}

std::optional<TemporalText> parseAs(ValueKind type, std::string_view text) {
  if (type == ValueKind::kDate) {
    const auto date = parseDate(text);
    return date ? std::optional{TemporalText{date, std::nullopt, std::nullopt, {}}} : std::nullopt;
  }
  auto parsed = needsDate(type) ? parseDateTime(text) : parseTime(text);
  if (parsed && !takesZone(type) && (parsed->offset || !parsed->zone.empty())) return std::nullopt;
  return parsed;
}

Value fromText(const FunctionContext& context, ValueKind type, std::string_view text) {
  const auto parsed = parseAs(type, text);
  if (!parsed) throwUnreadable(type, text);
  Parts parts{parsed->date, parsed->time, std::nullopt, parsed->offset};
  if (!parsed->zone.empty()) {
    parts.zone = zoneNamed(parsed->zone);
  } else if (parsed->offset) {
    parts.zone = Zone{{}, *parsed->offset};
  }
  Value value = assemble(context, type, parts);
  if (type == ValueKind::kDateTime && parsed->offset && value.dateTime().offsetSeconds != *parsed->offset) {
    throwArgument("InvalidArgumentValue", fmt::format("'{}': {} does not have the offset {} then", text, parsed->zone,
                                                      offsetText(*parsed->offset)));
  }
  return value;
}

// The parts of the instant that a map names as `key`, or nothing.
std::optional<Parts> baseOf(const Fields& fields, ValueKind type, std::string_view key) {
  const Value* base = fields.find(key);
  if (!base) return std::nullopt;
  if (!isInstant(*base)) {
    throwArgument("InvalidArgumentValue", fmt::format("{}() wants an instant as `{}`, but was given {}",
                                                      constructorName(type), key, describe(*base)));
  }
  Parts parts = partsOf(*base);
  if ((key != "time" && !parts.date) || (key == "time" && !parts.time)) {
    throwArgument("InvalidArgumentValue", fmt::format("`{}` of {}() must have a {}, but is {}", key,
                                                      constructorName(type), key, describe(*base)));
  }
  return parts;
}

// The same instant as clocks in `zone` show it.
Parts inZone(const Parts& parts, Date date, const Zone& zone) {
  const auto local = calendar::combine(date, *parts.time);
  const DateTime instant = atLocal(local, *parts.zone, parts.offset);
  return partsOf(atInstant(instant.epochSecond, instant.nano, zone));
}

// epochSeconds or epochMillis, with a fraction.
std::optional<Value> fromEpoch(const FunctionContext& context, const Fields& fields) {
  constexpr std::int64_t kLow = calendar::kMinEpochDay * kSecondsPerDay;
  constexpr std::int64_t kHigh = (calendar::kMaxEpochDay + 1) * kSecondsPerDay - 1;
  const Zone zone = fields.zone().value_or(defaultZone(context));
  const auto nanos = fields.integer("nanosecond", 0, 999'999'999).value_or(0);
  if (const auto seconds = fields.integer("epochSeconds", kLow, kHigh)) {
    return atInstant(*seconds, static_cast<std::int32_t>(nanos), zone);
  }
  if (const auto millis = fields.integer("epochMillis", kLow, kHigh)) {
    const auto nano = calendar::floorMod(*millis, 1'000) * 1'000'000 + nanos % 1'000'000;
    return atInstant(calendar::floorDiv(*millis, 1'000), static_cast<std::int32_t>(nano), zone);
  }
  return std::nullopt;
}

// Base values give what the fields leave open. A new zone moves the wall clock of a base that has a zone.
Value fromMap(const FunctionContext& context, ValueKind type, const Map& map) {
  const Fields fields{constructorName(type), map};
  const auto zone = fields.zone();
  if (zone && map.size() == 1) return assemble(context, type, partsAt(context.statement, *zone));
  if (type == ValueKind::kDateTime) {
    if (auto value = fromEpoch(context, fields)) return *value;
  }
  auto whole = baseOf(fields, type, "datetime");
  if (whole && zone && takesZone(type) && whole->zone) whole = inZone(*whole, *whole->date, *zone);
  const auto dateBase = whole ? whole : baseOf(fields, type, "date");
  auto timeBase = whole ? whole : baseOf(fields, type, "time");

  Parts result;
  if (needsDate(type)) result.date = fields.date(dateBase ? dateBase->date : std::nullopt);
  if (timeBase && !whole && zone && takesZone(type) && timeBase->zone) {
    const Date today = partsAt(context.statement, *zone).date.value();
    timeBase = inZone(*timeBase, result.date.value_or(timeBase->date.value_or(today)), *zone);
  }
  if (needsTime(type)) {
    if (!needsDate(type) && !timeBase && !fields.hasTime()) {
      throwArgument("InvalidArgumentValue", fmt::format("{}() needs the field `hour`", constructorName(type)));
    }
    result.time = fields.time(timeBase ? timeBase->time : std::nullopt);
  }
  if (timeBase && takesZone(type)) {
    result.zone = timeBase->zone;
    result.offset = timeBase->offset;
  }
  if (zone && takesZone(type)) {
    if (!timeBase || !timeBase->zone) result.offset = std::nullopt;
    result.zone = zone;
  }
  return assemble(context, type, result);
}

Value fromInstant(const FunctionContext& context, ValueKind type, const Value& from) {
  const Parts parts = partsOf(from);
  if ((needsDate(type) && !parts.date) || (!needsDate(type) && !parts.time)) {
    throwWrongArgument(constructorName(type), needsDate(type) ? "an instant with a date" : "an instant with a time",
                       from);
  }
  return assemble(context, type, parts);
}

// A field of duration(): how much of each group it is.
struct Unit {
  std::string_view name;
  long double months, days, seconds, nanos;
};
constexpr Unit kUnits[] = {{"years", 12, 0, 0, 0},          {"quarters", 3, 0, 0, 0},   {"months", 1, 0, 0, 0},
                           {"weeks", 0, 7, 0, 0},           {"days", 0, 1, 0, 0},       {"hours", 0, 0, 3600, 0},
                           {"minutes", 0, 0, 60, 0},        {"seconds", 0, 0, 1, 0},    {"milliseconds", 0, 0, 0, 1e6L},
                           {"microseconds", 0, 0, 0, 1e3L}, {"nanoseconds", 0, 0, 0, 1}};

const Unit& unitNamed(const std::string& field) {
  const auto* unit =
      std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& u) { return sameField(u.name, field); });
  if (unit != std::end(kUnits)) return *unit;
  std::vector<std::string> names;
  for (const Unit& u : kUnits) names.emplace_back(u.name);
  throw Error{ErrorType::kArgumentError,
              Phase::kRuntime,
              "InvalidArgumentValue",
              fmt::format("duration() has no field `{}`", field),
              {},
              didYouMean(field, names)};
}

Duration durationFromMap(const Map& map) {
  if (map.size() == 0) throwArgument("InvalidArgumentValue", "duration() needs at least one field");
  long double months = 0, days = 0, seconds = 0, nanos = 0;
  for (const auto& [field, value] : map.entries()) {
    const Unit& unit = unitNamed(field);
    if (!value.isNumber() || (value.is(ValueKind::kFloat) && !std::isfinite(value.floating()))) {
      throwArgument("InvalidArgumentValue",
                    fmt::format("duration() wants a number as `{}`, but was given {}", field, describe(value)));
    }
    const long double amount = value.is(ValueKind::kInteger) ? static_cast<long double>(value.integer())
                                                             : static_cast<long double>(value.floating());
    months += amount * unit.months;
    days += amount * unit.days;
    seconds += amount * unit.seconds;
    nanos += amount * unit.nanos;
  }
  return makeDurationFrom(months, days, seconds, nanos);
}

}  // namespace

std::string_view constructorName(ValueKind type) {
  switch (type) {
    case ValueKind::kDate:
      return "date";
    case ValueKind::kLocalTime:
      return "localtime";
    case ValueKind::kTime:
      return "time";
    case ValueKind::kLocalDateTime:
      return "localdatetime";
    default:
      return "datetime";
  }
}

Value createInstant(const FunctionContext& context, ValueKind type, const Value& from) {
  if (from.is(ValueKind::kString)) return fromText(context, type, from.string());
  if (from.is(ValueKind::kMap)) return fromMap(context, type, from.map());
  if (isInstant(from)) return fromInstant(context, type, from);
  throwWrongArgument(constructorName(type), "a STRING, MAP or instant", from);
}

Value currentInstant(const FunctionContext& context, ValueKind type, Instant now, const Value& zone) {
  const Zone in = zone.isNull() ? defaultZone(context) : zoneNamed(stringArgument(constructorName(type), zone));
  return assemble(context, type, partsAt(now, in));
}

Duration createDuration(const Value& from) {
  if (from.is(ValueKind::kDuration)) return from.duration();
  if (from.is(ValueKind::kMap)) return durationFromMap(from.map());
  const auto parsed = parseDuration(stringArgument("duration", from));
  if (!parsed) throwArgument("InvalidArgumentValue", fmt::format("'{}' is not a DURATION", from.string()));
  return *parsed;
}

}  // namespace plexus::function
