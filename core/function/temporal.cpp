// The table of functions about dates, times and durations. What they do is in temporal_create.h (constructors),
// temporal_truncate.h and temporal_between.h.
#include <deque>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/temporal_between.h"
#include "core/function/temporal_create.h"
#include "core/function/temporal_parts.h"
#include "core/function/temporal_truncate.h"
#include "core/value/calendar.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using enum ValueKind;

template <ValueKind kType>
Value create(FunctionContext& context, Arguments a) {
  return a.empty() ? currentInstant(context, kType, context.statement) : createInstant(context, kType, a[0]);
}

Value zoneArgument(Arguments a) { return a.empty() ? Value{} : a[0]; }

template <ValueKind kType>
Value atStatement(FunctionContext& context, Arguments a) {
  return currentInstant(context, kType, context.statement, zoneArgument(a));
}
template <ValueKind kType>
Value atTransaction(FunctionContext& context, Arguments a) {
  return currentInstant(context, kType, context.transaction, zoneArgument(a));
}
template <ValueKind kType>
Value atRealTime(FunctionContext& context, Arguments a) {
  return currentInstant(context, kType, Instant::now(), zoneArgument(a));
}

template <ValueKind kType>
Value truncated(FunctionContext& context, Arguments a) {
  const Value from = a.size() > 1 ? a[1] : currentInstant(context, kType, context.statement);
  static const Map kNoFields;
  const Map& fields = a.size() > 2 ? mapArgument("truncate", a[2]) : kNoFields;
  return truncate(context, kType, stringArgument("truncate", a[0]), from, fields);
}

Value duration(FunctionContext&, Arguments a) { return createDuration(a[0]); }

template <Between kGroups>
Value durationBetween(FunctionContext&, Arguments a) {
  for (const Value& v : a) {
    if (!isInstant(v)) throwWrongArgument("duration.between", "two instants", v);
  }
  return between(a[0], a[1], kGroups);
}

Value fromEpoch(FunctionContext& context, Arguments a) {
  const std::int64_t nanos = a.size() > 1 ? integerArgument("datetime.fromEpoch", a[1]) : 0;
  Map fields;
  fields.set("epochSeconds", integerArgument("datetime.fromEpoch", a[0]));
  fields.set("nanosecond", nanos);
  fields.set("timezone", "Z");
  return createInstant(context, kDateTime, fields);
}
Value fromEpochMillis(FunctionContext& context, Arguments a) {
  Map fields;
  fields.set("epochMillis", integerArgument("datetime.fromEpochMillis", a[0]));
  fields.set("timezone", "Z");
  return createInstant(context, kDateTime, fields);
}

Value timestamp(FunctionContext& context, Arguments) {
  return context.statement.epochSecond * 1'000 + context.statement.nano / 1'000'000;
}

// What the five rows of a type say about it.
struct TypeTexts {
  std::string_view type, function;
  std::string_view example, result, truncateExample, truncateResult;
};
constexpr TypeTexts kDateTexts{"DATE",
                               "date",
                               "date({year: 2024, week: 10, dayOfWeek: 3})",
                               "2024-03-06",
                               "date.truncate('month', date('2024-03-06'))",
                               "2024-03-01"};
constexpr TypeTexts kLocalTimeTexts{"LOCAL TIME",
                                    "localtime",
                                    "localtime('214032.142')",
                                    "21:40:32.142",
                                    "localtime.truncate('hour', localtime('21:40:32'))",
                                    "21:00"};
constexpr TypeTexts kTimeTexts{"ZONED TIME",
                               "time",
                               "time({hour: 12, minute: 31, timezone: '+01:00'})",
                               "12:31+01:00",
                               "time.truncate('minute', time('21:40:32+01:00'))",
                               "21:40+01:00"};
constexpr TypeTexts kLocalDateTimeTexts{"LOCAL DATETIME",
                                        "localdatetime",
                                        "localdatetime('2015-W30T2140')",
                                        "2015-07-20T21:40",
                                        "localdatetime.truncate('day', localdatetime('2015-07-20T21:40'))",
                                        "2015-07-20T00:00"};
constexpr TypeTexts kDateTimeTexts{"ZONED DATETIME",
                                   "datetime",
                                   "datetime('2015-07-21T21:40:32.142[Europe/London]')",
                                   "2015-07-21T21:40:32.142+01:00[Europe/London]",
                                   "datetime.truncate('year', datetime('2015-07-20T21:40Z'))",
                                   "2015-01-01T00:00Z"};

// Texts that are put together here are kept for ever: tables hold views.
std::string_view keep(std::string text) {
  static std::deque<std::string> kept;
  return kept.emplace_back(std::move(text));
}

constexpr std::string_view kTemporal = "Temporal", kDurations = "Duration";

FunctionSpec currentRow(const TypeTexts& texts, std::string_view clock, std::string_view description,
                        ScalarKernel kernel, Volatility volatility) {
  return {.name = keep(fmt::format("{}.{}", texts.function, clock)),
          .signatures = keep(fmt::format("(timezone? :: STRING) :: {}", texts.type)),
          .volatility = volatility,
          .category = kTemporal,
          .description = description,
          .kernel = kernel};
}

FunctionSpec createRow(const TypeTexts& texts, ScalarKernel kernel) {
  return {.name = texts.function,
          .signatures = keep(fmt::format("() :: {0}\n(text :: STRING) :: {0}\n(fields :: MAP) :: {0}\n"
                                         "(instant :: INSTANT) :: {0}",
                                         texts.type)),
          .volatility = Volatility::kStatement,
          .category = kTemporal,
          .description =
              "An instant of the type from ISO 8601 text, from a map of fields (with `date`, `time` or "
              "`datetime` for what they leave open), from another instant, or of now.",
          .example = texts.example,
          .result = texts.result,
          .kernel = kernel};
}

FunctionSpec truncateRow(const TypeTexts& texts, ScalarKernel kernel) {
  return {.name = keep(fmt::format("{}.truncate", texts.function)),
          .signatures = keep(fmt::format("(unit :: STRING, instant? :: INSTANT, fields? :: MAP) :: {}", texts.type)),
          .volatility = Volatility::kStatement,
          .category = kTemporal,
          .description =
              "An instant cut down to a unit (millennium, century, decade, year, weekYear, quarter, month, "
              "week, day, hour, minute, second, millisecond, microsecond), then with the fields of a map set.",
          .example = texts.truncateExample,
          .result = texts.truncateResult,
          .kernel = kernel};
}

template <ValueKind kType>
void addType(std::vector<FunctionSpec>& rows, const TypeTexts& texts) {
  rows.push_back(createRow(texts, create<kType>));
  rows.push_back(
      currentRow(texts, "transaction", "When the transaction began.", atTransaction<kType>, Volatility::kStatement));
  rows.push_back(
      currentRow(texts, "statement", "When the statement began.", atStatement<kType>, Volatility::kStatement));
  rows.push_back(currentRow(texts, "realtime", "Now, anew for each row.", atRealTime<kType>, Volatility::kVolatile));
  rows.push_back(truncateRow(texts, truncated<kType>));
}

FunctionSpec betweenRow(std::string_view name, std::string_view description, std::string_view example,
                        std::string_view result, ScalarKernel kernel) {
  return {.name = name,
          .signatures = "(from :: INSTANT, to :: INSTANT) :: DURATION",
          .category = kDurations,
          .description = description,
          .example = example,
          .result = result,
          .kernel = kernel};
}

void addDurationFunctions(std::vector<FunctionSpec>& rows) {
  rows.push_back(
      {.name = "duration",
       .signatures = "(text :: STRING) :: DURATION\n(fields :: MAP) :: DURATION\n(d :: DURATION) :: DURATION",
       .category = kDurations,
       .description = "A duration from ISO 8601 text or from amounts of years to nanoseconds.",
       .example = "duration({days: 1.5, hours: 2})",
       .result = "P1DT14H",
       .kernel = duration});
  rows.push_back(betweenRow("duration.between", "From one instant to another in months, days and seconds.",
                            "duration.between(date('1984-10-11'), date('2015-06-24'))", "P30Y8M13D",
                            durationBetween<Between::kAll>));
  rows.push_back(betweenRow("duration.inMonths", "The whole months from one instant to another.",
                            "duration.inMonths(date('1984-10-11'), date('2015-06-24'))", "P30Y8M",
                            durationBetween<Between::kMonths>));
  rows.push_back(betweenRow("duration.inDays", "The whole days from one instant to another.",
                            "duration.inDays(date('1984-10-11'), date('2015-06-24'))", "P11213D",
                            durationBetween<Between::kDays>));
  rows.push_back(betweenRow("duration.inSeconds", "The time from one instant to another.",
                            "duration.inSeconds(date('1984-10-11'), date('1984-10-12'))", "PT24H",
                            durationBetween<Between::kSeconds>));
}

void addEpochFunctions(std::vector<FunctionSpec>& rows) {
  rows.push_back({.name = "datetime.fromEpoch",
                  .signatures = "(seconds :: INTEGER, nanoseconds? :: INTEGER) :: ZONED DATETIME",
                  .category = kTemporal,
                  .description = "The instant so many seconds after 1970-01-01T00:00Z.",
                  .example = "datetime.fromEpoch(416779, 999999999)",
                  .result = "1970-01-05T19:46:19.999999999Z",
                  .kernel = fromEpoch});
  rows.push_back({.name = "datetime.fromEpochMillis",
                  .signatures = "(milliseconds :: INTEGER) :: ZONED DATETIME",
                  .category = kTemporal,
                  .description = "The instant so many milliseconds after 1970-01-01T00:00Z.",
                  .example = "datetime.fromEpochMillis(237821673987)",
                  .result = "1977-07-15T13:34:33.987Z",
                  .kernel = fromEpochMillis});
  rows.push_back({.name = "timestamp",
                  .signatures = "() :: INTEGER",
                  .volatility = Volatility::kStatement,
                  .category = "Scalar",
                  .description = "Milliseconds since 1970-01-01T00:00Z, when the statement began.",
                  .example = "timestamp() > 1700000000000",
                  .result = "true",
                  .kernel = timestamp});
}

}  // namespace

std::span<const FunctionSpec> temporalFunctions() {
  static const std::vector<FunctionSpec> kTable = [] {
    std::vector<FunctionSpec> rows;
    addType<kDate>(rows, kDateTexts);
    addType<kLocalTime>(rows, kLocalTimeTexts);
    addType<kTime>(rows, kTimeTexts);
    addType<kLocalDateTime>(rows, kLocalDateTimeTexts);
    addType<kDateTime>(rows, kDateTimeTexts);
    addEpochFunctions(rows);
    addDurationFunctions(rows);
    return rows;
  }();
  return kTable;
}

}  // namespace plexus::function
