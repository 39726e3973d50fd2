#include "core/value/batch.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/value/compare.h"

namespace plexus {
namespace {

std::shared_ptr<const Vector> integers(std::initializer_list<std::int64_t> values) {
  auto vector = std::make_shared<Vector>(Vector::Kind::kInteger);
  for (const std::int64_t v : values) vector->append(v);
  return vector;
}
std::vector<std::int64_t> column(const Batch& batch, ColumnIndex c) {
  std::vector<std::int64_t> values;
  for (std::size_t i = 0; i < batch.rows(); ++i) values.push_back(batch.column(c).get<std::int64_t>(i));
  return values;
}
std::shared_ptr<const Selection> rows(std::initializer_list<RowIndex> list) {
  return std::make_shared<Selection>(list);
}

TEST(Vector, EveryKindGivesBackWhatItTook) {
  const std::vector<Value> values{true, 7, 1.5, "text", Value::node(3), Relationship{1, 2, 3, 4}, List{1, 2}};
  for (const Value& value : values) {
    Vector vector = Vector::constant(value, 3);
    vector.setNull(1);
    EXPECT_TRUE(equivalent(vector.value(2), value));
    EXPECT_TRUE(vector.isNull(1));
    EXPECT_TRUE(vector.value(1).isNull());
    Vector copy{vector.kind()};
    copy.appendRows(vector, std::vector<std::uint32_t>{2, 1, 0});
    EXPECT_TRUE(equivalent(copy.value(0), value));
    EXPECT_TRUE(copy.isNull(1));
    copy.set(1, value);
    EXPECT_FALSE(copy.isNull(1));
  }
}

TEST(Vector, RefusesOtherTypes) {
  Vector vector{Vector::Kind::kInteger, 1};
  EXPECT_THROW(vector.set(0, "a"), Error);
}

TEST(Vector, KeepsStringsOfCopiesAlive) {
  Vector outer{Vector::Kind::kString};
  {
    Vector inner{Vector::Kind::kString};
    for (int i = 0; i < 2000; ++i) inner.append("string number " + std::to_string(i));
    outer.appendRows(inner, std::vector<std::uint32_t>{0, 1999});
  }
  Vector copy = outer;
  copy.append("more");
  outer.append("other");
  EXPECT_EQ(copy.value(1).string(), "string number 1999");
  EXPECT_EQ(copy.value(2).string(), "more");
  EXPECT_EQ(outer.value(2).string(), "other");
}

TEST(Batch, SelectComposesSharedSelections) {
  Batch batch{2};
  batch.setColumn(0, integers({10, 11, 12, 13}));
  batch.setColumn(1, integers({20, 21, 22, 23}));
  batch.setRows(4);
  batch.select(rows({3, 1, 1}));
  batch.addColumn({integers({5, 6, 7}), nullptr});
  batch.select(rows({2, 0}));
  EXPECT_EQ(column(batch, 0), (std::vector<std::int64_t>{11, 13}));
  EXPECT_EQ(column(batch, 1), (std::vector<std::int64_t>{21, 23}));
  EXPECT_EQ(column(batch, 2), (std::vector<std::int64_t>{7, 5}));
  EXPECT_EQ(batch.column(0).rows, batch.column(1).rows);
  EXPECT_EQ(batch.flat(0)->data<std::int64_t>()[1], 13);
}

TEST(Batch, FlattensMultiplicitiesInPortions) {
  Batch batch{1};
  batch.setColumn(0, integers({1, 2, 3}));
  batch.setRows(3);
  batch.setMultiplicity({2, 5, 1});
  EXPECT_EQ(batch.totalRows(), 8U);
  std::vector<std::int64_t> all;
  std::optional<Batch> rest = std::move(batch);
  while (rest) {
    Batch part = std::move(*rest);
    rest = part.flattenMultiplicity(3);
    EXPECT_LE(part.rows(), 3U);
    EXPECT_TRUE(part.multiplicity().empty());
    for (const std::int64_t v : column(part, 0)) all.push_back(v);
  }
  EXPECT_EQ(all, (std::vector<std::int64_t>{1, 1, 2, 2, 2, 2, 2, 3}));
}

}  // namespace
}  // namespace plexus
