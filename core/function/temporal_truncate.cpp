#include "core/function/temporal_truncate.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/function/kernel.h"
#include "core/function/temporal_arithmetic.h"
#include "core/function/temporal_create.h"
#include "core/function/temporal_parts.h"
#include "core/function/unicode.h"
#include "core/value/calendar.h"

namespace plexus::function {
namespace {

using calendar::CivilDate;

struct Unit {
  std::string_view name;  // lower case
  std::int64_t years;     // whole years, or 0
  std::int64_t nanos;     // parts of a day, or 0
};
constexpr Unit kUnits[] = {{"millennium", 1'000, 0},
                           {"century", 100, 0},
                           {"decade", 10, 0},
                           {"year", 1, 0},
                           {"weekyear", 0, 0},
                           {"quarter", 0, 0},
                           {"month", 0, 0},
                           {"week", 0, 0},
                           {"day", 0, kSecondsPerDay* kNanosPerSecond},
                           {"hour", 0, 3600 * kNanosPerSecond},
                           {"minute", 0, 60 * kNanosPerSecond},
                           {"second", 0, kNanosPerSecond},
                           {"millisecond", 0, 1'000'000},
                           {"microsecond", 0, 1'000}};
constexpr std::string_view kDay = "day";

const Unit& unitNamed(std::string_view text) {
  const std::string name = lowerCase(text);
  const auto* unit = std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& u) { return u.name == name; });
  if (unit != std::end(kUnits)) return *unit;
  std::vector<std::string> names;
  for (const Unit& u : kUnits) names.emplace_back(u.name);
  throw Error{ErrorType::kArgumentError,
              Phase::kRuntime,
              "InvalidArgumentValue",
              fmt::format("there is no unit '{}' to truncate to", text),
              {},
              didYouMean(name, names)};
}

Date truncateDate(Date date, const Unit& unit) {
  if (unit.nanos != 0) return date;
  const CivilDate civil = calendar::toCivil(date.epochDay);
  if (unit.years != 0) {
    return {calendar::toEpochDay(CivilDate{calendar::floorDiv(civil.year, unit.years) * unit.years, 1, 1})};
  }
  if (unit.name == "week") return {date.epochDay - calendar::dayOfWeek(date.epochDay) + 1};
  if (unit.name == "weekyear") return {calendar::firstMonday(calendar::toWeekDate(date.epochDay).year)};
  const int month = unit.name == "quarter" ? calendar::quarterOfMonth(civil.month) * 3 - 2 : civil.month;
  return {calendar::toEpochDay(CivilDate{civil.year, month, 1})};
}

LocalTime truncateTime(LocalTime time, const Unit& unit) {
  return {unit.nanos == 0 ? 0 : time.nanoOfDay / unit.nanos * unit.nanos};
}

}  // namespace

Value truncate(const FunctionContext& context, ValueKind type, std::string_view unitName, const Value& from,
               const Map& fieldMap) {
  const Unit& unit = unitNamed(unitName);
  const std::string function = fmt::format("{}.truncate", constructorName(type));
  const Fields fields{function, fieldMap};
  const bool isDate = type == ValueKind::kDate;
  const bool isTimeOfDay = type == ValueKind::kLocalTime || type == ValueKind::kTime;
  if ((isDate && unit.nanos != 0 && unit.name != kDay) || (isTimeOfDay && unit.nanos == 0)) {
    throwArgument("InvalidArgumentValue", fmt::format("{}() cannot truncate to '{}'", function, unitName));
  }
  if (!isInstant(from)) throwWrongArgument(function, "an instant", from);
  Parts parts = partsOf(from);
  if ((isTimeOfDay && !parts.time) || (!isTimeOfDay && !parts.date)) {
    throwWrongArgument(function, isTimeOfDay ? "an instant with a time" : "an instant with a date", from);
  }
  if (!isTimeOfDay) parts.date = fields.date(truncateDate(*parts.date, unit));
  if (!isDate) parts.time = fields.time(truncateTime(parts.time.value_or(LocalTime{}), unit), true);
  if (const auto zone = fields.zone()) {
    parts.zone = zone;
    parts.offset = std::nullopt;
  }
  return assemble(context, type, parts);
}

}  // namespace plexus::function
