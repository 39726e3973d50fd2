// core/value/compare.h: Cypher's three relations between values (CIP2016-06-14). They differ on purpose.
//
//   equality      `=`, `<>`, IN: three-valued; null or a null inside makes it unknown; 1 = 1.0; NaN <> NaN.
//   comparability `<`, `<=`...: three-valued; unknown between types that have no common order.
//   orderability  ORDER BY, min, max: total over all values; ascending
//                 map < node < relationship < list < path < date-time kinds < string < boolean < number < NaN < null.
//   equivalence   DISTINCT, grouping, UNION: two-valued; null ~ null, NaN ~ NaN, 1 ~ 1.0.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "core/value/value.h"

namespace plexus {

// true, false, or nothing for null.
using Ternary = std::optional<bool>;

Ternary equal(const Value& a, const Value& b);
// The order of a and b if they are comparable, unordered if one is NaN, nothing otherwise (null, different types).
std::optional<std::partial_ordering> compare(const Value& a, const Value& b);
// Total order.
std::weak_ordering order(const Value& a, const Value& b);
bool equivalent(const Value& a, const Value& b);
// Equal for equivalent values. Of 64 well-mixed bits.
std::uint64_t hash(const Value& v);

struct ValueHash {
  std::size_t operator()(const Value& v) const { return hash(v); }
};
struct ValueEquivalent {
  bool operator()(const Value& a, const Value& b) const { return equivalent(a, b); }
};

}  // namespace plexus
