#include "import/format/temporal_cell.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "core/value/calendar.h"

namespace plexus::format {
namespace {

// Reads a text from left to right; every step says whether it could.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_{text} {}

  bool atEnd() const { return rest_.empty(); }
  bool at(char c) const { return !rest_.empty() && rest_[0] == c; }
  bool take(char c) {
    if (!at(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `digits` digits.
  bool fixed(int digits, std::int64_t& out) {
    if (rest_.size() < static_cast<std::size_t>(digits)) return false;
    out = 0;
    for (int i = 0; i < digits; ++i) {
      const char c = rest_[static_cast<std::size_t>(i)];
      if (c < '0' || c > '9') return false;
      out = out * 10 + (c - '0');
    }
    rest_.remove_prefix(static_cast<std::size_t>(digits));
    return true;
  }
  // As many digits as there are, with a sign if there is one.
  bool integer(std::int64_t& out) {
    if (at('+')) rest_.remove_prefix(1);
    const auto [ptr, code] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
    if (code != std::errc{}) return false;
    rest_.remove_prefix(static_cast<std::size_t>(ptr - rest_.data()));
    return true;
  }
  // The digits of a decimal fraction, as billionths.
  bool nanos(std::int64_t& out) {
    out = 0;
    int digits = 0;
    for (; digits < 9 && !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; ++digits) {
      out = out * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    const bool any = digits > 0;
    for (; digits < 9; ++digits) out *= 10;
    return any;
  }
  std::string_view takeRest() { return std::exchange(rest_, {}); }

 private:
  std::string_view rest_;
};

bool readDate(Reader& in, Date& out) {
  std::int64_t year = 0, month = 0, day = 0;
  const bool signedYear = in.at('+') || in.at('-');
  if (!(signedYear ? in.integer(year) : in.fixed(4, year))) return false;
  if (!in.take('-') || !in.fixed(2, month) || !in.take('-') || !in.fixed(2, day)) return false;
  if (year < calendar::kMinYear || year > calendar::kMaxYear || month < 1 || month > 12 || day < 1) return false;
  const int monthNumber = static_cast<int>(month);
  if (day > calendar::daysInMonth(year, monthNumber)) return false;
  out = {calendar::toEpochDay(calendar::CivilDate{year, monthNumber, static_cast<int>(day)})};
  return true;
}

bool readTime(Reader& in, LocalTime& out) {
  std::int64_t hour = 0, minute = 0, second = 0, nano = 0;
  if (!in.fixed(2, hour) || !in.take(':') || !in.fixed(2, minute)) return false;
  if (in.take(':')) {
    if (!in.fixed(2, second)) return false;
    if ((in.take('.') || in.take(',')) && !in.nanos(nano)) return false;
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  out = {((hour * 60 + minute) * 60 + second) * kNanosPerSecond + nano};
  return true;
}

// Z, +hh, +hhmm, +hh:mm; none at all is Z.
bool readOffset(Reader& in, std::int32_t& seconds) {
  seconds = 0;
  if (in.atEnd() || in.at('[') || in.take('Z') || in.take('z')) return true;
  const bool negative = in.at('-');
  std::int64_t hours = 0, minutes = 0;
  if (!(in.take('+') || in.take('-')) || !in.fixed(2, hours)) return false;
  const bool hasMinutes = in.take(':') || !(in.atEnd() || in.at('['));
  if (hasMinutes && !in.fixed(2, minutes)) return false;
  seconds = static_cast<std::int32_t>((hours * 60 + minutes) * 60 * (negative ? -1 : 1));
  return hours <= 18 && minutes <= 59;
}

bool readLocalDateTime(Reader& in, LocalDateTime& out) {
  Date date;
  LocalTime time;
  if (!readDate(in, date)) return false;
  if (!in.atEnd() && (!(in.take('T') || in.take(' ')) || !readTime(in, time))) return false;
  out = calendar::combine(date, time);
  return true;
}

std::optional<Value> parseDateTime(Reader in) {
  LocalDateTime local;
  std::int32_t offset = 0;
  if (!readLocalDateTime(in, local) || !readOffset(in, offset)) return std::nullopt;
  DateTime moment{local.epochSecond - offset, local.nano, offset, {}};
  if (in.take('[')) {
    std::string_view zone = in.takeRest();
    if (zone.size() < 2 || !zone.ends_with(']')) return std::nullopt;
    zone.remove_suffix(1);
    moment.zone = std::string{zone};
  }
  return in.atEnd() ? std::optional{Value{moment}} : std::nullopt;
}

// One number with its letter, into the group it belongs to.
bool addPart(Duration& sum, char letter, bool inTime, std::int64_t number, std::int64_t nanos, bool hasFraction) {
  if (hasFraction && !(inTime && letter == 'S')) return false;
  switch (letter) {
    case 'Y':
      return !inTime && !__builtin_mul_overflow(number, std::int64_t{12}, &number) &&
             !__builtin_add_overflow(sum.months, number, &sum.months);
    case 'M':
      if (!inTime) return !__builtin_add_overflow(sum.months, number, &sum.months);
      return !__builtin_mul_overflow(number, std::int64_t{60}, &number) &&
             !__builtin_add_overflow(sum.seconds, number, &sum.seconds);
    case 'W':
      return !inTime && !__builtin_mul_overflow(number, std::int64_t{7}, &number) &&
             !__builtin_add_overflow(sum.days, number, &sum.days);
    case 'D':
      return !inTime && !__builtin_add_overflow(sum.days, number, &sum.days);
    case 'H':
      return inTime && !__builtin_mul_overflow(number, std::int64_t{3600}, &number) &&
             !__builtin_add_overflow(sum.seconds, number, &sum.seconds);
    case 'S':
      sum.nanos = static_cast<std::int32_t>(nanos);
      return inTime && !__builtin_add_overflow(sum.seconds, number, &sum.seconds);
    default:
      return false;
  }
}

// P1Y2M3W4DT5H6M7.5S; any part may be missing or negative, only seconds may have a fraction.
std::optional<Value> parseDuration(Reader in) {
  Duration sum;
  bool inTime = false;
  if (!in.take('P') || in.atEnd()) return std::nullopt;
  while (!in.atEnd()) {
    if (!inTime && in.take('T')) {
      inTime = true;
      if (in.atEnd()) return std::nullopt;
    }
    const bool negative = in.at('-');
    std::int64_t number = 0, nanos = 0;
    if (!in.integer(number)) return std::nullopt;
    const bool hasFraction = in.take('.') || in.take(',');
    if (hasFraction && !in.nanos(nanos)) return std::nullopt;
    if (negative && nanos > 0) {  // -1.25 s is -2 s and 0.75 s
      --number;
      nanos = kNanosPerSecond - nanos;
    }
    char letter = 0;
    for (const char c : {'Y', 'M', 'W', 'D', 'H', 'S'}) {
      if (in.take(c)) {
        letter = c;
        break;
      }
    }
    if (!addPart(sum, letter, inTime, number, nanos, hasFraction)) return std::nullopt;
  }
  return Value{sum};
}

}  // namespace

std::optional<Value> parseTemporalCell(CellType::Kind kind, std::string_view text) {
  Reader in{text};
  Date date;
  LocalTime time;
  LocalDateTime local;
  std::int32_t offset = 0;
  switch (kind) {
    case CellType::Kind::kDate:
      return readDate(in, date) && in.atEnd() ? std::optional{Value{date}} : std::nullopt;
    case CellType::Kind::kLocalTime:
      return readTime(in, time) && in.atEnd() ? std::optional{Value{time}} : std::nullopt;
    case CellType::Kind::kTime:
      if (!readTime(in, time) || !readOffset(in, offset) || !in.atEnd()) return std::nullopt;
      return Value{Time{time.nanoOfDay, offset}};
    case CellType::Kind::kLocalDateTime:
      return readLocalDateTime(in, local) && in.atEnd() ? std::optional{Value{local}} : std::nullopt;
    case CellType::Kind::kDateTime:
      return parseDateTime(in);
    case CellType::Kind::kDuration:
      return parseDuration(in);
    default:
      return std::nullopt;
  }
}

}  // namespace plexus::format
