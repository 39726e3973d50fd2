#include <cmath>
#include <limits>

#include "core/function/arithmetic.h"
#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/temporal_arithmetic.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

bool isInstant(const Value& v) { return v.isTemporal() && !v.is(ValueKind::kDuration); }
bool areIntegers(const Value& a, const Value& b) { return a.is(ValueKind::kInteger) && b.is(ValueKind::kInteger); }
bool areNumbers(const Value& a, const Value& b) { return a.isNumber() && b.isNumber(); }

// What may stand beside a string in `+`. Instants and durations may not: toString() says how they are to be written.
bool joinsText(const Value& v) { return v.is(ValueKind::kString) || v.isNumber() || v.is(ValueKind::kBoolean); }

// What is no list counts as a list of one.
Value addToList(const Value& a, const Value& b) {
  if (!a.is(ValueKind::kList)) return joinLists({a}, b.list());
  return b.is(ValueKind::kList) ? joinLists(a.list(), b.list()) : joinLists(a.list(), {b});
}

[[noreturn]] void throwDivisionByZero() {
  throwRuntime(ErrorType::kArithmeticError, "DivisionByZero", "an integer was divided by zero");
}

std::int64_t divideIntegers(std::int64_t a, std::int64_t b) {
  if (b == 0) throwDivisionByZero();
  if (b == -1) return negateInteger(a);
  return a / b;
}
std::int64_t moduloIntegers(std::int64_t a, std::int64_t b) {
  if (b == 0) throwDivisionByZero();
  return b == -1 ? 0 : a % b;
}

template <Value (*kOperation)(const Value&, const Value&)>
Value binary(FunctionContext&, std::span<const Value> arguments) {
  return kOperation(arguments[0], arguments[1]);
}
Value negation(FunctionContext&, std::span<const Value> arguments) { return negate(arguments[0]); }
Value identity(FunctionContext&, std::span<const Value> arguments) {
  if (!arguments[0].isNumber() && !arguments[0].is(ValueKind::kDuration)) throwWrongOperand("+", arguments[0]);
  return arguments[0];
}

using Kind = Vector::Kind;
using Arguments = std::span<const Vector* const>;

template <std::int64_t (*kOperation)(std::int64_t, std::int64_t)>
void integerColumns(FunctionContext&, Arguments a, Vector& out) {
  mapColumns<std::int64_t, std::int64_t, std::int64_t>(*a[0], *a[1], out, kOperation);
}
template <typename A, typename B, double (*kOperation)(double, double)>
void floatColumns(FunctionContext&, Arguments a, Vector& out) {
  mapColumns<double, A, B>(*a[0], *a[1], out,
                           [](A x, B y) { return kOperation(static_cast<double>(x), static_cast<double>(y)); });
}
template <double (*kOperation)(double, double)>
std::vector<VectorKernel> floatKernels() {
  return {{{Kind::kFloat, Kind::kFloat}, Kind::kFloat, floatColumns<double, double, kOperation>},
          {{Kind::kInteger, Kind::kFloat}, Kind::kFloat, floatColumns<std::int64_t, double, kOperation>},
          {{Kind::kFloat, Kind::kInteger}, Kind::kFloat, floatColumns<double, std::int64_t, kOperation>}};
}
template <std::int64_t (*kInteger)(std::int64_t, std::int64_t), double (*kFloat)(double, double)>
std::vector<VectorKernel> numberKernels() {
  auto kernels = floatKernels<kFloat>();
  kernels.push_back({{Kind::kInteger, Kind::kInteger}, Kind::kInteger, integerColumns<kInteger>});
  return kernels;
}
std::vector<VectorKernel> powerKernels() {
  auto kernels = floatKernels<std::pow>();
  kernels.push_back(
      {{Kind::kInteger, Kind::kInteger}, Kind::kFloat, floatColumns<std::int64_t, std::int64_t, std::pow>});
  return kernels;
}

double plus(double a, double b) { return a + b; }
double minus(double a, double b) { return a - b; }
double times(double a, double b) { return a * b; }
double over(double a, double b) { return a / b; }

// Adding keeps the kind of an instant, and joins the element types of lists.
Type typeOfSum(std::span<const Type> a) {
  const auto& x = a[0];
  const auto& y = a[1];
  if (x.is(TypeKind::kAny) || y.is(TypeKind::kAny)) {
    const auto& known = x.is(TypeKind::kAny) ? y : x;
    return known.is(TypeKind::kList) ? Type::list({}) : Type{};
  }
  if (x.is(TypeKind::kList) && y.is(TypeKind::kList)) return Type::list(x.element().common(y.element()));
  if (x.is(TypeKind::kList)) return Type::list(x.element().common(y));
  if (y.is(TypeKind::kList)) return Type::list(x.common(y.element()));
  if (x.is(TypeKind::kString) || y.is(TypeKind::kString)) return TypeKind::kString;
  if (x.is(TypeKind::kDuration)) return y;
  if (y.is(TypeKind::kDuration)) return x;
  if (x.is(TypeKind::kFloat) || y.is(TypeKind::kFloat)) return TypeKind::kFloat;
  return x.common(y);
}
Type typeOfDifference(std::span<const Type> a) {
  if (a[0].is(TypeKind::kAny)) return {};
  if (a[1].is(TypeKind::kDuration)) return a[0];
  if (a[0].is(TypeKind::kFloat) || a[1].is(TypeKind::kFloat)) return TypeKind::kFloat;
  if (a[1].is(TypeKind::kAny)) return a[0].is(TypeKind::kInteger) ? Type{TypeKind::kNumber} : a[0];
  return a[0].common(a[1]);
}

}  // namespace

Value joinTexts(std::string_view a, std::string_view b) {
  requireLength("string", a.size() + b.size());
  std::string joined;
  joined.reserve(a.size() + b.size());
  joined.append(a).append(b);
  return joined;
}

Value joinLists(const List& a, const List& b) {
  requireLength("list", a.size() + b.size());
  List joined;
  joined.reserve(a.size() + b.size());
  joined.insert(joined.end(), a.begin(), a.end());
  joined.insert(joined.end(), b.begin(), b.end());
  return joined;
}

std::int64_t addIntegers(std::int64_t a, std::int64_t b) {
  std::int64_t result;
  if (__builtin_add_overflow(a, b, &result)) throwOverflow("the sum " + std::to_string(a) + " + " + std::to_string(b));
  return result;
}
std::int64_t negateInteger(std::int64_t a) {
  if (a == std::numeric_limits<std::int64_t>::min()) throwOverflow("the negative of " + std::to_string(a));
  return -a;
}

std::int64_t subtractIntegers(std::int64_t a, std::int64_t b) {
  std::int64_t result;
  if (__builtin_sub_overflow(a, b, &result)) {
    throwOverflow("the difference " + std::to_string(a) + " - " + std::to_string(b));
  }
  return result;
}
std::int64_t multiplyIntegers(std::int64_t a, std::int64_t b) {
  std::int64_t result;
  if (__builtin_mul_overflow(a, b, &result)) {
    throwOverflow("the product " + std::to_string(a) + " * " + std::to_string(b));
  }
  return result;
}

Value add(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return {};
  if (areIntegers(a, b)) return addIntegers(a.integer(), b.integer());
  if (areNumbers(a, b)) return a.number() + b.number();
  if (a.is(ValueKind::kList) || b.is(ValueKind::kList)) return addToList(a, b);
  if ((a.is(ValueKind::kString) || b.is(ValueKind::kString)) && joinsText(a) && joinsText(b)) {
    return joinTexts(toStringText(a), toStringText(b));
  }
  if (b.is(ValueKind::kDuration)) {
    if (a.is(ValueKind::kDuration)) return addDurations(a.duration(), b.duration());
    if (isInstant(a)) return addDuration(a, b.duration());
  }
  if (a.is(ValueKind::kDuration) && isInstant(b)) return addDuration(b, a.duration());
  throwWrongOperand("+", a, b);
}

Value subtract(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return {};
  if (areIntegers(a, b)) return subtractIntegers(a.integer(), b.integer());
  if (areNumbers(a, b)) return a.number() - b.number();
  if (b.is(ValueKind::kDuration)) {
    const Duration negative = negateDuration(b.duration());
    if (a.is(ValueKind::kDuration)) return addDurations(a.duration(), negative);
    if (isInstant(a)) return addDuration(a, negative);
  }
  throwWrongOperand("-", a, b);
}

Value multiply(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return {};
  if (areIntegers(a, b)) return multiplyIntegers(a.integer(), b.integer());
  if (areNumbers(a, b)) return a.number() * b.number();
  if (a.is(ValueKind::kDuration) && b.isNumber()) return multiplyDuration(a.duration(), b.number());
  if (a.isNumber() && b.is(ValueKind::kDuration)) return multiplyDuration(b.duration(), a.number());
  throwWrongOperand("*", a, b);
}

Value divide(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return {};
  if (areIntegers(a, b)) return divideIntegers(a.integer(), b.integer());
  if (areNumbers(a, b)) return a.number() / b.number();
  if (a.is(ValueKind::kDuration) && b.isNumber()) {
    if (b.number() == 0) throwRuntime(ErrorType::kArithmeticError, "DivisionByZero", "a duration was divided by zero");
    return divideDuration(a.duration(), b.number());
  }
  throwWrongOperand("/", a, b);
}

Value modulo(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return {};
  if (areIntegers(a, b)) return moduloIntegers(a.integer(), b.integer());
  if (areNumbers(a, b)) return std::fmod(a.number(), b.number());
  throwWrongOperand("%", a, b);
}

Value power(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return {};
  if (areNumbers(a, b)) return std::pow(a.number(), b.number());
  throwWrongOperand("^", a, b);
}

Value negate(const Value& a) {
  if (a.isNull()) return {};
  if (a.is(ValueKind::kInteger)) return negateInteger(a.integer());
  if (a.is(ValueKind::kFloat)) return -a.floating();
  if (a.is(ValueKind::kDuration)) return negateDuration(a.duration());
  throwWrongOperand("-", a);
}

std::span<const FunctionSpec> arithmeticOperators() {
  static const FunctionSpec kTable[] = {
      {.name = "+",
       .signatures = "(a :: INTEGER, b :: INTEGER) :: INTEGER\n(a :: NUMBER, b :: NUMBER) :: FLOAT\n"
                     "(a :: STRING, b :: STRING) :: STRING\n(a :: STRING, b :: NUMBER) :: STRING\n"
                     "(a :: NUMBER, b :: STRING) :: STRING\n(a :: STRING, b :: BOOLEAN) :: STRING\n"
                     "(a :: BOOLEAN, b :: STRING) :: STRING\n(a :: STRING, b :: INSTANT) :: STRING\n"
                     "(a :: INSTANT, b :: STRING) :: STRING\n(a :: STRING, b :: DURATION) :: STRING\n"
                     "(a :: DURATION, b :: STRING) :: STRING\n(a :: LIST<ANY>, b :: ANY) :: LIST<ANY>\n"
                     "(a :: ANY, b :: LIST<ANY>) :: LIST<ANY>\n(a :: INSTANT, b :: DURATION) :: INSTANT\n"
                     "(a :: DURATION, b :: INSTANT) :: INSTANT\n(a :: DURATION, b :: DURATION) :: DURATION",
       .category = "Operator",
       .description = "The sum of numbers or of temporal values, or two strings or lists one after the other. A value "
                      "added to a list becomes its first or last element.",
       .example = "[1, 2] + 3",
       .result = "[1, 2, 3]",
       .kernel = binary<add>,
       .resultType = typeOfSum,
       .vectors = numberKernels<addIntegers, plus>()},
      {.name = "-",
       .signatures = "(a :: INTEGER, b :: INTEGER) :: INTEGER\n(a :: NUMBER, b :: NUMBER) :: FLOAT\n"
                     "(a :: INSTANT, b :: DURATION) :: INSTANT\n(a :: DURATION, b :: DURATION) :: DURATION",
       .category = "Operator",
       .description = "The difference of numbers or durations, or the instant a duration earlier.",
       .example = "5 - 7",
       .result = "-2",
       .kernel = binary<subtract>,
       .resultType = typeOfDifference,
       .vectors = numberKernels<subtractIntegers, minus>()},
      {.name = "*",
       .signatures = "(a :: INTEGER, b :: INTEGER) :: INTEGER\n(a :: FLOAT, b :: NUMBER) :: FLOAT\n"
                     "(a :: NUMBER, b :: FLOAT) :: FLOAT\n"
                     "(a :: DURATION, b :: NUMBER) :: DURATION\n(a :: NUMBER, b :: DURATION) :: DURATION",
       .category = "Operator",
       .description = "The product of numbers, or a multiple of a duration.",
       .example = "3 * 1.5",
       .result = "4.5",
       .kernel = binary<multiply>,
       .vectors = numberKernels<multiplyIntegers, times>()},
      {.name = "/",
       .signatures = "(a :: INTEGER, b :: INTEGER) :: INTEGER\n(a :: FLOAT, b :: NUMBER) :: FLOAT\n"
                     "(a :: NUMBER, b :: FLOAT) :: FLOAT\n(a :: DURATION, b :: NUMBER) :: DURATION",
       .category = "Operator",
       .description = "The quotient; of integers, cut towards zero. An integer divided by zero is an error.",
       .example = "7 / 2",
       .result = "3",
       .kernel = binary<divide>,
       .vectors = numberKernels<divideIntegers, over>()},
      {.name = "%",
       .signatures = "(a :: INTEGER, b :: INTEGER) :: INTEGER\n(a :: FLOAT, b :: NUMBER) :: FLOAT\n"
                     "(a :: NUMBER, b :: FLOAT) :: FLOAT",
       .category = "Operator",
       .description = "The remainder of the division; it has the sign of the dividend.",
       .example = "-7 % 3",
       .result = "-1",
       .kernel = binary<modulo>,
       .vectors = numberKernels<moduloIntegers, std::fmod>()},
      {.name = "^",
       .signatures = "(base :: NUMBER, exponent :: NUMBER) :: FLOAT",
       .category = "Operator",
       .description = "The power, always a float.",
       .example = "2 ^ 10",
       .result = "1024.0",
       .kernel = binary<power>,
       .vectors = powerKernels()},
      {.name = "u-",
       .signatures = "(a :: INTEGER) :: INTEGER\n(a :: FLOAT) :: FLOAT\n(a :: DURATION) :: DURATION",
       .category = "Operator",
       .description = "The negative of a number or duration.",
       .example = "-(2 + 3)",
       .result = "-5",
       .kernel = negation},
      {.name = "u+",
       .signatures = "(a :: INTEGER) :: INTEGER\n(a :: FLOAT) :: FLOAT\n(a :: DURATION) :: DURATION",
       .category = "Operator",
       .description = "The number or duration itself.",
       .example = "+(2)",
       .result = "2",
       .kernel = identity}};
  return kTable;
}

}  // namespace plexus::function
