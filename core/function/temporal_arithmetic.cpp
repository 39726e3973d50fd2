#include "core/function/temporal_arithmetic.h"

#include "core/base/error.h"
#include "core/value/calendar.h"
#include "core/value/time_zone.h"

namespace plexus::function {
namespace {

constexpr std::int64_t kNanosPerDay = kSecondsPerDay * kNanosPerSecond;
__extension__ using Wide = __int128;

[[noreturn]] void throwOutOfRange() {
  throwRuntime(ErrorType::kArithmeticError, "IntegerOverflow",
               "the result is outside of the years -999,999,999 to 999,999,999");
}

// Months and days later. Amounts that surely leave the range are refused before they could overflow.
Date addToDate(Date date, std::int64_t months, Wide days) {
  constexpr std::int64_t kMostMonths = 12 * (calendar::kMaxYear - calendar::kMinYear + 1);
  constexpr std::int64_t kMostDays = calendar::kMaxEpochDay - calendar::kMinEpochDay;
  if (months > kMostMonths || months < -kMostMonths || days > kMostDays || days < -kMostDays) throwOutOfRange();
  const auto civil = calendar::addMonths(calendar::toCivil(date.epochDay), months);
  const std::int64_t day = calendar::toEpochDay(civil) + static_cast<std::int64_t>(days);
  if (day < calendar::kMinEpochDay || day > calendar::kMaxEpochDay) throwOutOfRange();
  return {day};
}

std::int64_t addToTime(std::int64_t nanoOfDay, const Duration& d) {
  return calendar::floorMod(nanoOfDay + (d.seconds % kSecondsPerDay) * kNanosPerSecond + d.nanos, kNanosPerDay);
}

LocalDateTime addSeconds(LocalDateTime t, std::int64_t seconds, std::int32_t nanos) {
  const std::int64_t nano = std::int64_t{t.nano} + nanos;
  const Wide second = Wide{t.epochSecond} + seconds + nano / kNanosPerSecond;
  constexpr Wide kFirst = Wide{calendar::kMinEpochDay} * kSecondsPerDay;
  constexpr Wide kEnd = Wide{calendar::kMaxEpochDay + 1} * kSecondsPerDay;
  if (second < kFirst || second >= kEnd) throwOutOfRange();
  return {static_cast<std::int64_t>(second), static_cast<std::int32_t>(nano % kNanosPerSecond)};
}

LocalDateTime addDate(LocalDateTime t, const Duration& d) {
  return calendar::combine(addToDate(calendar::dateOf(t), d.months, d.days), calendar::timeOf(t));
}

DateTime addToDateTime(const DateTime& t, const Duration& d) {
  DateTime moved = t;
  if (d.months != 0 || d.days != 0) moved = atLocal(addDate(t.local(), d), zoneOf(t), t.offsetSeconds);
  const LocalDateTime instant = addSeconds({moved.epochSecond, moved.nano}, d.seconds, d.nanos);
  return atInstant(instant.epochSecond, instant.nano, zoneOf(t));
}

}  // namespace

void requireRange(std::int64_t epochDay) {
  if (epochDay >= calendar::kMinEpochDay && epochDay <= calendar::kMaxEpochDay) return;
  throwRuntime(ErrorType::kArgumentError, "NumberOutOfRange",
               "the date is outside of the years -999,999,999 to 999,999,999");
}

Value addDuration(const Value& instant, const Duration& d) {
  switch (instant.kind()) {
    case ValueKind::kDate: {
      // Towards zero: half a day more or less does not change the date.
      const std::int64_t second = d.seconds < 0 && d.nanos > 0 ? d.seconds + 1 : d.seconds;
      return addToDate(instant.date(), d.months, Wide{d.days} + second / kSecondsPerDay);
    }
    case ValueKind::kLocalTime:
      return LocalTime{addToTime(instant.localTime().nanoOfDay, d)};
    case ValueKind::kTime:
      return Time{addToTime(instant.time().nanoOfDay, d), instant.time().offsetSeconds};
    case ValueKind::kLocalDateTime:
      return addSeconds(addDate(instant.localDateTime(), d), d.seconds, d.nanos);
    default:
      return addToDateTime(instant.dateTime(), d);
  }
}

}  // namespace plexus::function
