#include "core/function/integer_range.h"

#include <fmt/format.h>

#include "core/function/kernel.h"

namespace plexus::function {
namespace {

std::int64_t integerOf(const Value& v) {
  if (v.is(ValueKind::kInteger)) return v.integer();
  throwArgument("InvalidArgumentType", fmt::format("range() wants INTEGERs, but was given {}", describe(v)));
}

}  // namespace

IntegerRange IntegerRange::of(std::span<const Value> arguments) {
  IntegerRange range;
  range.first_ = integerOf(arguments[0]);
  const std::int64_t last = integerOf(arguments[1]);
  if (arguments.size() > 2) range.step_ = integerOf(arguments[2]);
  if (range.step_ == 0) throwArgument("NumberOutOfRange", "the step of range() must not be zero");
  const bool up = range.step_ > 0;
  range.empty_ = up ? range.first_ > last : range.first_ < last;
  const auto from = static_cast<std::uint64_t>(range.first_), to = static_cast<std::uint64_t>(last);
  const auto step = static_cast<std::uint64_t>(range.step_);
  if (!range.empty_) range.lastPlace_ = (up ? to - from : from - to) / (up ? step : 0 - step);
  return range;
}

}  // namespace plexus::function
