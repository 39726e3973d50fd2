#include "core/exec/run/group_table.h"

#include <limits>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/value/compare.h"

namespace plexus::exec {
namespace {

using Numbers = std::vector<std::uint32_t>;

Column columnOf(const std::vector<Value>& values, Vector::Kind kind = Vector::Kind::kValue) {
  auto vector = std::make_shared<Vector>(kind, values.size());
  for (std::size_t i = 0; i < values.size(); ++i) vector->set(i, values[i]);
  return {std::move(vector), nullptr};
}

Numbers assign(GroupTable& table, const std::vector<Column>& keys, std::size_t rows) {
  Numbers groups;
  table.assign(keys, rows, groups);
  return groups;
}

TEST(GroupTable, NumbersGroupsInOrderOfAppearance) {
  GroupTable table{1};
  EXPECT_EQ((Numbers{0, 1, 0, 2}), assign(table, {columnOf({"b", "a", "b", Value{}})}, 4));
  EXPECT_EQ((Numbers{1, 3, 2}), assign(table, {columnOf({"a", "c", Value{}}, Vector::Kind::kString)}, 3));
  EXPECT_EQ(4U, table.size());
  const Column keys = table.keys(0, 0, 4);
  EXPECT_EQ("b", keys.value(0).string());
  EXPECT_TRUE(keys.isNull(2));
  EXPECT_EQ("c", keys.value(3).string());
}

TEST(GroupTable, KeepsToEquivalenceAcrossKindsOfVectors) {
  GroupTable table{1};
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ((Numbers{0, 1}), assign(table, {columnOf({1, 2}, Vector::Kind::kInteger)}, 2));
  EXPECT_EQ((Numbers{0, 2, 2}), assign(table, {columnOf({1.0, nan, nan}, Vector::Kind::kFloat)}, 3));
  EXPECT_EQ((Numbers{1, 3, 3, 2}), assign(table, {columnOf({2, "2", "2", nan})}, 4));
}

TEST(GroupTable, TakesNodesTypedOrNot) {
  GroupTable table{1};
  EXPECT_EQ((Numbers{0, 1, 0}),
            assign(table, {columnOf({Value::node(7), Value::node(3), Value::node(7)}, Vector::Kind::kNode)}, 3));
  EXPECT_EQ((Numbers{1, 2, 3, 2}), assign(table, {columnOf({Value::node(3), Value{}, "x", Value{}})}, 4));
  const Column keys = table.keys(0, 0, 4);
  EXPECT_EQ(7U, keys.value(0).node());
  EXPECT_TRUE(keys.isNull(2));
  EXPECT_EQ("x", keys.value(3).string());
}

TEST(GroupTable, ReadsThroughSelections) {
  GroupTable table{2};
  Column key = columnOf({"x", "y"}, Vector::Kind::kString);
  key.rows = std::make_shared<Selection>(Selection{1, 1, 0, 1});
  const Column other = columnOf({1, 2, 1, 1}, Vector::Kind::kInteger);
  EXPECT_EQ((Numbers{0, 1, 2, 0}), assign(table, {key, other}, 4));
  EXPECT_EQ("x", table.keys(0, 2, 1).value(0).string());
  EXPECT_EQ(2, table.keys(1, 1, 1).value(0).integer());
}

TEST(GroupTable, FindsWithoutAdding) {
  GroupTable table{2};
  assign(table, {columnOf({1, 2}), columnOf({"a", "b"})}, 2);
  Numbers found;
  const std::vector<Column> keys{columnOf({2.0, 1, 3}), columnOf({"b", "b", "a"})};
  table.find(keys, 3, found);
  EXPECT_EQ((Numbers{1, NumberTable::kNone, NumberTable::kNone}), found);
  EXPECT_EQ(2U, table.size());
}

TEST(NumberTable, AgreesWithAMap) {
  std::mt19937_64 random{5};
  for (const std::uint64_t range : {100U, 5000U, 4000000000U}) {
    NumberTable table;
    std::map<std::uint64_t, std::uint32_t> model;
    for (int i = 0; i < 20000; ++i) {
      std::uint64_t key = random() % range;
      if (i % 1000 == 999) key <<= 33;  // now and then one far from the others
      const auto [known, isNew] = model.emplace(key, static_cast<std::uint32_t>(model.size()));
      ASSERT_EQ(known->second, table.add(key));
    }
    for (const auto& [key, number] : model) {
      ASSERT_EQ(number, table.find(key));
      ASSERT_EQ(key, table.key(number));
    }
    EXPECT_EQ(NumberTable::kNone, table.find(range << 34));
  }
}

}  // namespace
}  // namespace plexus::exec
