#include "core/exec/operator/sort/row_order.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string_view>

#include "core/value/compare.h"

namespace plexus::exec {
namespace {

constexpr std::uint64_t kSign = std::uint64_t{1} << 63;
constexpr std::uint64_t kNullPrefix = ~std::uint64_t{0};  // null is last

template <typename T>
int threeWay(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

std::uint64_t floatPrefix(double d) {
  if (std::isnan(d)) return kNullPrefix - 1;
  const auto bits = std::bit_cast<std::uint64_t>(d == 0 ? 0.0 : d);
  return (bits & kSign) != 0 ? ~bits : bits | kSign;
}

std::uint64_t stringPrefix(std::string_view s) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < s.size() ? static_cast<unsigned char>(s[i]) : 0U);
  }
  return prefix;
}

}  // namespace

std::uint64_t orderPrefix(const Vector& values, std::size_t row) {
  if (values.kind() == Vector::Kind::kValue) return 0;
  if (values.isNull(row)) return kNullPrefix;
  switch (values.kind()) {
    case Vector::Kind::kBoolean:
      return values.data<std::uint8_t>()[row];
    case Vector::Kind::kInteger:
      return static_cast<std::uint64_t>(values.data<std::int64_t>()[row]) ^ kSign;
    case Vector::Kind::kFloat:
      return floatPrefix(values.data<double>()[row]);
    case Vector::Kind::kString:
      return stringPrefix(values.data<std::string_view>()[row]);
    case Vector::Kind::kNode:
      return values.data<NodeId>()[row];
    default:
      return 0;
  }
}

int compareAt(const Vector& a, std::size_t i, const Vector& b, std::size_t j) {
  const bool typed = a.kind() == b.kind() && a.kind() != Vector::Kind::kValue;
  if (typed && !a.isNull(i) && !b.isNull(j)) {
    switch (a.kind()) {
      case Vector::Kind::kBoolean:
        return threeWay(a.data<std::uint8_t>()[i], b.data<std::uint8_t>()[j]);
      case Vector::Kind::kInteger:
        return threeWay(a.data<std::int64_t>()[i], b.data<std::int64_t>()[j]);
      case Vector::Kind::kString:
        return a.data<std::string_view>()[i].compare(b.data<std::string_view>()[j]);
      case Vector::Kind::kNode:
        return threeWay(a.data<NodeId>()[i], b.data<NodeId>()[j]);
      default:
        break;
    }
  }
  const auto o = a.kind() == Vector::Kind::kValue && b.kind() == Vector::Kind::kValue
                     ? order(a.data<Value>()[i], b.data<Value>()[j])
                     : order(a.value(i), b.value(j));
  return o < 0 ? -1 : o > 0 ? 1 : 0;
}

std::uint64_t RowOrder::prefix(const Vector& values, std::size_t row) const {
  const std::uint64_t ascending = orderPrefix(values, row);
  return keys_.front().descending ? ~ascending : ascending;
}

int RowOrder::compare(const RowStore& a, std::size_t i, const RowStore& b, std::size_t j) const {
  for (const OrderKey& key : keys_) {
    const int c = compareAt(*a.column(key.column), i, *b.column(key.column), j);
    if (c != 0) return key.descending ? -c : c;
  }
  return 0;
}

std::vector<RowOrder::Entry> RowOrder::entries(const RowStore& rows) const {
  std::vector<Entry> entries(rows.rows());
  const Vector* first = rows.column(keys_.front().column);
  for (RowIndex row = 0; row < entries.size(); ++row) entries[row] = {prefix(*first, row), row};
  return entries;
}

Selection RowOrder::sorted(const RowStore& rows, std::size_t limit) const {
  limit = std::min(limit, rows.rows());
  Selection result(limit);
  if (limit == 0) return result;
  auto all = entries(rows);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(limit);
  if (limit < all.size()) std::nth_element(all.begin(), middle - 1, all.end(), before(rows));
  std::sort(all.begin(), middle, before(rows));
  for (std::size_t i = 0; i < limit; ++i) result[i] = all[i].second;
  return result;
}

Selection RowOrder::first(const RowStore& rows, std::size_t limit) const {
  limit = std::min(limit, rows.rows());
  Selection result(limit);
  if (limit == 0) return result;
  auto all = entries(rows);
  if (limit < all.size()) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit - 1), all.end(), before(rows));
  }
  for (std::size_t i = 0; i < limit; ++i) result[i] = all[i].second;
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace plexus::exec
