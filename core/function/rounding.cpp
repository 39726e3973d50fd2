#include "core/function/rounding.h"

#include <charconv>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "core/function/kernel.h"
#include "core/function/unicode.h"

namespace plexus::function {
namespace {

// -1, 0, 1: how the digits that are dropped compare with a half. `rest` has at least one digit that is not '0'.
int compareWithHalf(std::string_view rest) {
  if (rest[0] != '5') return rest[0] < '5' ? -1 : 1;
  return rest.find_first_not_of('0', 1) == std::string_view::npos ? 0 : 1;
}

bool awayFromZero(RoundingMode mode, bool negative, int half, bool lastIsOdd) {
  switch (mode) {
    case RoundingMode::kUp:
      return true;
    case RoundingMode::kDown:
      return false;
    case RoundingMode::kCeiling:
      return !negative;
    case RoundingMode::kFloor:
      return negative;
    case RoundingMode::kHalfUp:
      return half >= 0;
    case RoundingMode::kHalfDown:
      return half > 0;
    case RoundingMode::kHalfEven:
      return half > 0 || (half == 0 && lastIsOdd);
  }
  return false;
}

// Adds one unit in the last place of a decimal text without sign.
void increment(std::string& digits) {
  for (std::size_t i = digits.size(); i-- > 0;) {
    if (digits[i] == '.') continue;
    if (digits[i] != '9') {
      ++digits[i];
      return;
    }
    digits[i] = '0';
  }
  digits = '1' + digits;
}

}  // namespace

RoundingMode roundingMode(std::string_view name) {
  constexpr std::string_view kNames[] = {"UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<RoundingMode>(i);
  }
  throwArgument("InvalidArgumentValue", fmt::format("there is no rounding mode '{}': use UP, DOWN, CEILING, FLOOR, "
                                                    "HALF_UP, HALF_DOWN or HALF_EVEN",
                                                    name));
}

double roundDecimal(double x, std::size_t digits, RoundingMode mode) {
  if (!std::isfinite(x)) return x;
  const bool negative = std::signbit(x);
  std::string text(400, '\0');  // 309 digits before the point, or 17 after up to 323 zeros
  const auto end = std::to_chars(text.data(), text.data() + text.size(), std::fabs(x), std::chars_format::fixed).ptr;
  text.resize(static_cast<std::size_t>(end - text.data()));
  const std::size_t point = text.find('.');
  if (point == std::string::npos || text.size() - point - 1 <= digits) return x;
  const std::string rest = text.substr(point + 1 + digits);
  text.resize(point + 1 + digits);
  if (rest.find_first_not_of('0') != std::string::npos) {
    const char last = text.back() == '.' ? text[point - 1] : text.back();
    if (awayFromZero(mode, negative, compareWithHalf(rest), (last - '0') % 2 != 0)) increment(text);
  }
  double rounded = 0;
  std::from_chars(text.data(), text.data() + text.size(), rounded);
  return negative ? -rounded : rounded;
}

}  // namespace plexus::function
