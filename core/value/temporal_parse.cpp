#include <algorithm>
#include <span>

#include "core/value/calendar.h"
#include "core/value/duration.h"
#include "core/value/temporal_text.h"
#include "core/value/time_zone.h"

namespace plexus {
namespace {

using calendar::CivilDate;

// Reads a text from the left. Every reader leaves its place where it was if it fails.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_{text} {}

  bool atEnd() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  std::string_view rest() const { return rest_; }
  bool accept(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // How many digits come next.
  std::size_t digits() const {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), [](char c) { return c >= '0' && c <= '9'; });
    return static_cast<std::size_t>(end - rest_.begin());
  }
  // The next `count` digits as a number; -1 if there are fewer.
  std::int64_t number(std::size_t count) {
    if (count == 0 || count > 18 || digits() < count) return -1;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value * 10 + (rest_[i] - '0');
    rest_.remove_prefix(count);
    return value;
  }
  // Digits after a decimal point or comma, as nanoseconds; further ones are dropped. 0 if there is no point, -1 if
  // nothing follows it.
  std::int64_t fraction() {
    if (!accept('.') && !accept(',')) return 0;
    const std::size_t count = digits();
    if (count == 0) return -1;
    std::int64_t nanos = 0;
    for (std::size_t i = 0; i < 9; ++i) nanos = nanos * 10 + (i < count ? rest_[i] - '0' : 0);
    rest_.remove_prefix(count);
    return nanos;
  }

 private:
  std::string_view rest_;
};

std::optional<Date> dateFrom(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (month < 1 || month > 12 || day < 1) return std::nullopt;
  const int m = static_cast<int>(month);
  if (day > calendar::daysInMonth(year, m)) return std::nullopt;
  return Date{calendar::toEpochDay(CivilDate{year, m, static_cast<int>(day)})};
}
std::optional<Date> dateFromOrdinal(std::int64_t year, std::int64_t day) {
  if (day < 1 || day > calendar::daysInYear(year)) return std::nullopt;
  return Date{calendar::toEpochDay(CivilDate{year, 1, 1}) + day - 1};
}
std::optional<Date> dateFromWeek(std::int64_t year, std::int64_t week, std::int64_t day) {
  if (week < 1 || week > calendar::weeksInYear(year) || day < 1 || day > 7) return std::nullopt;
  return Date{calendar::toEpochDay(calendar::WeekDate{year, static_cast<int>(week), static_cast<int>(day)})};
}
std::optional<Date> dateFromQuarter(std::int64_t year, std::int64_t quarter, std::int64_t day) {
  if (quarter < 1 || quarter > 4) return std::nullopt;
  const int month = static_cast<int>(quarter) * 3 - 2;
  const int days = calendar::daysInMonth(year, month) + calendar::daysInMonth(year, month + 1) +
                   calendar::daysInMonth(year, month + 2);
  if (day < 1 || day > days) return std::nullopt;
  return Date{calendar::toEpochDay(CivilDate{year, month, 1}) + day - 1};
}

// What follows a year and, in the extended form, a hyphen.
std::optional<Date> dateInYear(Reader& in, std::int64_t year, bool extended) {
  if (in.accept('W')) {
    const std::int64_t week = in.number(2);
    if (in.atEnd()) return dateFromWeek(year, week, 1);
    if (extended && !in.accept('-')) return std::nullopt;
    return dateFromWeek(year, week, in.number(1));
  }
  if (in.accept('Q')) {
    const std::int64_t quarter = in.number(1);
    if (in.atEnd()) return dateFromQuarter(year, quarter, 1);
    if (extended && !in.accept('-')) return std::nullopt;
    return dateFromQuarter(year, quarter, in.number(std::clamp<std::size_t>(in.digits(), 1, 2)));
  }
  const std::size_t digits = in.digits();
  if (digits == 3) return dateFromOrdinal(year, in.number(3));
  if (extended) {
    if (digits < 1 || digits > 2) return std::nullopt;
    const std::int64_t month = in.number(digits);
    if (in.atEnd()) return dateFrom(year, month, 1);
    if (!in.accept('-')) return std::nullopt;
    return dateFrom(year, month, in.number(std::clamp<std::size_t>(in.digits(), 1, 2)));
  }
  if (digits != 2 && digits != 4) return std::nullopt;
  const std::int64_t month = in.number(2);
  return dateFrom(year, month, digits == 4 ? in.number(2) : 1);
}

std::optional<LocalTime> readTime(Reader& in) {
  const std::int64_t hour = in.number(2);
  std::int64_t minute = 0, second = 0, nano = 0;
  const bool extended = in.peek() == ':';
  const auto more = [&] { return extended ? in.accept(':') : in.digits() >= 2; };
  if (more()) {
    minute = in.number(2);
    if (more()) {
      second = in.number(2);
      nano = in.fraction();
    }
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nano < 0) return std::nullopt;
  return LocalTime{((hour * 60 + minute) * 60 + second) * kNanosPerSecond + nano};
}

std::optional<std::int32_t> readOffset(Reader& in) {
  if (in.accept('Z')) return 0;
  const bool negative = in.peek() == '-';
  if (!in.accept('+') && !in.accept('-')) return std::nullopt;
  const std::int64_t hours = in.number(2);
  std::int64_t minutes = 0, secs = 0;
  const bool extended = in.peek() == ':';
  const auto more = [&] { return extended ? in.accept(':') : in.digits() >= 2; };
  if (more()) {
    minutes = in.number(2);
    if (more()) secs = in.number(2);
  }
  if (hours < 0 || minutes < 0 || minutes > 59 || secs < 0 || secs > 59) return std::nullopt;
  const std::int64_t offset = (hours * 60 + minutes) * 60 + secs;
  if (offset > kMaxOffsetSeconds) return std::nullopt;
  return static_cast<std::int32_t>(negative ? -offset : offset);
}

// The rest of a text: a time, an offset, a zone.
std::optional<TemporalText> readZonedTime(Reader& in) {
  TemporalText text;
  text.time = readTime(in);
  if (!text.time) return std::nullopt;
  if (!in.atEnd() && in.peek() != '[') {
    text.offset = readOffset(in);
    if (!text.offset) return std::nullopt;
  }
  if (in.accept('[')) {
    const std::string_view rest = in.rest();
    if (rest.size() < 2 || rest.find(']') != rest.size() - 1) return std::nullopt;
    text.zone = rest.substr(0, rest.size() - 1);
    return text;
  }
  return in.atEnd() ? std::optional{text} : std::nullopt;
}

// A group's number with sign and fraction, kept apart so that whole numbers stay exact.
struct Amount {
  long double value = 0;
  bool present = false;
};
Amount readAmount(Reader& in) {
  const bool negative = in.peek() == '-';
  if (negative) in.accept('-');
  if (!negative) in.accept('+');
  const std::size_t digits = in.digits();
  if (digits == 0 || digits > 18) return {};
  const std::int64_t number = in.number(digits);
  const std::int64_t nanos = in.fraction();
  if (nanos < 0) return {};
  const long double value = static_cast<long double>(number) + static_cast<long double>(nanos) / kNanosPerSecond;
  return {negative ? -value : value, true};
}

struct Unit {
  char letter;
  long double months, days, seconds;
};
constexpr Unit kDateUnits[] = {{'Y', 12, 0, 0}, {'M', 1, 0, 0}, {'W', 0, 7, 0}, {'D', 0, 1, 0}};
constexpr Unit kTimeUnits[] = {{'H', 0, 0, 3600}, {'M', 0, 0, 60}, {'S', 0, 0, 1}};

struct Groups {
  long double months = 0, days = 0, seconds = 0;
};

// Groups in the order of `units`, each at most once; at least one. Stops at `T` or the end.
bool readGroups(Reader& in, std::span<const Unit> units, Groups& groups) {
  std::size_t next = 0;
  bool any = false;
  while (!in.atEnd() && in.peek() != 'T') {
    const Amount amount = readAmount(in);
    if (!amount.present) return false;
    while (next < units.size() && in.peek() != units[next].letter) ++next;
    if (next == units.size() || !in.accept(units[next].letter)) return false;
    groups.months += amount.value * units[next].months;
    groups.days += amount.value * units[next].days;
    groups.seconds += amount.value * units[next].seconds;
    ++next;
    any = true;
  }
  return any;
}

// P2012-02-02T14:37:21.545 and P20120202T143721.545: an amount for each place of a date and time.
std::optional<Duration> readDateLikeDuration(std::string_view text) {
  const std::size_t t = text.find('T');
  const std::string_view date = text.substr(0, t);
  Reader in{date};
  const std::int64_t years = in.number(4);
  const bool extended = in.accept('-');
  const std::int64_t months = in.number(2);
  if (extended && !in.accept('-')) return std::nullopt;
  const std::int64_t days = in.number(2);
  if (years < 0 || months < 0 || months > 12 || days < 0 || days > 31 || !in.atEnd()) return std::nullopt;
  std::int64_t nanos = 0;
  if (t != std::string_view::npos) {
    Reader timeIn{text.substr(t + 1)};
    const auto time = readTime(timeIn);
    if (!time || !timeIn.atEnd()) return std::nullopt;
    nanos = time->nanoOfDay;
  }
  return makeDuration(years * 12 + months, days, 0, nanos);
}

}  // namespace

std::optional<Date> parseDate(std::string_view text) {
  Reader in{text};
  const bool negative = in.peek() == '-';
  const bool hasSign = in.accept('+') || in.accept('-');
  const std::size_t digits = hasSign ? in.digits() : 4;
  if (digits == 0 || digits > 9) return std::nullopt;
  std::int64_t year = in.number(digits);
  if (year < 0) return std::nullopt;
  if (negative) year = -year;
  if (in.atEnd()) return dateFrom(year, 1, 1);
  const bool extended = in.accept('-');
  const auto date = dateInYear(in, year, extended);
  return in.atEnd() ? date : std::nullopt;
}

std::optional<TemporalText> parseTime(std::string_view text) {
  Reader in{text};
  return readZonedTime(in);
}

std::optional<TemporalText> parseDateTime(std::string_view text) {
  const std::size_t t = text.find('T');
  const auto date = parseDate(text.substr(0, t));
  if (!date) return std::nullopt;
  if (t == std::string_view::npos) return TemporalText{date, std::nullopt, std::nullopt, {}};
  auto parsed = parseTime(text.substr(t + 1));
  if (parsed) parsed->date = date;
  return parsed;
}

std::optional<std::int32_t> parseOffset(std::string_view text) {
  Reader in{text};
  const auto offset = readOffset(in);
  return in.atEnd() ? offset : std::nullopt;
}

std::optional<Duration> parseDuration(std::string_view text) {
  Reader in{text};
  const bool negative = in.peek() == '-';
  if (negative) in.accept('-');
  if (!in.accept('P') || in.atEnd()) return std::nullopt;
  std::optional<Duration> duration;
  if (in.digits() == 8 || (in.digits() == 4 && in.rest().size() > 4 && in.rest()[4] == '-')) {
    duration = readDateLikeDuration(in.rest());
  } else {
    Groups groups;
    if (in.peek() != 'T' && !readGroups(in, kDateUnits, groups)) return std::nullopt;
    if (in.accept('T') && !readGroups(in, kTimeUnits, groups)) return std::nullopt;
    if (!in.atEnd()) return std::nullopt;
    duration = makeDurationFrom(groups.months, groups.days, groups.seconds, 0);
  }
  return duration && negative ? negateDuration(*duration) : duration;
}

}  // namespace plexus
