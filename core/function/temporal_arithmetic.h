// core/function/temporal_arithmetic.h: instants and durations together.
#pragma once

#include "core/value/duration.h"
#include "core/value/value.h"

namespace plexus::function {

// An instant (any temporal type but DURATION) and a duration later. Months are added first (the day is cut to the
// month's last), then days, both on the calendar and the wall clock; then seconds, on the time line. Of a DATE, whole
// days of the time part count; of a time of day, only the time part. Throws ArithmeticError IntegerOverflow where the
// result leaves the range of its type.
Value addDuration(const Value& instant, const Duration& d);

// Throws ArgumentError unless the day lies within the years that dates have.
void requireRange(std::int64_t epochDay);

}  // namespace plexus::function
