// core/plan/order/cost.h: what operators cost, in units of about the handling of one row (a few nanoseconds).
#pragma once

#include <cmath>

namespace plexus::plan::cost {

inline double scan(double rows) { return rows; }
// Random access a row, then what is found.
inline double seek(double inputs, double rows) { return 5 * inputs + rows; }
inline double filter(double rows, double predicates) { return rows * predicates; }
// `touched`: relationships met, `rows`: those that are left.
inline double expand(double inputs, double touched, double rows) { return 2 * inputs + touched + 0.5 * rows; }
// A binary search in a list of `fanOut` neighbours for each row.
inline double expandInto(double inputs, double fanOut) { return inputs * (3 + std::log2(1 + fanOut)); }
// The shortest list is walked, the others are galloped through.
inline double intersect(double inputs, double lists, double shortest, double rows) {
  return inputs * lists * (2 + shortest) + rows;
}
inline double hashJoin(double probe, double build, double rows) { return 3 * probe + 6 * build + rows; }
inline double product(double left, double right) { return left * (1 + right); }

}  // namespace plexus::plan::cost
