// core/value/duration.h: building durations and calculating with them.
//
// Fractions of a group flow into the next smaller one, with average lengths: half a month is 15 days, 5 hours and some
// (a month has 30.436875 days), half a day is 12 hours. All throw ArithmeticError IntegerOverflow where a group leaves
// 64 bits.
#pragma once

#include <cstdint>

#include "core/value/temporal.h"

namespace plexus {

// Nanoseconds of any size and sign.
Duration makeDuration(std::int64_t months, std::int64_t days, std::int64_t seconds, std::int64_t nanos);
// long double: 64 bits of precision, so that whole numbers stay exact.
Duration makeDurationFrom(long double months, long double days, long double seconds, long double nanos);

Duration addDurations(const Duration& a, const Duration& b);
Duration negateDuration(const Duration& d);
Duration multiplyDuration(const Duration& d, double factor);
Duration divideDuration(const Duration& d, double divisor);  // divisor != 0

}  // namespace plexus
