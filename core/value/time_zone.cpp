#include "core/value/time_zone.h"

#include <chrono>
#include <mutex>
#include <unordered_map>
#include <vector>

// As Debian's library was built: it reads /usr/share/zoneinfo. The header's layout depends on it.
#define USE_OS_TZDB 1
#include <date/tz.h>
#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/value/calendar.h"
#include "core/value/temporal_text.h"

namespace plexus {
namespace {

// The compiled tz files that the library reads list every change of the clock up to 2037; their rule for the time after
// is not read. So later years borrow the changes of a year of 2010 to 2037 that has the same calendar.
constexpr std::int64_t kLastListedYear = 2037;
constexpr std::int64_t kCalendars = 28;  // so many years in a row have all 14 calendars
constexpr std::int64_t kEarliest = calendar::toEpochDay(calendar::CivilDate{1600, 1, 1}) * kSecondsPerDay;

std::int64_t firstDay(std::int64_t year) { return calendar::toEpochDay(calendar::CivilDate{year, 1, 1}); }

// The same moment of a year with the same calendar, within what the library knows. (Before 1600 all zones have their
// local mean time.)
std::int64_t nearby(std::int64_t second) {
  const std::int64_t year = calendar::toCivil(calendar::floorDiv(second, kSecondsPerDay)).year;
  if (second < kEarliest) return kEarliest;
  if (year <= kLastListedYear) return second;
  const auto sameCalendar = [year](std::int64_t other) {
    return calendar::isLeap(other) == calendar::isLeap(year) &&
           calendar::dayOfWeek(firstDay(other)) == calendar::dayOfWeek(firstDay(year));
  };
  std::int64_t like = kLastListedYear;
  while (like > kLastListedYear - kCalendars && !sameCalendar(like)) --like;
  return second - (firstDay(year) - firstDay(like)) * kSecondsPerDay;
}

// Null if there is no such zone. The library throws for unknown names, which is slow: remember what was asked.
const date::time_zone* findZone(std::string_view name) {
  static std::mutex mutex;
  static std::unordered_map<std::string, const date::time_zone*> known;
  const std::lock_guard lock{mutex};
  const auto [entry, isNew] = known.try_emplace(std::string{name}, nullptr);
  if (isNew) {
    try {
      entry->second = date::locate_zone(std::string{name});
    } catch (const std::exception&) {
      entry->second = nullptr;
    }
  }
  return entry->second;
}

const date::time_zone& requireZone(const std::string& name) {
  const date::time_zone* zone = findZone(name);
  if (!zone) {
    std::vector<std::string> names;
    for (const auto& z : date::get_tzdb().zones) names.push_back(z.name());
    throw Error{ErrorType::kArgumentError,
                Phase::kRuntime,
                "InvalidArgumentValue",
                fmt::format("there is no time zone '{}'", name),
                {},
                didYouMean(name, names)};
  }
  return *zone;
}

std::int32_t seconds(std::chrono::seconds s) { return static_cast<std::int32_t>(s.count()); }

}  // namespace

std::optional<Zone> parseZone(std::string_view text) {
  if (const auto offset = parseOffset(text)) return Zone{{}, *offset};
  if (text == "UTC" || text == "GMT" || text == "z") return Zone{};
  if (text.empty() || !findZone(text)) return std::nullopt;
  return Zone{std::string{text}, 0};
}

Zone zoneNamed(std::string_view text) {
  if (const auto zone = parseZone(text)) return *zone;
  requireZone(std::string{text});
  return {};
}

std::int32_t offsetAt(const Zone& zone, std::int64_t epochSecond) {
  if (zone.name.empty()) return zone.offset;
  const date::sys_seconds instant{std::chrono::seconds{nearby(epochSecond)}};
  return seconds(requireZone(zone.name).get_info(instant).offset);
}

DateTime atInstant(std::int64_t epochSecond, std::int32_t nano, const Zone& zone) {
  return {epochSecond, nano, offsetAt(zone, epochSecond), zone.name};
}

DateTime atLocal(LocalDateTime local, const Zone& zone, std::optional<std::int32_t> preferredOffset) {
  if (zone.name.empty()) return {local.epochSecond - zone.offset, local.nano, zone.offset, {}};
  const date::local_seconds wall{std::chrono::seconds{nearby(local.epochSecond)}};
  const auto info = requireZone(zone.name).get_info(wall);
  const std::int32_t first = seconds(info.first.offset);
  if (info.result == date::local_info::unique) return {local.epochSecond - first, local.nano, first, zone.name};
  const std::int32_t second = seconds(info.second.offset);
  if (info.result == date::local_info::nonexistent) {
    // The clock jumps from `first` to `second`: what it skips is read with the offset before the jump.
    return {local.epochSecond - first, local.nano, second, zone.name};
  }
  const std::int32_t offset = preferredOffset && *preferredOffset == second ? second : first;
  return {local.epochSecond - offset, local.nano, offset, zone.name};
}

}  // namespace plexus
