#include <filesystem>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/api/database.h"
#include "core/exec/operator/sort/row_order.h"
#include "core/exec/run/spill.h"
#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::exec {
namespace {

std::vector<Value> mixedValues() {
  return {Value{},
          true,
          false,
          1,
          -3,
          1.0,
          0.5,
          -0.0,
          std::numeric_limits<double>::quiet_NaN(),
          "",
          "abcdefgh",
          "abcdefghi",
          "ä",
          List{1, "x", Value{}},
          Map{{{"k", 1}}},
          Value::node(5),
          Relationship{1, 2, 3, 4},
          Path{{1, 2}, {{1, 2, 3, 4}}},
          Date{17},
          Point{}};
}

TEST(RowOrder, AgreesWithOrderability) {
  const auto values = mixedValues();
  Vector untyped{Vector::Kind::kValue, values.size()};
  for (std::size_t i = 0; i < values.size(); ++i) untyped.set(i, values[i]);
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      const auto expected = order(values[i], values[j]);
      EXPECT_EQ(expected < 0, compareAt(untyped, i, untyped, j) < 0) << i << " " << j;
      EXPECT_EQ(expected > 0, compareAt(untyped, i, untyped, j) > 0) << i << " " << j;
      const Vector a = Vector::constant(values[i], 1), b = Vector::constant(values[j], 1);
      EXPECT_EQ(expected < 0, compareAt(a, 0, b, 0) < 0) << i << " " << j;
      if (a.kind() == b.kind() && orderPrefix(a, 0) < orderPrefix(b, 0)) {
        EXPECT_TRUE(expected < 0) << i << " " << j;
      }
    }
  }
}

TEST(SpillFile, GivesBackWhatWasWritten) {
  SpillFile file{std::filesystem::temp_directory_path()};
  const auto values = mixedValues();
  Batch rows{values.size() + 1};  // one column is empty
  rows.setRows(2);
  rows.setMultiplicity({3, 1});
  for (ColumnIndex i = 0; i < values.size(); ++i) {
    auto vector = std::make_shared<Vector>(Vector::constant(values[i], 2));
    vector->setNull(1);
    rows.setColumn(i, std::move(vector));
  }
  file.write(rows);
  file.write(rows);
  file.rewind();
  Batch read;
  for (int block = 0; block < 2; ++block) {
    ASSERT_TRUE(file.read(read));
    ASSERT_EQ(2U, read.rows());
    EXPECT_EQ(rows.multiplicity(), read.multiplicity());
    for (ColumnIndex i = 0; i < values.size(); ++i) {
      EXPECT_TRUE(equivalent(values[i], read.column(i).value(0))) << i;
      EXPECT_TRUE(read.column(i).isNull(1)) << i;
    }
    EXPECT_EQ(nullptr, read.column(static_cast<ColumnIndex>(values.size())).data);
  }
  EXPECT_FALSE(file.read(read));
}

class SortLimit : public testing::Test {
 protected:
  static constexpr const char* kQuery =
      "UNWIND range(1, 200000) AS i WITH i, (i * 7919) % 200003 AS k RETURN k, toString(i) AS s ORDER BY k";
  std::unique_ptr<Connection> connection_ = Database::inMemory()->connect();
};

TEST_F(SortLimit, NamesTheLimitWhereItMayNotSpill) {
  connection_->options().memoryBytes = 2 << 20;
  try {
    connection_->run(kQuery).drain();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(ErrorType::kLimitExceeded, error.type());
    EXPECT_NE(std::string::npos, std::string{error.what()}.find("memory")) << error.what();
  }
}

TEST_F(SortLimit, SpillsSortedRunsAndMergesThem) {
  const auto directory = std::filesystem::temp_directory_path() / ("plexus-sort-test-" + std::to_string(::getpid()));
  std::filesystem::create_directory(directory);
  connection_->options().memoryBytes = 2 << 20;
  connection_->options().spillDirectory = directory;
  {
    Result result = connection_->run(kQuery);
    std::int64_t last = -1;
    std::size_t rows = 0;
    for (; result.nextRow(); ++rows) {
      const std::int64_t k = result.value(0).integer();
      ASSERT_LT(last, k);
      last = k;
      ASSERT_EQ(k, std::stoll(std::string{result.value(1).string()}) * 7919 % 200003);
    }
    EXPECT_EQ(200000U, rows);
  }
  EXPECT_TRUE(std::filesystem::is_empty(directory));  // nothing stays behind
  std::filesystem::remove(directory);
}

TEST_F(SortLimit, KeepsFewRowsWithALimit) {
  connection_->options().memoryBytes = 2 << 20;
  Result result = connection_->run(fmt::format("{} DESC LIMIT 3", kQuery));
  std::vector<std::int64_t> keys;
  while (result.nextRow()) keys.push_back(result.value(0).integer());
  ASSERT_EQ(3U, keys.size());
  EXPECT_GT(keys[0], keys[1]);
  EXPECT_GT(keys[1], keys[2]);
  EXPECT_GT(keys[2], 199990);
}

}  // namespace
}  // namespace plexus::exec
