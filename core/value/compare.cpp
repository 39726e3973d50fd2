#include "core/value/compare.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string_view>

namespace plexus {
namespace {

using std::partial_ordering;
using std::weak_ordering;

constexpr double kTwoTo63 = 9223372036854775808.0;

// Exact: a large integer is never rounded to a double.
partial_ordering compareNumbers(std::int64_t a, double b) {
  if (std::isnan(b)) return partial_ordering::unordered;
  if (b >= kTwoTo63) return partial_ordering::less;
  if (b < -kTwoTo63) return partial_ordering::greater;
  const auto whole = static_cast<std::int64_t>(b);  // towards zero
  if (a != whole) return a <=> whole;
  return 0.0 <=> (b - static_cast<double>(whole));
}

partial_ordering reversed(partial_ordering o) { return 0 <=> o; }

partial_ordering compareNumbers(const Value& a, const Value& b) {
  const bool integerA = a.is(ValueKind::kInteger);
  const bool integerB = b.is(ValueKind::kInteger);
  if (integerA && integerB) return a.integer() <=> b.integer();
  if (integerA) return compareNumbers(a.integer(), b.floating());
  if (integerB) return reversed(compareNumbers(b.integer(), a.floating()));
  return a.floating() <=> b.floating();
}

weak_ordering compareStrings(std::string_view a, std::string_view b) {
  const int c = a.compare(b);
  return c < 0 ? weak_ordering::less : c > 0 ? weak_ordering::greater : weak_ordering::equivalent;
}

// Times with zones: by instant; among equal instants by offset, then zone, so that only identical ones are equal.
std::strong_ordering compareTimes(Time a, Time b) {
  const auto instant = [](Time t) { return t.nanoOfDay - t.offsetSeconds * kNanosPerSecond; };
  if (const auto o = instant(a) <=> instant(b); o != 0) return o;
  return a.offsetSeconds <=> b.offsetSeconds;
}

std::strong_ordering compareDateTimes(const DateTime& a, const DateTime& b) {
  if (const auto o = a.epochSecond <=> b.epochSecond; o != 0) return o;
  if (const auto o = a.nano <=> b.nano; o != 0) return o;
  if (const auto o = a.offsetSeconds <=> b.offsetSeconds; o != 0) return o;
  const int zone = a.zone.compare(b.zone);
  return zone <=> 0;
}

// Durations have no natural order; this one is by length with average months (Gregorian: 146,097 days in 4,800 months).
std::strong_ordering orderDurations(const Duration& a, const Duration& b) {
  constexpr std::int64_t kAverageMonth = 2'629'746;  // seconds
  __extension__ using Wide = __int128;
  const auto length = [](const Duration& d) {
    const Wide seconds = Wide{d.months} * kAverageMonth + Wide{d.days} * kSecondsPerDay + d.seconds;
    return seconds * kNanosPerSecond + d.nanos;
  };
  const Wide x = length(a), y = length(b);
  if (x != y) return x < y ? std::strong_ordering::less : std::strong_ordering::greater;
  if (const auto o = a.months <=> b.months; o != 0) return o;
  return a.days <=> b.days;
}

// Of two temporal values of the same kind (not durations).
std::strong_ordering compareTemporal(const Value& a, const Value& b) {
  switch (a.kind()) {
    case ValueKind::kDate:
      return a.date() <=> b.date();
    case ValueKind::kLocalTime:
      return a.localTime() <=> b.localTime();
    case ValueKind::kTime:
      return compareTimes(a.time(), b.time());
    case ValueKind::kLocalDateTime:
      return a.localDateTime() <=> b.localDateTime();
    default:
      return compareDateTimes(a.dateTime(), b.dateTime());
  }
}

Ternary equalLists(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  bool unknown = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Ternary same = equal(a[i], b[i]);
    if (!same) unknown = true;
    if (same && !*same) return false;
  }
  return unknown ? Ternary{} : true;
}

Ternary equalMaps(const Map& a, const Map& b) {
  if (a.size() != b.size()) return false;
  for (const auto& [key, value] : a.entries()) {
    if (!b.find(key)) return false;
  }
  bool unknown = false;
  for (const auto& [key, value] : a.entries()) {
    const Ternary same = equal(value, *b.find(key));
    if (!same) unknown = true;
    if (same && !*same) return false;
  }
  return unknown ? Ternary{} : true;
}

bool equalPoints(const Point& a, const Point& b) {
  return a.srid == b.srid && a.x == b.x && a.y == b.y && (!a.is3D() || a.z == b.z);
}

bool equalPaths(const Path& a, const Path& b) { return a.nodes == b.nodes && a.relationships == b.relationships; }

// Of two values of the same kind that has no parts which could be null, and is no number.
bool equalScalars(const Value& a, const Value& b) {
  switch (a.kind()) {
    case ValueKind::kBoolean:
      return a.boolean() == b.boolean();
    case ValueKind::kString:
      return a.string() == b.string();
    case ValueKind::kNode:
      return a.node() == b.node();
    case ValueKind::kRelationship:
      return a.relationship() == b.relationship();
    case ValueKind::kPath:
      return equalPaths(a.path(), b.path());
    case ValueKind::kDuration:
      return a.duration() == b.duration();
    case ValueKind::kPoint:
      return equalPoints(a.point(), b.point());
    default:
      return compareTemporal(a, b) == 0;
  }
}

std::optional<partial_ordering> compareLists(const List& a, const List& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    const auto o = compare(a[i], b[i]);
    if (!o || *o != 0) return o;
  }
  return partial_ordering{a.size() <=> b.size()};
}

// Position of a kind in the order across types, ascending.
int rank(ValueKind kind) {
  switch (kind) {
    case ValueKind::kMap:
      return 0;
    case ValueKind::kNode:
      return 1;
    case ValueKind::kRelationship:
      return 2;
    case ValueKind::kList:
      return 3;
    case ValueKind::kPath:
      return 4;
    case ValueKind::kPoint:
      return 5;
    case ValueKind::kDateTime:
      return 6;
    case ValueKind::kLocalDateTime:
      return 7;
    case ValueKind::kDate:
      return 8;
    case ValueKind::kTime:
      return 9;
    case ValueKind::kLocalTime:
      return 10;
    case ValueKind::kDuration:
      return 11;
    case ValueKind::kString:
      return 12;
    case ValueKind::kBoolean:
      return 13;
    case ValueKind::kInteger:
    case ValueKind::kFloat:
      return 14;
    case ValueKind::kNull:
      return 15;
  }
  return 16;
}

// NaN is larger than all numbers.
weak_ordering orderNumbers(const Value& a, const Value& b) {
  const partial_ordering o = compareNumbers(a, b);
  if (o == partial_ordering::less) return weak_ordering::less;
  if (o == partial_ordering::greater) return weak_ordering::greater;
  if (o == partial_ordering::equivalent) return weak_ordering::equivalent;
  const auto isNan = [](const Value& v) { return v.is(ValueKind::kFloat) && std::isnan(v.floating()); };
  return isNan(a) <=> isNan(b);
}

weak_ordering orderLists(const List& a, const List& b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto o = order(a[i], b[i]); o != 0) return o;
  }
  return a.size() <=> b.size();
}

std::vector<const MapEntry*> sortedEntries(const Map& map) {
  std::vector<const MapEntry*> entries;
  for (const MapEntry& entry : map.entries()) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](auto* a, auto* b) { return a->first < b->first; });
  return entries;
}

// By size, then keys in their order, then the values in the order of the keys.
weak_ordering orderMaps(const Map& a, const Map& b) {
  if (const auto o = a.size() <=> b.size(); o != 0) return o;
  const auto x = sortedEntries(a), y = sortedEntries(b);
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (const auto o = compareStrings(x[i]->first, y[i]->first); o != 0) return o;
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (const auto o = order(x[i]->second, y[i]->second); o != 0) return o;
  }
  return weak_ordering::equivalent;
}

weak_ordering orderRelationships(const Relationship& a, const Relationship& b) { return a.number() <=> b.number(); }

weak_ordering orderPaths(const Path& a, const Path& b) {
  const std::size_t common = std::min(a.nodes.size(), b.nodes.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (const auto o = a.nodes[i] <=> b.nodes[i]; o != 0) return o;
    if (i + 1 >= common) break;
    if (const auto o = orderRelationships(a.relationships[i], b.relationships[i]); o != 0) return o;
  }
  return a.nodes.size() <=> b.nodes.size();
}

weak_ordering orderPoints(const Point& a, const Point& b) {
  const auto ordered = [](double x, double y) { return orderNumbers(Value{x}, Value{y}); };
  if (const auto o = a.srid <=> b.srid; o != 0) return o;
  if (const auto o = ordered(a.x, b.x); o != 0) return o;
  if (const auto o = ordered(a.y, b.y); o != 0) return o;
  return a.is3D() ? ordered(a.z, b.z) : weak_ordering::equivalent;
}

std::uint64_t mix(std::uint64_t x) {  // splitmix64's finaliser
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

std::uint64_t combine(std::uint64_t seed, std::uint64_t h) { return mix(seed ^ (h * 0x9DDFEA08EB382D69)); }

std::uint64_t hashInteger(std::int64_t i) { return mix(static_cast<std::uint64_t>(i)); }

// A float that is a whole number hashes like that integer, since they are equivalent.
std::uint64_t hashFloat(double d) {
  if (std::isnan(d)) return mix(0x7FF8000000000000);
  if (d >= -kTwoTo63 && d < kTwoTo63 && d == std::trunc(d)) return hashInteger(static_cast<std::int64_t>(d));
  return combine(1, std::bit_cast<std::uint64_t>(d));
}

std::uint64_t hashString(std::string_view s) { return mix(std::hash<std::string_view>{}(s)); }

std::uint64_t hashMap(const Map& map) {
  std::uint64_t sum = map.size();  // a sum, so that the order of keys does not matter
  for (const auto& [key, value] : map.entries()) sum += combine(hashString(key), hash(value));
  return mix(sum);
}

std::uint64_t hashPath(const Path& path) {
  std::uint64_t h = path.nodes.size();
  for (const NodeId node : path.nodes) h = combine(h, node);
  for (const Relationship& r : path.relationships) h = combine(h, static_cast<std::uint64_t>(r.number()));
  return h;
}

std::uint64_t hashDateTime(const DateTime& t) {
  return combine(combine(hashInteger(t.epochSecond), static_cast<std::uint64_t>(t.nano)),
                 combine(static_cast<std::uint64_t>(t.offsetSeconds), hashString(t.zone)));
}

std::uint64_t hashDuration(const Duration& d) {
  return combine(combine(hashInteger(d.months), hashInteger(d.days)),
                 combine(hashInteger(d.seconds), static_cast<std::uint64_t>(d.nanos)));
}

std::uint64_t hashPoint(const Point& p) {
  const std::uint64_t xy = combine(hashFloat(p.x), hashFloat(p.y));
  return combine(combine(static_cast<std::uint64_t>(p.srid), xy), p.is3D() ? hashFloat(p.z) : 0);
}

std::uint64_t hashContents(const Value& v) {
  switch (v.kind()) {
    case ValueKind::kBoolean:
      return v.boolean() ? 2 : 1;
    case ValueKind::kString:
      return hashString(v.string());
    case ValueKind::kList: {
      std::uint64_t h = v.list().size();
      for (const Value& element : v.list()) h = combine(h, hash(element));
      return h;
    }
    case ValueKind::kMap:
      return hashMap(v.map());
    case ValueKind::kNode:
      return v.node();
    case ValueKind::kRelationship:
      return static_cast<std::uint64_t>(v.relationship().number());
    case ValueKind::kPath:
      return hashPath(v.path());
    case ValueKind::kDate:
      return hashInteger(v.date().epochDay);
    case ValueKind::kLocalTime:
      return hashInteger(v.localTime().nanoOfDay);
    case ValueKind::kTime:
      return combine(hashInteger(v.time().nanoOfDay), static_cast<std::uint64_t>(v.time().offsetSeconds));
    case ValueKind::kLocalDateTime:
      return combine(hashInteger(v.localDateTime().epochSecond), static_cast<std::uint64_t>(v.localDateTime().nano));
    case ValueKind::kDateTime:
      return hashDateTime(v.dateTime());
    case ValueKind::kDuration:
      return hashDuration(v.duration());
    case ValueKind::kPoint:
      return hashPoint(v.point());
    default:
      return 0;
  }
}

}  // namespace

Ternary equal(const Value& a, const Value& b) {
  if (a.isNull() || b.isNull()) return std::nullopt;
  if (a.isNumber() && b.isNumber()) return compareNumbers(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  if (a.is(ValueKind::kList)) return equalLists(a.list(), b.list());
  if (a.is(ValueKind::kMap)) return equalMaps(a.map(), b.map());
  return equalScalars(a, b);
}

std::optional<partial_ordering> compare(const Value& a, const Value& b) {
  if (a.isNumber() && b.isNumber()) return compareNumbers(a, b);
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case ValueKind::kBoolean:
      return partial_ordering{a.boolean() <=> b.boolean()};
    case ValueKind::kString:
      return partial_ordering{compareStrings(a.string(), b.string())};
    case ValueKind::kList:
      return compareLists(a.list(), b.list());
    case ValueKind::kDate:
    case ValueKind::kLocalTime:
    case ValueKind::kTime:
    case ValueKind::kLocalDateTime:
    case ValueKind::kDateTime:
      return partial_ordering{compareTemporal(a, b)};
    default:
      return std::nullopt;
  }
}

weak_ordering order(const Value& a, const Value& b) {
  if (const auto o = rank(a.kind()) <=> rank(b.kind()); o != 0) return o;
  switch (a.kind()) {
    case ValueKind::kNull:
      return weak_ordering::equivalent;
    case ValueKind::kBoolean:
      return a.boolean() <=> b.boolean();
    case ValueKind::kInteger:
    case ValueKind::kFloat:
      return orderNumbers(a, b);
    case ValueKind::kString:
      return compareStrings(a.string(), b.string());
    case ValueKind::kList:
      return orderLists(a.list(), b.list());
    case ValueKind::kMap:
      return orderMaps(a.map(), b.map());
    case ValueKind::kNode:
      return a.node() <=> b.node();
    case ValueKind::kRelationship:
      return orderRelationships(a.relationship(), b.relationship());
    case ValueKind::kPath:
      return orderPaths(a.path(), b.path());
    case ValueKind::kDuration:
      return orderDurations(a.duration(), b.duration());
    case ValueKind::kPoint:
      return orderPoints(a.point(), b.point());
    default:
      return compareTemporal(a, b);
  }
}

bool equivalent(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return a.isNumber() && b.isNumber() && compareNumbers(a, b) == 0;
  switch (a.kind()) {
    case ValueKind::kNull:
      return true;
    case ValueKind::kInteger:
      return a.integer() == b.integer();
    case ValueKind::kFloat:
      return orderNumbers(a, b) == 0;
    case ValueKind::kList:
      return std::equal(a.list().begin(), a.list().end(), b.list().begin(), b.list().end(), equivalent);
    case ValueKind::kMap:
      return a.map().size() == b.map().size() &&
             std::all_of(a.map().entries().begin(), a.map().entries().end(), [&](const MapEntry& entry) {
               const Value* other = b.map().find(entry.first);
               return other && equivalent(entry.second, *other);
             });
    case ValueKind::kPoint:
      return orderPoints(a.point(), b.point()) == 0;
    default:
      return equalScalars(a, b);
  }
}

std::uint64_t hash(const Value& v) {
  if (v.is(ValueKind::kInteger)) return hashInteger(v.integer());
  if (v.is(ValueKind::kFloat)) return hashFloat(v.floating());
  return combine(0x100 + static_cast<std::uint64_t>(v.kind()), hashContents(v));
}

}  // namespace plexus
