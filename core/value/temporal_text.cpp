#include "core/value/temporal_text.h"

#include <cstdlib>

#include <fmt/format.h>

#include "core/value/calendar.h"

namespace plexus {
namespace {

// ".645" without trailing zeros, nothing for 0.
std::string fractionText(std::int64_t nanos) {
  if (nanos == 0) return {};
  std::string text = fmt::format(".{:09}", nanos);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

// A group of a duration, e.g. "-8M".
void appendGroup(std::string& out, std::int64_t amount, char unit) {
  if (amount != 0) fmt::format_to(std::back_inserter(out), "{}{}", amount, unit);
}

}  // namespace

std::string toText(Date d) {
  const auto civil = calendar::toCivil(d.epochDay);
  const std::int64_t magnitude = std::abs(civil.year);
  const char* sign = civil.year < 0 ? "-" : magnitude > 9999 ? "+" : "";
  return fmt::format("{}{:04}-{:02}-{:02}", sign, magnitude, civil.month, civil.day);
}

std::string toText(LocalTime t, Seconds seconds) {
  const std::int64_t second = t.nanoOfDay / kNanosPerSecond;
  const std::int64_t nano = t.nanoOfDay % kNanosPerSecond;
  std::string text = fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60);
  if (seconds == Seconds::kAlways || second % 60 != 0 || nano != 0)
    text += fmt::format(":{:02}{}", second % 60, fractionText(nano));
  return text;
}

std::string offsetText(std::int32_t seconds) {
  if (seconds == 0) return "Z";
  const std::int32_t magnitude = std::abs(seconds);
  std::string text = fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', magnitude / 3600, magnitude / 60 % 60);
  if (magnitude % 60 != 0) text += fmt::format(":{:02}", magnitude % 60);
  return text;
}

std::string toText(Time t, Seconds seconds) {
  return toText(LocalTime{t.nanoOfDay}, seconds) + offsetText(t.offsetSeconds);
}

std::string toText(LocalDateTime t, Seconds seconds) {
  return toText(calendar::dateOf(t)) + "T" + toText(calendar::timeOf(t), seconds);
}

std::string toText(const DateTime& t, Seconds seconds) {
  std::string text = toText(t.local(), seconds) + offsetText(t.offsetSeconds);
  if (!t.zone.empty()) text += "[" + t.zone + "]";
  return text;
}

std::string toText(const Duration& d) {
  std::string date;
  appendGroup(date, d.months / 12, 'Y');
  appendGroup(date, d.months % 12, 'M');
  appendGroup(date, d.days, 'D');
  // The nanoseconds count upwards from a negative second: bring both to one sign.
  std::int64_t seconds = d.seconds;
  std::int64_t nanos = d.nanos;
  if (seconds < 0 && nanos > 0) {
    ++seconds;
    nanos -= kNanosPerSecond;
  }
  std::string time;
  appendGroup(time, seconds / 3600, 'H');
  appendGroup(time, seconds / 60 % 60, 'M');
  if (seconds % 60 != 0 || nanos != 0) {
    const char* sign = seconds % 60 < 0 || nanos < 0 ? "-" : "";
    time += fmt::format("{}{}{}S", sign, std::abs(seconds % 60), fractionText(std::abs(nanos)));
  }
  if (date.empty() && time.empty()) return "PT0S";
  return "P" + date + (time.empty() ? "" : "T" + time);
}

}  // namespace plexus
