#include <algorithm>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/function/registry.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

// The aggregate of these rows' first argument; `more` are further arguments.
std::string aggregate(std::string_view name, const List& values, const List& more = {}) {
  const auto state = findAggregate(name)->make();
  try {
    for (const Value& v : values) {
      List arguments{v};
      arguments.insert(arguments.end(), more.begin(), more.end());
      state->add(arguments, 1);
    }
    return toCypherText(state->finish());
  } catch (const Error& error) {
    return std::string{plexus::name(error.type())} + ": " + std::string{error.detail()};
  }
}

TEST(Aggregates, OfNothing) {
  EXPECT_EQ(aggregate("count", {}), "0");
  EXPECT_EQ(aggregate("SUM", {}), "0");
  EXPECT_EQ(aggregate("avg", {}), "null");
  EXPECT_EQ(aggregate("min", {}), "null");
  EXPECT_EQ(aggregate("max", {Value{}}), "null");
  EXPECT_EQ(aggregate("collect", {Value{}}), "[]");
  EXPECT_EQ(aggregate("stDev", {}), "null");
  EXPECT_EQ(aggregate("percentileCont", {Value{}}, {0.5}), "null");
}

TEST(Aggregates, SumsStayIntegersUntilAFloatComes) {
  EXPECT_EQ(aggregate("sum", {1, Value{}, 2}), "3");
  EXPECT_EQ(aggregate("sum", {1, 2.5}), "3.5");
  EXPECT_EQ(aggregate("sum", {1e16, 1.0, -1e16}), "1.0");
  EXPECT_EQ(aggregate("sum", {std::numeric_limits<std::int64_t>::max(), 1, -1}), "9223372036854775807");
  EXPECT_EQ(aggregate("sum", {std::numeric_limits<std::int64_t>::max(), 1}), "9.223372036854776E18");
  EXPECT_EQ(aggregate("sum", {1, "a"}), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(aggregate("sum", {1, Duration{0, 1, 0, 0}}), "TypeError: InvalidArgumentValue");
}

TEST(Aggregates, Durations) {
  const Duration day{0, 1, 0, 0};
  const Duration hours{0, 0, 7200, 0};
  EXPECT_EQ(aggregate("sum", {day, hours}), "P1DT2H");
  EXPECT_EQ(aggregate("avg", {day, hours}), "PT13H");
}

TEST(Aggregates, ExtremesFollowTheOrderOfAllValues) {
  EXPECT_EQ(aggregate("min", {3, 1.5, Value{}}), "1.5");
  EXPECT_EQ(aggregate("max", {3, "a", List{1}}), "3");
  EXPECT_EQ(aggregate("min", {3, "a", List{1}}), "[1]");
}

TEST(Aggregates, Percentiles) {
  EXPECT_EQ(aggregate("percentileDisc", {10, 20, 30}, {0.0}), "10");
  EXPECT_EQ(aggregate("percentileDisc", {10, 20, 30}, {0.5}), "20");
  EXPECT_EQ(aggregate("percentileDisc", {10, 20, 30}, {1.0}), "30");
  EXPECT_EQ(aggregate("percentileCont", {10, 20, 40}, {0.25}), "15.0");
  EXPECT_EQ(aggregate("percentileCont", {10, 20}, {1000}), "ArgumentError: NumberOutOfRange");
  EXPECT_EQ(aggregate("percentileCont", {10, 20}, {-1}), "ArgumentError: NumberOutOfRange");
}

// Split over two workers, with multiplicities, and column by column: the same result.
TEST(Aggregates, AnyRoadGivesTheSame) {
  const std::vector<std::int64_t> data{5, -3, 8, 8, 0, 12, 7};
  std::vector<std::uint32_t> rows(data.size());
  std::iota(rows.begin(), rows.end(), 0);
  const std::vector<std::uint64_t> multiplicities{1, 2, 1, 3, 1, 1, 2};
  Vector column{Vector::Kind::kInteger, data.size()};
  for (std::size_t i = 0; i < data.size(); ++i) column.set(i, data[i]);
  column.setNull(4);
  for (const AggregateEntry* entry : aggregates()) {
    if (entry->signature.front().minArguments() != 1) continue;
    const auto single = entry->make();
    const auto first = entry->make(), second = entry->make();
    const auto columnar = entry->make();
    for (std::size_t i = 0; i < data.size(); ++i) {
      const Value value = column.value(i);
      for (std::uint64_t n = 0; n < multiplicities[i]; ++n) single->add({&value, 1}, 1);
      (i < 3 ? first : second)->add({&value, 1}, multiplicities[i]);
    }
    first->merge(*second);
    columnar->addColumn(column, rows, multiplicities);
    const Value expected = single->finish();
    for (const Value& value : {columnar->finish(), first->finish()}) {
      if (expected.is(ValueKind::kFloat)) {
        EXPECT_NEAR(value.floating(), expected.floating(), 1e-12) << entry->name;
      } else {
        EXPECT_EQ(toCypherText(value), toCypherText(expected)) << entry->name;
      }
    }
  }
}

}  // namespace
}  // namespace plexus::function
