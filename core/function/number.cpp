#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include <fmt/format.h>

#include "core/function/arithmetic.h"
#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/rounding.h"
#include "core/function/unicode.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Columns = std::span<const Vector* const>;
using Kind = Vector::Kind;

// A function of one float that takes any number.
struct RealFunction {
  std::string_view name;
  double (*compute)(double);
};
template <const RealFunction& kFunction>
Value real(FunctionContext&, Arguments a) {
  return kFunction.compute(numberArgument(kFunction.name, a[0]));
}
template <const RealFunction& kFunction, typename T>
void realColumn(FunctionContext&, Columns a, Vector& out) {
  mapColumn<double, T>(*a[0], out, [](T x) { return kFunction.compute(static_cast<double>(x)); });
}

double cot(double x) { return 1 / std::tan(x); }
double coth(double x) { return 1 / std::tanh(x); }
double haversin(double x) {
  const double half = std::sin(x / 2);
  return half * half;
}
double toDegrees(double x) { return x * 180 / std::numbers::pi; }
double toRadians(double x) { return x * std::numbers::pi / 180; }
// Ties upwards; zero has no sign.
double roundHalfUp(double x) { return (x - std::floor(x) < 0.5 ? std::floor(x) : std::ceil(x)) + 0.0; }

constexpr RealFunction kAcos{"acos", std::acos}, kAsin{"asin", std::asin}, kAtan{"atan", std::atan},
    kCeil{"ceil", std::ceil}, kCos{"cos", std::cos}, kCosh{"cosh", std::cosh}, kCot{"cot", cot}, kCoth{"coth", coth},
    kDegrees{"degrees", toDegrees}, kExp{"exp", std::exp}, kFloor{"floor", std::floor}, kHaversin{"haversin", haversin},
    kLog{"log", std::log}, kLog10{"log10", std::log10}, kRadians{"radians", toRadians}, kSin{"sin", std::sin},
    kSinh{"sinh", std::sinh}, kSqrt{"sqrt", std::sqrt}, kTan{"tan", std::tan}, kTanh{"tanh", std::tanh};

template <const RealFunction& kFunction>
FunctionSpec row(std::string_view category, std::string_view description, std::string_view example,
                 std::string_view result) {
  return {.name = kFunction.name,
          .signatures = "(number :: NUMBER) :: FLOAT",
          .category = category,
          .description = description,
          .example = example,
          .result = result,
          .kernel = real<kFunction>,
          .vectors = {{{Kind::kFloat}, Kind::kFloat, realColumn<kFunction, double>},
                      {{Kind::kInteger}, Kind::kFloat, realColumn<kFunction, std::int64_t>}}};
}

std::int64_t absolute(std::int64_t i) { return i < 0 ? negateInteger(i) : i; }
std::int64_t signOf(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

Value abs(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kInteger)) return absolute(a[0].integer());
  return std::fabs(numberArgument("abs", a[0]));
}
void absIntegers(FunctionContext&, Columns a, Vector& out) {
  mapColumn<std::int64_t, std::int64_t>(*a[0], out, absolute);
}
void absFloats(FunctionContext&, Columns a, Vector& out) {
  mapColumn<double, double>(*a[0], out, [](double x) { return std::fabs(x); });
}

Value sign(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kInteger)) return (a[0].integer() > 0 ? 1 : 0) - (a[0].integer() < 0 ? 1 : 0);
  return signOf(numberArgument("sign", a[0]));
}

Value isNaN(FunctionContext&, Arguments a) { return std::isnan(numberArgument("isNaN", a[0])); }
void isNaNColumn(FunctionContext&, Columns a, Vector& out) {
  mapColumn<std::uint8_t, double>(*a[0], out, [](double x) -> std::uint8_t { return std::isnan(x) ? 1 : 0; });
}

Value atan2(FunctionContext&, Arguments a) {
  return std::atan2(numberArgument("atan2", a[0]), numberArgument("atan2", a[1]));
}
Value pi(FunctionContext&, Arguments) { return std::numbers::pi; }
Value e(FunctionContext&, Arguments) { return std::numbers::e; }

Value rand(FunctionContext& context, Arguments) { return std::generate_canonical<double, 53>(context.random); }

Value randomUuid(FunctionContext& context, Arguments) {
  std::uint64_t high = context.random();
  std::uint64_t low = context.random();
  high = (high & 0xFFFFFFFFFFFF0FFFU) | 0x4000U;            // version 4
  low = (low & 0x3FFFFFFFFFFFFFFFU) | 0x8000000000000000U;  // variant 1
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xFFFFU, high & 0xFFFFU,
                     low >> 48, low & 0xFFFFFFFFFFFFU);
}

Value round(FunctionContext&, Arguments a) {
  const double x = numberArgument("round", a[0]);
  if (a.size() == 1) return roundHalfUp(x);
  const std::int64_t precision = integerArgument("round", a[1]);
  if (precision < 0) throwArgument("NumberOutOfRange", "the precision of round() must not be negative");
  if (precision == 0 && a.size() == 2) return roundHalfUp(x);
  const auto mode = a.size() > 2 ? roundingMode(stringArgument("round", a[2])) : RoundingMode::kHalfUp;
  return roundDecimal(x, static_cast<std::size_t>(std::min<std::int64_t>(precision, 400)), mode);
}
void roundColumn(FunctionContext&, Columns a, Vector& out) { mapColumn<double, double>(*a[0], out, roundHalfUp); }

constexpr std::string_view kReal = "Mathematical", kTrigonometric = "Trigonometric", kLogarithmic = "Logarithmic";

}  // namespace

std::span<const FunctionSpec> numberFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "abs",
       .signatures = "(number :: INTEGER) :: INTEGER\n(number :: FLOAT) :: FLOAT",
       .category = kReal,
       .description = "The absolute value.",
       .example = "abs(-5)",
       .result = "5",
       .kernel = abs,
       .vectors = {{{Kind::kInteger}, Kind::kInteger, absIntegers}, {{Kind::kFloat}, Kind::kFloat, absFloats}}},
      {.name = "sign",
       .signatures = "(number :: NUMBER) :: INTEGER",
       .category = kReal,
       .description = "-1, 0 or 1 for negative numbers, zero and positive numbers.",
       .example = "sign(-0.1)",
       .result = "-1",
       .kernel = sign},
      {.name = "isNaN",
       .signatures = "(number :: NUMBER) :: BOOLEAN",
       .category = kReal,
       .description = "Whether the number is NaN (not a number).",
       .example = "isNaN(0.0 / 0.0)",
       .result = "true",
       .kernel = isNaN,
       .vectors = {{{Kind::kFloat}, Kind::kBoolean, isNaNColumn}}},
      {.name = "round",
       .signatures = "(number :: NUMBER) :: FLOAT\n(number :: NUMBER, precision :: INTEGER, mode? :: STRING) :: FLOAT",
       .category = kReal,
       .description = "The nearest whole number (halves upwards), or the number to so many decimal digits. Modes: UP, "
                      "DOWN, CEILING, FLOOR, HALF_UP (as if not given), HALF_DOWN, HALF_EVEN.",
       .example = "round(2.345, 2, 'HALF_EVEN')",
       .result = "2.34",
       .kernel = round,
       .vectors = {{{Kind::kFloat}, Kind::kFloat, roundColumn}}},
      row<kCeil>(kReal, "The least whole number that is not less.", "ceil(1.1)", "2.0"),
      row<kFloor>(kReal, "The greatest whole number that is not greater.", "floor(-1.1)", "-2.0"),
      row<kSqrt>(kLogarithmic, "The square root; NaN of negative numbers.", "sqrt(256)", "16.0"),
      row<kExp>(kLogarithmic, "e to the power of the number.", "exp(0)", "1.0"),
      row<kLog>(kLogarithmic, "The natural logarithm.", "log(1)", "0.0"),
      row<kLog10>(kLogarithmic, "The logarithm to base 10.", "log10(1000)", "3.0"),
      row<kAcos>(kTrigonometric, "The arc cosine, in radians.", "acos(1)", "0.0"),
      row<kAsin>(kTrigonometric, "The arc sine, in radians.", "asin(0)", "0.0"),
      row<kAtan>(kTrigonometric, "The arc tangent, in radians.", "atan(0)", "0.0"),
      row<kCos>(kTrigonometric, "The cosine of an angle in radians.", "cos(0)", "1.0"),
      row<kCosh>(kTrigonometric, "The hyperbolic cosine.", "cosh(0)", "1.0"),
      row<kCot>(kTrigonometric, "The cotangent of an angle in radians.", "cot(0)", "Infinity"),
      row<kCoth>(kTrigonometric, "The hyperbolic cotangent.", "coth(0)", "Infinity"),
      row<kDegrees>(kTrigonometric, "An angle in radians, in degrees.", "degrees(pi())", "180.0"),
      row<kHaversin>(kTrigonometric, "Half the versine of an angle in radians.", "haversin(0)", "0.0"),
      row<kRadians>(kTrigonometric, "An angle in degrees, in radians.", "radians(180) = pi()", "true"),
      row<kSin>(kTrigonometric, "The sine of an angle in radians.", "sin(0)", "0.0"),
      row<kSinh>(kTrigonometric, "The hyperbolic sine.", "sinh(0)", "0.0"),
      row<kTan>(kTrigonometric, "The tangent of an angle in radians.", "tan(0)", "0.0"),
      row<kTanh>(kTrigonometric, "The hyperbolic tangent.", "tanh(0)", "0.0"),
      {.name = "atan2",
       .signatures = "(y :: NUMBER, x :: NUMBER) :: FLOAT",
       .category = kTrigonometric,
       .description = "The angle of the point (x, y), in radians.",
       .example = "atan2(0, 1)",
       .result = "0.0",
       .kernel = atan2},
      {.name = "pi",
       .signatures = "() :: FLOAT",
       .category = kTrigonometric,
       .description = "The ratio of a circle's circumference to its diameter.",
       .example = "pi()",
       .result = "3.141592653589793",
       .kernel = pi},
      {.name = "e",
       .signatures = "() :: FLOAT",
       .category = kLogarithmic,
       .description = "The base of the natural logarithm.",
       .example = "e()",
       .result = "2.718281828459045",
       .kernel = e},
      {.name = "rand",
       .signatures = "() :: FLOAT",
       .volatility = Volatility::kVolatile,
       .category = kReal,
       .description = "A random number from [0, 1), a new one for each row.",
       .example = "rand() < 1",
       .result = "true",
       .kernel = rand},
      {.name = "randomUUID",
       .signatures = "() :: STRING",
       .volatility = Volatility::kVolatile,
       .category = "Scalar",
       .description = "A random UUID (version 4), a new one for each row.",
       .example = "size(randomUUID())",
       .result = "36",
       .kernel = randomUuid}};
  return kTable;
}

}  // namespace plexus::function
