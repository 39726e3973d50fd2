#include "core/value/duration.h"

#include <cmath>

#include "core/base/error.h"
#include "core/value/calendar.h"

namespace plexus {
namespace {

constexpr long double kDaysPerMonth = 30.436875L;  // 146,097 days in 4,800 months

[[noreturn]] void throwTooLarge() {
  throwRuntime(ErrorType::kArithmeticError, "IntegerOverflow", "the duration is too large");
}

std::int64_t sum(std::int64_t a, std::int64_t b) {
  std::int64_t result;
  if (__builtin_add_overflow(a, b, &result)) throwTooLarge();
  return result;
}

// The whole part; the rest goes to `fraction`.
std::int64_t whole(long double value, long double& fraction) {
  constexpr long double kLimit = 9223372036854775808.0L;
  if (!(value > -kLimit && value < kLimit)) throwTooLarge();
  const long double truncated = std::trunc(value);
  fraction = value - truncated;
  return static_cast<std::int64_t>(truncated);
}

}  // namespace

Duration makeDuration(std::int64_t months, std::int64_t days, std::int64_t seconds, std::int64_t nanos) {
  Duration d;
  d.months = months;
  d.days = days;
  d.seconds = sum(seconds, calendar::floorDiv(nanos, kNanosPerSecond));
  d.nanos = static_cast<std::int32_t>(calendar::floorMod(nanos, kNanosPerSecond));
  return d;
}

Duration makeDurationFrom(long double months, long double days, long double seconds, long double nanos) {
  long double fraction = 0;
  const std::int64_t wholeMonths = whole(months, fraction);
  const std::int64_t wholeDays = whole(days + fraction * kDaysPerMonth, fraction);
  const std::int64_t wholeSeconds = whole(seconds + fraction * kSecondsPerDay, fraction);
  const long double allNanos = nanos + fraction * kNanosPerSecond;
  // What is a whole number but for rounding errors is meant as one; other fractions of a nanosecond are dropped.
  const long double nearest = std::round(allNanos);
  const std::int64_t wholeNanos = whole(std::fabs(allNanos - nearest) < 1e-3L ? nearest : allNanos, fraction);
  return makeDuration(wholeMonths, wholeDays, wholeSeconds, wholeNanos);
}

Duration addDurations(const Duration& a, const Duration& b) {
  return makeDuration(sum(a.months, b.months), sum(a.days, b.days), sum(a.seconds, b.seconds),
                      std::int64_t{a.nanos} + b.nanos);
}

Duration negateDuration(const Duration& d) {
  if (d.months == INT64_MIN || d.days == INT64_MIN || d.seconds == INT64_MIN) throwTooLarge();
  return makeDuration(-d.months, -d.days, -d.seconds, -std::int64_t{d.nanos});
}

Duration multiplyDuration(const Duration& d, double factor) {
  const long double f = factor;
  return makeDurationFrom(d.months * f, d.days * f, d.seconds * f, d.nanos * f);
}

Duration divideDuration(const Duration& d, double divisor) {
  const long double f = divisor;
  return makeDurationFrom(d.months / f, d.days / f, d.seconds / f, d.nanos / f);
}

}  // namespace plexus
