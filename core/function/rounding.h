// core/function/rounding.h: rounding to decimal digits, as the number prints: 2.675 is meant exactly, not as its
// double.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plexus::function {

enum class RoundingMode : std::uint8_t { kUp, kDown, kCeiling, kFloor, kHalfUp, kHalfDown, kHalfEven };

// By name, without regard to case. Throws ArgumentError InvalidArgumentValue that lists the names.
RoundingMode roundingMode(std::string_view name);

// `x` to `digits` after the decimal point. NaN and infinities stay.
double roundDecimal(double x, std::size_t digits, RoundingMode mode);

}  // namespace plexus::function
