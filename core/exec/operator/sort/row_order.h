// core/exec/operator/sort/row_order.h: ORDER BY over stored rows.
//
// The first key of a row is also kept as a 64-bit prefix whose unsigned order agrees with the key's: most comparisons
// end there. Ties go to the row that came first.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/exec/run/row_store.h"

namespace plexus::exec {

struct OrderKey {
  ColumnIndex column;
  bool descending;
};

// An order-preserving prefix of a value in an ascending order; values with equal prefixes may still differ.
std::uint64_t orderPrefix(const Vector& values, std::size_t row);
// < 0, 0, > 0 as core/value/compare.h orders a[i] and b[j].
int compareAt(const Vector& a, std::size_t i, const Vector& b, std::size_t j);

class RowOrder {
 public:
  explicit RowOrder(std::vector<OrderKey> keys) : keys_{std::move(keys)} {}
  const std::vector<OrderKey>& keys() const { return keys_; }

  // The prefix of the first key as it is compared: that of a descending key is turned over. The same for all values of
  // an untyped vector.
  std::uint64_t prefix(const Vector& values, std::size_t row) const;
  // Rows of one or two stores of the same width.
  int compare(const RowStore& a, std::size_t i, const RowStore& b, std::size_t j) const;
  // The first `limit` rows of the store in order (all of them if there are fewer).
  Selection sorted(const RowStore& rows, std::size_t limit) const;
  // Which rows come first, `limit` of them, but in order of their numbers.
  Selection first(const RowStore& rows, std::size_t limit) const;

 private:
  using Entry = std::pair<std::uint64_t, RowIndex>;
  std::vector<Entry> entries(const RowStore& rows) const;
  auto before(const RowStore& rows) const {
    return [this, &rows](const Entry& a, const Entry& b) {
      if (a.first != b.first) return a.first < b.first;
      const int c = compare(rows, a.second, rows, b.second);
      return c != 0 ? c < 0 : a.second < b.second;
    };
  }
  std::vector<OrderKey> keys_;
};

}  // namespace plexus::exec
