// core/function/temporal_fields.h: the components of temporal values: d.year, t.epochMillis, duration.minutesOfHour,
// ...
#pragma once

#include <optional>
#include <string_view>

#include "core/value/value.h"

namespace plexus::function {

// Of a temporal value, by name (case-sensitive: `dayOfWeek`; also the older `weekDay`). Nothing if its type has no such
// component.
// Names of fields are the same in any case.
bool sameField(std::string_view a, std::string_view b);
std::optional<Value> temporalField(const Value& temporal, std::string_view name);

}  // namespace plexus::function
