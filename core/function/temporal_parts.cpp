#include "core/function/temporal_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/function/kernel.h"
#include "core/function/temporal_arithmetic.h"
#include "core/function/temporal_fields.h"
#include "core/value/calendar.h"

namespace plexus::function {
namespace {

using calendar::CivilDate;

constexpr std::string_view kFieldNames[] = {
    "date",   "time",   "datetime",    "timezone",    "year",       "quarter",      "month",
    "week",   "day",    "dayOfWeek",   "weekDay",     "hour",       "ordinalDay",   "dayOfQuarter",
    "minute", "second", "millisecond", "microsecond", "nanosecond", "epochSeconds", "epochMillis"};

std::int64_t field(Date d, std::string_view name) { return temporalField(Value{d}, name)->integer(); }

}  // namespace

Zone defaultZone(const FunctionContext& context) { return zoneNamed(context.timeZone); }

bool isInstant(const Value& v) { return v.isTemporal() && !v.is(ValueKind::kDuration); }

Parts partsOf(const Value& instant) {
  Parts parts;
  switch (instant.kind()) {
    case ValueKind::kDate:
      parts.date = instant.date();
      break;
    case ValueKind::kLocalTime:
      parts.time = instant.localTime();
      break;
    case ValueKind::kTime:
      parts.time = LocalTime{instant.time().nanoOfDay};
      parts.zone = zoneOf(instant.time());
      parts.offset = instant.time().offsetSeconds;
      break;
    case ValueKind::kLocalDateTime:
      parts.date = calendar::dateOf(instant.localDateTime());
      parts.time = calendar::timeOf(instant.localDateTime());
      break;
    default: {
      const DateTime& t = instant.dateTime();
      parts = {calendar::dateOf(t.local()), calendar::timeOf(t.local()), zoneOf(t), t.offsetSeconds};
      break;
    }
  }
  return parts;
}

Parts partsAt(Instant instant, const Zone& zone) { return partsOf(atInstant(instant.epochSecond, instant.nano, zone)); }

Value assemble(const FunctionContext& context, ValueKind type, const Parts& parts) {
  const auto zone = [&] { return parts.zone ? *parts.zone : defaultZone(context); };
  const LocalTime time = parts.time.value_or(LocalTime{});
  switch (type) {
    case ValueKind::kDate:
      return *parts.date;
    case ValueKind::kLocalTime:
      return time;
    case ValueKind::kTime: {
      const bool keepsOffset = parts.offset && parts.zone;
      return Time{time.nanoOfDay, keepsOffset ? *parts.offset : offsetAt(zone(), context.statement.epochSecond)};
    }
    case ValueKind::kLocalDateTime:
      return calendar::combine(*parts.date, time);
    default:
      return atLocal(calendar::combine(*parts.date, time), zone(), parts.offset);
  }
}

Fields::Fields(std::string_view function, const Map& map) : function_{function} {
  std::vector<MapEntry> entries;
  for (const MapEntry& entry : map.entries()) {
    const auto& name = entry.first;
    const auto* known = std::find_if(std::begin(kFieldNames), std::end(kFieldNames),
                                     [&](std::string_view field) { return sameField(field, name); });
    if (known != std::end(kFieldNames)) {
      entries.emplace_back(*known, entry.second);
      continue;
    }
    const std::vector<std::string> names{std::begin(kFieldNames), std::end(kFieldNames)};
    throw Error{ErrorType::kArgumentError,
                Phase::kRuntime,
                "InvalidArgumentValue",
                fmt::format("{}() has no field `{}`", function, name),
                {},
                didYouMean(name, names)};
  }
  map_ = Map{std::move(entries)};
}

bool Fields::hasAny(std::initializer_list<std::string_view> names) const {
  return std::any_of(names.begin(), names.end(), [this](std::string_view name) { return has(name); });
}

std::optional<std::int64_t> Fields::integer(std::string_view name, std::int64_t low, std::int64_t high) const {
  const Value* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is(ValueKind::kInteger)) {
    throwArgument("InvalidArgumentValue",
                  fmt::format("{}() wants an INTEGER as `{}`, but was given {}", function_, name, describe(*value)));
  }
  if (value->integer() < low || value->integer() > high) {
    throwArgument("NumberOutOfRange", fmt::format("`{}` of {}() must lie between {} and {}, but is {}", name, function_,
                                                  low, high, value->integer()));
  }
  return value->integer();
}

std::optional<Zone> Fields::zone() const {
  const Value* value = find("timezone");
  if (!value) return std::nullopt;
  if (!value->is(ValueKind::kString)) {
    throwArgument("InvalidArgumentValue",
                  fmt::format("{}() wants a STRING as `timezone`, but was given {}", function_, describe(*value)));
  }
  return zoneNamed(value->string());
}

void Fields::missing(std::string_view name) const {
  throwArgument("InvalidArgumentValue", fmt::format("{}() needs the field `{}`", function_, name));
}

std::int64_t Fields::year(std::optional<std::int64_t> base) const {
  if (const auto year = integer("year", calendar::kMinYear, calendar::kMaxYear)) return *year;
  if (!base) missing("year");
  return *base;
}

bool Fields::hasDate() const {
  return hasAny({"year", "quarter", "month", "week", "day", "dayOfWeek", "weekDay", "ordinalDay", "dayOfQuarter"});
}
bool Fields::hasTime() const {
  return hasAny({"hour", "minute", "second", "millisecond", "microsecond", "nanosecond"});
}

Date Fields::weekDate(std::optional<Date> base) const {
  const calendar::WeekDate old = base ? calendar::toWeekDate(base->epochDay) : calendar::WeekDate{0, 1, 1};
  const std::int64_t weekYear = year(base ? std::optional{old.year} : std::nullopt);
  if (!base && !has("week")) missing("week");
  const auto week = integer("week", 1, calendar::weeksInYear(weekYear)).value_or(old.week);
  const auto day = integer(has("weekDay") ? "weekDay" : "dayOfWeek", 1, 7).value_or(old.day);
  return {calendar::toEpochDay(calendar::WeekDate{weekYear, static_cast<int>(week), static_cast<int>(day)})};
}

Date Fields::quarterDate(std::optional<Date> base) const {
  const std::int64_t inYear = year(base ? std::optional{field(*base, "year")} : std::nullopt);
  if (!base && !has("quarter")) missing("quarter");
  const auto quarter = integer("quarter", 1, 4).value_or(base ? field(*base, "quarter") : 1);
  const int month = static_cast<int>(quarter) * 3 - 2;
  const int days = calendar::daysInMonth(inYear, month) + calendar::daysInMonth(inYear, month + 1) +
                   calendar::daysInMonth(inYear, month + 2);
  const auto old = base ? std::min<std::int64_t>(field(*base, "dayOfQuarter"), days) : 1;
  return {calendar::toEpochDay(CivilDate{inYear, month, 1}) + integer("dayOfQuarter", 1, days).value_or(old) - 1};
}

Date Fields::date(std::optional<Date> base) const {
  if (hasAny({"week", "dayOfWeek", "weekDay"})) return weekDate(base);
  if (hasAny({"quarter", "dayOfQuarter"})) return quarterDate(base);
  const CivilDate old = base ? calendar::toCivil(base->epochDay) : CivilDate{0, 1, 1};
  const std::int64_t inYear = year(base ? std::optional{old.year} : std::nullopt);
  if (const auto day = integer("ordinalDay", 1, calendar::daysInYear(inYear))) {
    return {calendar::toEpochDay(CivilDate{inYear, 1, 1}) + *day - 1};
  }
  if (!base && has("day") && !has("month")) missing("month");
  const int month = static_cast<int>(integer("month", 1, 12).value_or(old.month));
  const int days = calendar::daysInMonth(inYear, month);
  const auto day = integer("day", 1, days).value_or(std::min(old.day, days));
  return {calendar::toEpochDay(CivilDate{inYear, month, static_cast<int>(day)})};
}

// Milliseconds, microseconds and nanoseconds together; each counts within the next larger one that is given.
std::optional<std::int64_t> Fields::fraction() const {
  const auto millis = integer("millisecond", 0, 999);
  const auto micros = integer("microsecond", 0, millis ? 999 : 999'999);
  const auto nanos = integer("nanosecond", 0, micros ? 999 : millis ? 999'999 : 999'999'999);
  if (!millis && !micros && !nanos) return std::nullopt;
  return millis.value_or(0) * 1'000'000 + micros.value_or(0) * 1'000 + nanos.value_or(0);
}

LocalTime Fields::time(std::optional<LocalTime> base, bool addFraction) const {
  if (!base) {
    if (hasTime() && !has("hour")) missing("hour");
    if (hasAny({"second", "millisecond", "microsecond", "nanosecond"}) && !has("minute")) missing("minute");
    if (hasAny({"millisecond", "microsecond", "nanosecond"}) && !has("second")) missing("second");
  }
  const std::int64_t old = base ? base->nanoOfDay : 0;
  const std::int64_t oldSecond = old / kNanosPerSecond;
  const auto hour = integer("hour", 0, 23).value_or(oldSecond / 3600);
  const auto minute = integer("minute", 0, 59).value_or(oldSecond / 60 % 60);
  const auto second = integer("second", 0, 59).value_or(oldSecond % 60);
  std::int64_t nanos = old % kNanosPerSecond;
  if (const auto given = fraction()) nanos = addFraction ? nanos + *given : *given;
  if (nanos >= kNanosPerSecond) {
    throwArgument("NumberOutOfRange", fmt::format("the fraction of a second of {}() passes one second", function_));
  }
  return {((hour * 60 + minute) * 60 + second) * kNanosPerSecond + nanos};
}

}  // namespace plexus::function
