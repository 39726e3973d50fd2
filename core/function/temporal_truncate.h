// core/function/temporal_truncate.h: date.truncate('week', d, {dayOfWeek: 2}) and the like.
#pragma once

#include <string_view>

#include "core/function/context.h"
#include "core/value/value.h"

namespace plexus::function {

// `from` cut down to the unit (millennium, century, decade, year, weekYear, quarter, month, week, day, hour, minute,
// second, millisecond, microsecond), then with `fields` set, as an instant of the type. A zone among the fields
// replaces the zone; the wall clock stays.
Value truncate(const FunctionContext& context, ValueKind type, std::string_view unit, const Value& from,
               const Map& fields);

}  // namespace plexus::function
