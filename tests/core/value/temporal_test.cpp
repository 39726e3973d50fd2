#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/value/calendar.h"
#include "core/value/duration.h"
#include "core/value/temporal_text.h"
#include "core/value/time_zone.h"

namespace plexus {
namespace {

using calendar::CivilDate;

TEST(Calendar, RoundTripsOverAllYears) {
  for (const std::int64_t year : {-999'999'999L, -401L, -400L, -1L, 0L, 1L, 1899L, 1900L, 2000L, 2024L, 999'999'999L}) {
    for (int month = 1; month <= 12; ++month) {
      const int last = calendar::daysInMonth(year, month);
      const auto day = calendar::toEpochDay(CivilDate{year, month, last});
      const auto back = calendar::toCivil(day);
      EXPECT_EQ(back.year, year);
      EXPECT_EQ(back.month, month);
      EXPECT_EQ(back.day, last);
      EXPECT_EQ(calendar::toCivil(day + 1).day, 1);
    }
  }
  EXPECT_EQ(calendar::toEpochDay(CivilDate{1970, 1, 1}), 0);
  EXPECT_EQ(calendar::dayOfWeek(0), 4);  // a Thursday
}

TEST(Calendar, WeeksBelongToTheYearOfTheirThursday) {
  EXPECT_EQ(calendar::toWeekDate(calendar::toEpochDay(CivilDate{1984, 1, 1})).year, 1983);
  EXPECT_EQ(calendar::toWeekDate(calendar::toEpochDay(CivilDate{1984, 1, 1})).week, 52);
  EXPECT_EQ(calendar::weeksInYear(1818), 53);
  EXPECT_EQ(calendar::weeksInYear(1819), 52);
}

std::string date(std::string_view text) {
  const auto d = parseDate(text);
  return d ? toText(*d) : "-";
}

TEST(TemporalText, DatesInAllForms) {
  for (const char* text : {"2015-07-21", "20150721", "2015-7-21", "2015-W30-2", "2015W302", "2015-202", "2015202",
                           "2015-Q3-21", "2015Q321", "+2015-07-21"}) {
    EXPECT_EQ(date(text), "2015-07-21") << text;
  }
  EXPECT_EQ(date("2015-07"), "2015-07-01");
  EXPECT_EQ(date("201507"), "2015-07-01");
  EXPECT_EQ(date("2015-W30"), "2015-07-20");
  EXPECT_EQ(date("2015"), "2015-01-01");
  EXPECT_EQ(date("-999999999-01-01"), "-999999999-01-01");
  EXPECT_EQ(date("+999999999-12-31"), "+999999999-12-31");
  EXPECT_EQ(date("-0001-02-03"), "-0001-02-03");
}

TEST(TemporalText, RefusesWhatIsNoDate) {
  for (const char* text : {"", "abc", "2015-13-01", "2015-02-29", "2015-7-", "2015-W54", "2015-366", "2015-07-21T",
                           "15", "+1000000000-01-01", "2015-07-2x", "2015-Q5", "20150732"}) {
    EXPECT_EQ(date(text), "-") << text;
  }
}

TEST(TemporalText, TimesWithOffsetsAndZones) {
  EXPECT_EQ(toText(*parseTime("214032.142")->time), "21:40:32.142");
  EXPECT_EQ(toText(*parseTime("21")->time), "21:00");
  EXPECT_EQ(parseTime("2140-0130")->offset, -5400);
  EXPECT_EQ(parseTime("22+18:00")->offset, 64'800);
  EXPECT_EQ(parseTime("12:00+01:00[Europe/Stockholm]")->zone, "Europe/Stockholm");
  for (const char* text : {"24:00", "12:60", "1", "12:3", "12:00+19:00", "12:00.5", "12:00[", "12:00:00.", "12:00x"}) {
    EXPECT_FALSE(parseTime(text).has_value()) << text;
  }
  EXPECT_EQ(toText(LocalTime{0}), "00:00");
  EXPECT_EQ(toText(LocalTime{1}), "00:00:00.000000001");
  EXPECT_EQ(toText(Time{0, -3599}), "00:00-00:59:59");
}

std::string duration(std::string_view text) {
  const auto d = parseDuration(text);
  return d ? toText(*d) : "-";
}

TEST(TemporalText, Durations) {
  EXPECT_EQ(duration("P12Y5M14DT16H12M70S"), "P12Y5M14DT16H13M10S");
  EXPECT_EQ(duration("P0.75M"), "P22DT19H51M49.5S");
  EXPECT_EQ(duration("PT-0.001S"), "PT-0.001S");
  EXPECT_EQ(duration("-P1DT1H"), "P-1DT-1H");
  EXPECT_EQ(duration("P2.5W"), "P17DT12H");
  EXPECT_EQ(duration("P2012-02-02T14:37:21.545"), "P2012Y2M2DT14H37M21.545S");
  EXPECT_EQ(duration("PT0S"), "PT0S");
  for (const char* text : {"", "P", "PT", "P1", "P1H", "1D", "P1D1D", "P1M1Y", "PT1S1H", "P1DT"}) {
    EXPECT_EQ(duration(text), "-") << text;
  }
}

TEST(Duration, FractionsFlowDown) {
  EXPECT_EQ(toText(makeDurationFrom(12.5L * 12, 0, 0, 0)), "P12Y6M");
  EXPECT_EQ(toText(makeDurationFrom(0, 1.5L, 0, 0)), "P1DT12H");
  EXPECT_EQ(toText(makeDuration(0, 0, 60, -1'000'000)), "PT59.999S");
  EXPECT_EQ(toText(makeDuration(0, 1, 0, -1'000'000)), "P1DT-0.001S");
  EXPECT_EQ(toText(divideDuration(makeDuration(149, 14, 58'390, 1), 2)), "P6Y2M22DT13H21M8S");
  EXPECT_THROW(addDurations(makeDuration(INT64_MAX, 0, 0, 0), makeDuration(1, 0, 0, 0)), Error);
  EXPECT_THROW(multiplyDuration(makeDuration(INT64_MAX, 0, 0, 0), 2), Error);
}

LocalDateTime local(std::string_view text) {
  const auto parsed = parseDateTime(text);
  return calendar::combine(*parsed->date, parsed->time.value_or(LocalTime{}));
}

TEST(TimeZone, GapsAndOverlaps) {
  const Zone stockholm = zoneNamed("Europe/Stockholm");
  EXPECT_EQ(toText(atLocal(local("2017-07-01T12:00"), stockholm)), "2017-07-01T12:00+02:00[Europe/Stockholm]");
  // The clock goes from 2:00 to 3:00, and in autumn from 3:00 to 2:00.
  EXPECT_EQ(toText(atLocal(local("2017-03-26T02:30"), stockholm)), "2017-03-26T03:30+02:00[Europe/Stockholm]");
  EXPECT_EQ(toText(atLocal(local("2017-10-29T02:30"), stockholm)), "2017-10-29T02:30+02:00[Europe/Stockholm]");
  EXPECT_EQ(toText(atLocal(local("2017-10-29T02:30"), stockholm, 3600)), "2017-10-29T02:30+01:00[Europe/Stockholm]");
}

TEST(TimeZone, FarYearsFollowTheSameCalendar) {
  const Zone london = zoneNamed("Europe/London");
  EXPECT_EQ(offsetAt(london, local("+999999999-07-01T00:00").epochSecond), 3600);
  EXPECT_EQ(offsetAt(london, local("+999999999-01-01T00:00").epochSecond), 0);
  EXPECT_EQ(offsetAt(london, local("-999999999-07-01T00:00").epochSecond), -75);
}

TEST(TimeZone, UnknownNamesAreErrors) {
  EXPECT_FALSE(parseZone("Europe/Stokholm").has_value());
  try {
    zoneNamed("Europe/Stokholm");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.hint(), "did you mean `Europe/Stockholm`?");
  }
  EXPECT_EQ(parseZone("+01:00")->offset, 3600);
  EXPECT_EQ(parseZone("Z")->offset, 0);
}

}  // namespace
}  // namespace plexus
