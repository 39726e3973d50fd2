// core/function/temporal_between.h: how long it is from one instant to another.
//
// Of two instants that both have a date: whole months, then whole days, then the rest. If one lacks a date, it takes
// the other's, and only the time counts. If one lacks a time: midnight. If one lacks a zone: the other's, so that a day
// on which clocks change has 23 or 25 hours. Results are negative if `to` is earlier.
#pragma once

#include "core/function/context.h"
#include "core/value/value.h"

namespace plexus::function {

enum class Between : std::uint8_t { kAll, kMonths, kDays, kSeconds };

Duration between(const Value& from, const Value& to, Between groups);

}  // namespace plexus::function
