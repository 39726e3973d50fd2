// core/value/temporal_text.h: temporal values as ISO 8601 text, and back.
//
// Printing is canonical: offset zero is Z, a named zone follows in brackets, a duration names only its groups that are
// not zero, each with its own sign. Cypher's notation leaves out what is zero at the end of a time (12:31, 12:31:14,
// 12:31:14.645); toString() keeps the seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/value/temporal.h"

namespace plexus {

enum class Seconds : std::uint8_t { kUnlessZero, kAlways };

std::string toText(Date d);
std::string toText(LocalTime t, Seconds seconds = Seconds::kUnlessZero);
std::string toText(Time t, Seconds seconds = Seconds::kUnlessZero);
std::string toText(LocalDateTime t, Seconds seconds = Seconds::kUnlessZero);
std::string toText(const DateTime& t, Seconds seconds = Seconds::kUnlessZero);
std::string toText(const Duration& d);

// "Z", "+02:00", "-00:30:15".
std::string offsetText(std::int32_t seconds);

// What a text says; parts that it does not have are absent. `offset` and `zone` may both be there.
struct TemporalText {
  std::optional<Date> date;
  std::optional<LocalTime> time;
  std::optional<std::int32_t> offset;
  std::string zone;  // "Europe/Stockholm" or "": not looked up
};

// All of these give nothing for text that is not of the form, or names a day or time that does not exist.

// Basic and extended forms of calendar, week (2015-W30-2), quarter (2015-Q3-02) and ordinal (2015-202) dates, at every
// precision down to the year alone. Years beyond 9999 need a sign.
std::optional<Date> parseDate(std::string_view text);
// 21, 2140, 21:40:32.142, with an offset (Z, +01:00, -0130, +18) and a zone's name in brackets.
std::optional<TemporalText> parseTime(std::string_view text);
// A date, `T` and a time; or a date alone.
std::optional<TemporalText> parseDateTime(std::string_view text);
// "Z", "+01", "+0100", "+01:00", "+01:00:30"; at most 18 hours.
std::optional<std::int32_t> parseOffset(std::string_view text);
// P12Y5M14DT16H12M70.5S, PT-0.5S, P2.5W, P2012-02-02T14:37:21.545: each group with its own sign and fraction.
std::optional<Duration> parseDuration(std::string_view text);

}  // namespace plexus
