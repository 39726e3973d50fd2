#include "core/function/temporal_fields.h"

#include <algorithm>
#include <iterator>

#include "core/value/calendar.h"
#include "core/value/temporal_text.h"

namespace plexus::function {
namespace {

// A component and how to get it from T.
template <typename T>
struct Field {
  std::string_view name;
  Value (*get)(T);
};

template <typename T, std::size_t kSize>
std::optional<Value> find(const Field<T> (&fields)[kSize], std::string_view name, T value) {
  const auto* field =
      std::find_if(std::begin(fields), std::end(fields), [&](const auto& f) { return sameField(f.name, name); });
  return field == std::end(fields) ? std::nullopt : std::optional{field->get(value)};
}

using calendar::toCivil;
using calendar::toWeekDate;

Value dayOfWeek(Date d) { return calendar::dayOfWeek(d.epochDay); }
Value dayOfQuarter(Date d) {
  const auto civil = toCivil(d.epochDay);
  const int first = calendar::quarterOfMonth(civil.month) * 3 - 2;
  return d.epochDay - calendar::toEpochDay(calendar::CivilDate{civil.year, first, 1}) + 1;
}

const Field<Date> kDateFields[] = {
    {"year", [](Date d) -> Value { return toCivil(d.epochDay).year; }},
    {"quarter", [](Date d) -> Value { return calendar::quarterOfMonth(toCivil(d.epochDay).month); }},
    {"month", [](Date d) -> Value { return toCivil(d.epochDay).month; }},
    {"day", [](Date d) -> Value { return toCivil(d.epochDay).day; }},
    {"week", [](Date d) -> Value { return toWeekDate(d.epochDay).week; }},
    {"weekYear", [](Date d) -> Value { return toWeekDate(d.epochDay).year; }},
    {"dayOfWeek", dayOfWeek},
    {"weekDay", dayOfWeek},
    {"ordinalDay", [](Date d) -> Value { return calendar::dayOfYear(d.epochDay); }},
    {"dayOfQuarter", dayOfQuarter}};

const Field<LocalTime> kTimeFields[] = {
    {"hour", [](LocalTime t) -> Value { return t.nanoOfDay / (3600 * kNanosPerSecond); }},
    {"minute", [](LocalTime t) -> Value { return t.nanoOfDay / (60 * kNanosPerSecond) % 60; }},
    {"second", [](LocalTime t) -> Value { return t.nanoOfDay / kNanosPerSecond % 60; }},
    {"millisecond", [](LocalTime t) -> Value { return t.nanoOfDay % kNanosPerSecond / 1'000'000; }},
    {"microsecond", [](LocalTime t) -> Value { return t.nanoOfDay % kNanosPerSecond / 1'000; }},
    {"nanosecond", [](LocalTime t) -> Value { return t.nanoOfDay % kNanosPerSecond; }}};

const Field<std::int32_t> kOffsetFields[] = {{"timezone", [](std::int32_t s) -> Value { return offsetText(s); }},
                                             {"offset", [](std::int32_t s) -> Value { return offsetText(s); }},
                                             {"offsetMinutes", [](std::int32_t s) -> Value { return s / 60; }},
                                             {"offsetSeconds", [](std::int32_t s) -> Value { return s; }}};

using D = const Duration&;
const Field<D> kDurationFields[] = {
    {"years", [](D d) -> Value { return d.months / 12; }},
    {"quarters", [](D d) -> Value { return d.months / 3; }},
    {"months", [](D d) -> Value { return d.months; }},
    {"weeks", [](D d) -> Value { return d.days / 7; }},
    {"days", [](D d) -> Value { return d.days; }},
    {"hours", [](D d) -> Value { return d.seconds / 3600; }},
    {"minutes", [](D d) -> Value { return d.seconds / 60; }},
    {"seconds", [](D d) -> Value { return d.seconds; }},
    {"milliseconds", [](D d) -> Value { return d.seconds * 1'000 + d.nanos / 1'000'000; }},
    {"microseconds", [](D d) -> Value { return d.seconds * 1'000'000 + d.nanos / 1'000; }},
    {"nanoseconds", [](D d) -> Value { return d.seconds * kNanosPerSecond + d.nanos; }},
    {"quartersOfYear", [](D d) -> Value { return d.months / 3 % 4; }},
    {"monthsOfYear", [](D d) -> Value { return d.months % 12; }},
    {"monthsOfQuarter", [](D d) -> Value { return d.months % 3; }},
    {"daysOfWeek", [](D d) -> Value { return d.days % 7; }},
    {"minutesOfHour", [](D d) -> Value { return d.seconds / 60 % 60; }},
    {"secondsOfMinute", [](D d) -> Value { return d.seconds % 60; }},
    {"millisecondsOfSecond", [](D d) -> Value { return std::int64_t{d.nanos} / 1'000'000; }},
    {"microsecondsOfSecond", [](D d) -> Value { return std::int64_t{d.nanos} / 1'000; }},
    {"nanosecondsOfSecond", [](D d) -> Value { return std::int64_t{d.nanos}; }}};

std::optional<Value> ofDateTime(const DateTime& t, std::string_view name) {
  if (sameField(name, "timezone") && !t.zone.empty()) return t.zone;
  if (sameField(name, "epochSeconds")) return t.epochSecond;
  if (sameField(name, "epochMillis")) return t.epochSecond * 1'000 + t.nano / 1'000'000;
  if (auto field = find(kDateFields, name, calendar::dateOf(t.local()))) return field;
  if (auto field = find(kTimeFields, name, calendar::timeOf(t.local()))) return field;
  return find(kOffsetFields, name, t.offsetSeconds);
}

}  // namespace

bool sameField(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::optional<Value> temporalField(const Value& temporal, std::string_view name) {
  switch (temporal.kind()) {
    case ValueKind::kDate:
      return find(kDateFields, name, temporal.date());
    case ValueKind::kLocalTime:
      return find(kTimeFields, name, temporal.localTime());
    case ValueKind::kTime: {
      if (auto field = find(kTimeFields, name, LocalTime{temporal.time().nanoOfDay})) return field;
      return find(kOffsetFields, name, temporal.time().offsetSeconds);
    }
    case ValueKind::kLocalDateTime: {
      if (auto field = find(kDateFields, name, calendar::dateOf(temporal.localDateTime()))) return field;
      return find(kTimeFields, name, calendar::timeOf(temporal.localDateTime()));
    }
    case ValueKind::kDateTime:
      return ofDateTime(temporal.dateTime(), name);
    case ValueKind::kDuration:
      return find<D>(kDurationFields, name, temporal.duration());
    default:
      return std::nullopt;
  }
}

}  // namespace plexus::function
