// core/value/calendar.h: the proleptic Gregorian calendar on 64-bit integers, for years -999,999,999 to 999,999,999.
//
// Days count from 1970-01-01. The conversions are Howard Hinnant's "days_from_civil" and "civil_from_days"
// (howardhinnant.github.io/date_algorithms.html), whose own library stops at year 32,767. All O(1); nothing throws.
#pragma once

#include <cstdint>

#include "core/value/temporal.h"

namespace plexus::calendar {

inline constexpr std::int64_t kMinYear = -999'999'999;
inline constexpr std::int64_t kMaxYear = 999'999'999;

struct CivilDate {
  std::int64_t year = 1970;
  int month = 1;  // 1-12
  int day = 1;    // 1-31
};

struct WeekDate {
  std::int64_t year = 1970;  // the week-based year
  int week = 1;              // 1-53
  int day = 4;               // 1 = Monday ... 7
};

// Division and remainder that round towards negative infinity. `b` > 0.
constexpr std::int64_t floorDiv(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }
constexpr std::int64_t floorMod(std::int64_t a, std::int64_t b) { return a % b < 0 ? a % b + b : a % b; }

constexpr bool isLeap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr int daysInMonth(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && isLeap(year) ? 29 : kDays[month - 1];
}
constexpr int daysInYear(std::int64_t year) { return isLeap(year) ? 366 : 365; }

constexpr std::int64_t toEpochDay(CivilDate d) {
  const std::int64_t year = d.year - (d.month <= 2 ? 1 : 0);
  const std::int64_t era = floorDiv(year, 400);
  const std::int64_t yearOfEra = year - era * 400;
  const std::int64_t dayOfYear = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;  // from 1 March
  return era * 146'097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719'468;
}

constexpr CivilDate toCivil(std::int64_t epochDay) {
  const std::int64_t day = epochDay + 719'468;
  const std::int64_t era = floorDiv(day, 146'097);
  const std::int64_t dayOfEra = day - era * 146'097;
  const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
  const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const std::int64_t month = (5 * dayOfYear + 2) / 153;
  const auto civilMonth = static_cast<int>(month < 10 ? month + 3 : month - 9);
  return {yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth,
          static_cast<int>(dayOfYear - (153 * month + 2) / 5 + 1)};
}

// 1 = Monday ... 7 = Sunday.
constexpr int dayOfWeek(std::int64_t epochDay) { return static_cast<int>(floorMod(epochDay + 3, 7)) + 1; }
constexpr int dayOfYear(std::int64_t epochDay) {
  return static_cast<int>(epochDay - toEpochDay({toCivil(epochDay).year, 1, 1})) + 1;
}
constexpr int quarterOfMonth(int month) { return (month - 1) / 3 + 1; }

// The Monday of week 1 of an ISO year: the week that has 4 January.
constexpr std::int64_t firstMonday(std::int64_t weekYear) {
  const std::int64_t january4 = toEpochDay({weekYear, 1, 4});
  return january4 - (dayOfWeek(january4) - 1);
}
constexpr int weeksInYear(std::int64_t weekYear) {
  return static_cast<int>((firstMonday(weekYear + 1) - firstMonday(weekYear)) / 7);
}
constexpr std::int64_t toEpochDay(WeekDate d) {
  return firstMonday(d.year) + std::int64_t{7} * (d.week - 1) + d.day - 1;
}
constexpr WeekDate toWeekDate(std::int64_t epochDay) {
  const std::int64_t thursday = epochDay - dayOfWeek(epochDay) + 4;  // is in the week's year
  const std::int64_t year = toCivil(thursday).year;
  return {year, static_cast<int>((epochDay - firstMonday(year)) / 7) + 1, dayOfWeek(epochDay)};
}

inline constexpr std::int64_t kMinEpochDay = toEpochDay(CivilDate{kMinYear, 1, 1});
inline constexpr std::int64_t kMaxEpochDay = toEpochDay(CivilDate{kMaxYear, 12, 31});

// The date `months` later; the day is cut to the month's last (31 January + 1 month = 28 or 29 February).
constexpr CivilDate addMonths(CivilDate d, std::int64_t months) {
  const std::int64_t month = d.year * 12 + (d.month - 1) + months;
  const std::int64_t year = floorDiv(month, 12);
  const int monthOfYear = static_cast<int>(floorMod(month, 12)) + 1;
  const int last = daysInMonth(year, monthOfYear);
  return {year, monthOfYear, d.day < last ? d.day : last};
}

constexpr LocalDateTime combine(Date date, LocalTime time) {
  return {date.epochDay * kSecondsPerDay + time.nanoOfDay / kNanosPerSecond,
          static_cast<std::int32_t>(time.nanoOfDay % kNanosPerSecond)};
}
constexpr Date dateOf(LocalDateTime t) { return {floorDiv(t.epochSecond, kSecondsPerDay)}; }
constexpr LocalTime timeOf(LocalDateTime t) {
  return {floorMod(t.epochSecond, kSecondsPerDay) * kNanosPerSecond + t.nano};
}

}  // namespace plexus::calendar
