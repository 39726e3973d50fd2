#include "core/function/temporal_between.h"

#include "core/function/temporal_parts.h"
#include "core/value/calendar.h"
#include "core/value/duration.h"

namespace plexus::function {
namespace {

using calendar::CivilDate;

struct Span {
  Zone zone;  // of `from`
  DateTime from;
  DateTime to;
  bool haveDates = false;
};

Span align(const Value& fromValue, const Value& toValue) {
  Parts from = partsOf(fromValue);
  Parts to = partsOf(toValue);
  Span span;
  span.haveDates = from.date && to.date;
  const auto share = [](auto& a, auto& b, auto otherwise) {
    if (!a && !b) a = otherwise;
    if (!a) a = b;
    if (!b) b = a;
  };
  share(from.date, to.date, Date{});
  share(from.zone, to.zone, Zone{});
  if (!from.time) from.time = LocalTime{};
  if (!to.time) to.time = LocalTime{};
  span.zone = *from.zone;
  span.from = atLocal(calendar::combine(*from.date, *from.time), *from.zone, from.offset);
  span.to = atLocal(calendar::combine(*to.date, *to.time), *to.zone, to.offset);
  return span;
}

// The last date so that `from` with this date has not passed `to`.
Date reachableDate(LocalDateTime from, LocalDateTime to) {
  const Date date = calendar::dateOf(to);
  if (date > calendar::dateOf(from) && calendar::timeOf(to) < calendar::timeOf(from)) return {date.epochDay - 1};
  if (date < calendar::dateOf(from) && calendar::timeOf(to) > calendar::timeOf(from)) return {date.epochDay + 1};
  return date;
}

std::int64_t wholeMonths(LocalDateTime from, LocalDateTime to) {
  const auto packed = [](Date d) {
    const CivilDate civil = calendar::toCivil(d.epochDay);
    return (civil.year * 12 + civil.month - 1) * 32 + civil.day;
  };
  return (packed(reachableDate(from, to)) - packed(calendar::dateOf(from))) / 32;
}

std::int64_t wholeDays(LocalDateTime from, LocalDateTime to) {
  return reachableDate(from, to).epochDay - calendar::dateOf(from).epochDay;
}

LocalDateTime plusMonths(LocalDateTime t, std::int64_t months) {
  const CivilDate civil = calendar::addMonths(calendar::toCivil(calendar::dateOf(t).epochDay), months);
  return calendar::combine({calendar::toEpochDay(civil)}, calendar::timeOf(t));
}

Duration timeBetween(const DateTime& from, const DateTime& to) {
  return makeDuration(0, 0, to.epochSecond - from.epochSecond, std::int64_t{to.nano} - from.nano);
}

}  // namespace

Duration between(const Value& fromValue, const Value& toValue, Between groups) {
  const Span span = align(fromValue, toValue);
  if (groups == Between::kSeconds) return timeBetween(span.from, span.to);
  if (!span.haveDates) return groups == Between::kAll ? timeBetween(span.from, span.to) : Duration{};
  LocalDateTime local = span.from.local();
  const LocalDateTime end = atInstant(span.to.epochSecond, span.to.nano, span.zone).local();
  Duration result;
  if (groups != Between::kDays) {
    result.months = wholeMonths(local, end);
    local = plusMonths(local, result.months);
  }
  if (groups != Between::kMonths) {
    result.days = wholeDays(local, end);
    local.epochSecond += result.days * kSecondsPerDay;
  }
  if (groups != Between::kAll) return result;
  const bool moved = result.months != 0 || result.days != 0;
  const DateTime reached = moved ? atLocal(local, span.zone, span.from.offsetSeconds) : span.from;
  return addDurations(result, timeBetween(reached, span.to));
}

}  // namespace plexus::function
