// core/function/integer_range.h: what range(first, last, step) lists, without the list.
#pragma once

#include <cstdint>
#include <span>

#include "core/value/value.h"

namespace plexus::function {

class IntegerRange {
 public:
  // Of range()'s two or three arguments, none of them null. Throws Error{ArgumentError} for what is no INTEGER, or a
  // step of 0.
  static IntegerRange of(std::span<const Value> arguments);

  std::int64_t first() const { return first_; }
  bool isEmpty() const { return empty_; }
  // Of a range that is not empty: places run from 0 to the last, which may be 2^64 - 1.
  std::uint64_t lastPlace() const { return lastPlace_; }
  // In unsigned arithmetic: differences may pass 2^63.
  std::int64_t at(std::uint64_t place) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(first_) + place * static_cast<std::uint64_t>(step_));
  }

 private:
  std::int64_t first_ = 0, step_ = 1;
  bool empty_ = true;
  std::uint64_t lastPlace_ = 0;
};

}  // namespace plexus::function
