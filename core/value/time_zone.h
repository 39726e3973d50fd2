// core/value/time_zone.h: fixed offsets and the zones of the tz database, with their full history.
//
// The rules come from the system's tz database through Howard Hinnant's library. Years after 2037 follow the rules of
// the last years that it lists.
// Thread safety: all functions may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/value/temporal.h"

namespace plexus {

inline constexpr std::int32_t kMaxOffsetSeconds = 18 * 3600;

struct Zone {
  std::string name;         // "Europe/Stockholm"; empty: a fixed offset
  std::int32_t offset = 0;  // seconds east of UTC, if fixed
  friend bool operator==(const Zone&, const Zone&) = default;
};

// "Z", "UTC", "+02:00", "-0130", "+18", "Europe/Stockholm". Nothing if it is neither an offset nor a known zone.
std::optional<Zone> parseZone(std::string_view text);
// As parseZone, but throws ArgumentError InvalidArgumentValue, with the nearest zone's name.
Zone zoneNamed(std::string_view text);
inline Zone zoneOf(const DateTime& t) { return {t.zone, t.zone.empty() ? t.offsetSeconds : 0}; }
inline Zone zoneOf(Time t) { return {{}, t.offsetSeconds}; }

// The offset that holds in the zone at an instant.
std::int32_t offsetAt(const Zone& zone, std::int64_t epochSecond);
// What clocks in the zone show at an instant.
DateTime atInstant(std::int64_t epochSecond, std::int32_t nano, const Zone& zone);
// The instant at which clocks in the zone show `local`. Where they show it twice: the first, unless `preferredOffset`
// is that of the second. Where they skip it: as much later as they skip.
DateTime atLocal(LocalDateTime local, const Zone& zone, std::optional<std::int32_t> preferredOffset = {});

}  // namespace plexus
