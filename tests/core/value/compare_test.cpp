#include "core/value/compare.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "core/value/temporal_text.h"

namespace plexus {
namespace {

const double kNan = std::numeric_limits<double>::quiet_NaN();
const Value kNull;

Map map(std::vector<MapEntry> entries) { return Map{std::move(entries)}; }
DateTime utc(std::int64_t second) { return {second, 0, 0, ""}; }

// In ascending order; each differs from all others.
std::vector<Value> allInOrder() {
  return {map({}),
          map({{"a", 1}}),
          map({{"a", 2}}),
          map({{"b", 1}}),
          map({{"a", 1}, {"b", 0}}),
          Value::node(1),
          Value::node(2),
          Relationship{0, 1, 3, 0},
          Relationship{0, 1, 0, 1},
          List{},
          List{1},
          List{1, kNull},
          List{2},
          List{kNull},
          Path{{1}, {}},
          Path{{1, 2}, {Relationship{1, 2, 0, 0}}},
          Point{7203, 1, 2, kNan},
          utc(0),
          DateTime{0, 0, 3600, ""},
          utc(1),
          LocalDateTime{0, 1},
          Date{0},
          Time{3600 * kNanosPerSecond, 3600},
          Time{7200 * kNanosPerSecond, 3600},
          LocalTime{1},
          Duration{0, 30, 0, 0},
          Duration{1, 0, 0, 0},
          "",
          "a",
          "b",
          "ä",
          false,
          true,
          -std::numeric_limits<double>::infinity(),
          std::numeric_limits<std::int64_t>::min(),
          -1.5,
          0,
          1,
          1.5,
          std::int64_t{9007199254740992},
          std::int64_t{9007199254740993},
          std::numeric_limits<std::int64_t>::max(),
          9223372036854775808.0,
          std::numeric_limits<double>::infinity(),
          kNan,
          kNull};
}

TEST(Order, IsTotalAcrossAllTypes) {
  const auto values = allInOrder();
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      EXPECT_EQ(order(values[i], values[j]), i <=> j) << i << " and " << j;
      EXPECT_EQ(equivalent(values[i], values[j]), i == j) << i << " and " << j;
    }
  }
}

TEST(Hash, AgreesWithEquivalence) {
  const auto values = allInOrder();
  for (const Value& a : values) {
    for (const Value& b : values) EXPECT_EQ(hash(a) == hash(b), equivalent(a, b));
  }
  EXPECT_EQ(hash(1), hash(1.0));
  EXPECT_EQ(hash(0.0), hash(-0.0));
  EXPECT_EQ(hash(List{1, 2.0}), hash(List{1.0, 2}));
  EXPECT_EQ(hash(map({{"a", 1}, {"b", 2}})), hash(map({{"b", 2}, {"a", 1}})));
  EXPECT_EQ(hash(std::numeric_limits<double>::quiet_NaN()), hash(-kNan));
}

TEST(Equal, IsThreeValued) {
  EXPECT_EQ(equal(1, 1.0), Ternary{true});
  EXPECT_EQ(equal(1, "1"), Ternary{false});
  EXPECT_EQ(equal(kNull, kNull), Ternary{});
  EXPECT_EQ(equal(kNan, kNan), Ternary{false});
  EXPECT_EQ(equal(List{1, kNull}, List{1, 2}), Ternary{});
  EXPECT_EQ(equal(List{1, kNull}, List{2, 2}), Ternary{false});
  EXPECT_EQ(equal(List{kNull}, List{1, 2}), Ternary{false});
  EXPECT_EQ(equal(map({{"k", kNull}}), map({{"k", 1}})), Ternary{});
  EXPECT_EQ(equal(map({{"k", kNull}}), map({})), Ternary{false});
  EXPECT_EQ(equal(map({{"k", 1}, {"l", 2}}), map({{"l", 2}, {"k", 1}})), Ternary{true});
  EXPECT_EQ(equal(Value::node(1), Value::node(1)), Ternary{true});
  EXPECT_EQ(equal(Duration{12, 0, 0, 0}, Duration{12, 0, 0, 0}), Ternary{true});
  EXPECT_EQ(equal(Duration{0, 1, 0, 0}, Duration{0, 0, 86400, 0}), Ternary{false});
}

TEST(Equal, NeverRoundsIntegers) {
  EXPECT_EQ(equal(std::int64_t{4611686018427387905}, std::int64_t{4611686018427387900}), Ternary{false});
  EXPECT_EQ(equal(std::int64_t{9007199254740993}, 9007199254740992.0), Ternary{false});
  EXPECT_EQ(equal(std::numeric_limits<std::int64_t>::max(), 9223372036854775808.0), Ternary{false});
  EXPECT_EQ(equal(std::numeric_limits<std::int64_t>::min(), -9223372036854775808.0), Ternary{true});
}

TEST(Compare, OnlyWithinAKind) {
  EXPECT_EQ(compare(1, 1.5).value(), std::partial_ordering::less);
  EXPECT_EQ(compare(1, "a"), std::nullopt);
  EXPECT_EQ(compare(kNull, 1), std::nullopt);
  EXPECT_EQ(compare(kNan, 1).value(), std::partial_ordering::unordered);
  EXPECT_EQ(compare(List{1, 0}, List{1}).value(), std::partial_ordering::greater);
  EXPECT_EQ(compare(List{1, "a"}, List{1, kNull}), std::nullopt);
  EXPECT_EQ(compare(List{1, 2}, List{3, kNull}).value(), std::partial_ordering::less);
  EXPECT_EQ(compare(Duration{}, Duration{}), std::nullopt);
  EXPECT_EQ(compare(Date{0}, LocalDateTime{0, 0}), std::nullopt);
  EXPECT_EQ(compare(Time{0, 3600}, Time{0, 0}).value(), std::partial_ordering::less);
}

}  // namespace
}  // namespace plexus
