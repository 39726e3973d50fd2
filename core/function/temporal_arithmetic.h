// core/function/temporal_arithmetic.h: durations with instants and with each other.
//
// Months are added first (the day is cut to the month's last), then days, then seconds: each on the wall clock but the
// last, which runs on the time line. Throws ArithmeticError IntegerOverflow where a result leaves the range of its
// type.
#pragma once

#include "core/value/value.h"

namespace plexus::function {

Value addDuration(const Value& instant, const Duration& d);  // instant: any temporal type but DURATION
Duration addDurations(const Duration& a, const Duration& b);
Duration negateDuration(const Duration& d);
// Fractions of a group flow into the next smaller one, with average lengths (a month: 30.436875 days).
Duration multiplyDuration(const Duration& d, double factor);
// The duration of these amounts, fractions flowing down likewise; nanoseconds are normalised.
Duration makeDuration(double months, double days, double seconds, double nanos);
// Exact; seconds and nanoseconds of any sign.
Duration makeDuration(std::int64_t months, std::int64_t days, std::int64_t seconds, std::int64_t nanos);

}  // namespace plexus::function
