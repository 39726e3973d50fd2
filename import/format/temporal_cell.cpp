#include "import/format/temporal_cell.h"

#include <string>

#include "core/value/calendar.h"
#include "core/value/temporal_text.h"
#include "core/value/time_zone.h"

namespace plexus::format {
namespace {

using Kind = CellType::Kind;

// A date and, if there is one, a time; a blank may stand for the T between them, as databases write it.
std::optional<TemporalText> readDateTime(std::string_view text) {
  if (text.size() <= 10 || text[10] != ' ') return parseDateTime(text);
  std::string withT{text};
  withT[10] = 'T';
  return parseDateTime(withT);
}

std::optional<Value> zoned(const TemporalText& text) {
  const LocalDateTime local = calendar::combine(*text.date, text.time.value_or(LocalTime{}));
  const std::optional<Zone> zone = text.zone.empty() ? Zone{{}, text.offset.value_or(0)} : parseZone(text.zone);
  if (!zone) return std::nullopt;
  return Value{atLocal(local, *zone, text.offset)};
}

}  // namespace

std::optional<Value> parseTemporalCell(Kind kind, std::string_view text) {
  if (kind == Kind::kDate) {
    const std::optional<Date> date = parseDate(text);
    return date ? std::optional{Value{*date}} : std::nullopt;
  }
  if (kind == Kind::kDuration) {
    const std::optional<Duration> duration = parseDuration(text);
    return duration ? std::optional{Value{*duration}} : std::nullopt;
  }
  const bool isTime = kind == Kind::kTime || kind == Kind::kLocalTime;
  const std::optional<TemporalText> moment = isTime ? parseTime(text) : readDateTime(text);
  if (!moment || (isTime && !moment->time) || (!isTime && !moment->date)) return std::nullopt;
  const bool isLocal = kind == Kind::kLocalTime || kind == Kind::kLocalDateTime;
  if (isLocal && (moment->offset || !moment->zone.empty())) return std::nullopt;
  switch (kind) {
    case Kind::kLocalTime:
      return Value{*moment->time};
    case Kind::kTime:
      return Value{Time{moment->time->nanoOfDay, moment->offset.value_or(0)}};
    case Kind::kLocalDateTime:
      return Value{calendar::combine(*moment->date, moment->time.value_or(LocalTime{}))};
    default:
      return zoned(*moment);
  }
}

}  // namespace plexus::format
