// core/value/temporal.h: Cypher's six temporal types as plain values, without calendars: those are in calendar.h,
// text forms in temporal_text.h, zone data in time_zone.h.
//
// Years run from -999,999,999 to 999,999,999; the time line is POSIX seconds (no leap seconds), proleptic Gregorian.
#pragma once

#include <cstdint>
#include <string>

namespace plexus {

inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
inline constexpr std::int64_t kSecondsPerDay = 86'400;

struct Date {
  std::int64_t epochDay = 0;  // days since 1970-01-01
  friend auto operator<=>(Date, Date) = default;
};

struct LocalTime {
  std::int64_t nanoOfDay = 0;  // [0, 86,400 * 10^9)
  friend auto operator<=>(LocalTime, LocalTime) = default;
};

struct Time {
  std::int64_t nanoOfDay = 0;      // as the clock on the wall shows
  std::int32_t offsetSeconds = 0;  // east of UTC, [-64,800, 64,800]
  friend bool operator==(Time, Time) = default;
};

struct LocalDateTime {
  std::int64_t epochSecond = 0;  // of the wall clock read as UTC
  std::int32_t nano = 0;         // [0, 10^9)
  friend auto operator<=>(LocalDateTime, LocalDateTime) = default;
};

// A zone: fixed offset (`name` empty) or a tz database name with the offset that holds at the instant.
struct DateTime {
  std::int64_t epochSecond = 0;  // UTC
  std::int32_t nano = 0;
  std::int32_t offsetSeconds = 0;
  std::string zone;  // "Europe/Stockholm" or ""
  LocalDateTime local() const { return {epochSecond + offsetSeconds, nano}; }
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

// The four groups are kept apart: a month has no fixed number of days, a day no fixed number of seconds.
// `nanos` has any sign within (-10^9, 10^9) as long as seconds * 10^9 + nanos is the value; normalised: nanos >= 0.
struct Duration {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;  // [0, 10^9)
  friend bool operator==(const Duration&, const Duration&) = default;
};

}  // namespace plexus
