#include "import/format/csv_read_ahead.h"

#include <gtest/gtest.h>

namespace plexus::format {
namespace {

CsvReadAhead readAhead(std::string_view text) {
  return CsvReadAhead{std::make_unique<CsvReader>("t.csv", text, CsvDialect{})};
}

std::string manyRows(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += std::to_string(i) + ",\"a \"\"quoted\"\" cell\"\n";
  return text;
}

TEST(CsvReadAhead, GivesAllRowsInTheirOrder) {
  const std::string text = manyRows(200'000);
  CsvReadAhead reader = readAhead(text);
  RowBatch batch;
  int next = 0;
  while (reader.next(batch)) {
    for (std::size_t row = 0; row < batch.size(); ++row) {
      ASSERT_EQ(batch.row(row)[0].text(), std::to_string(next));
      ASSERT_EQ(batch.row(row)[1].text(), "a \"quoted\" cell");
      ++next;
    }
  }
  EXPECT_EQ(next, 200'000);
  EXPECT_EQ(reader.bytesRead(), text.size());
  EXPECT_FALSE(reader.next(batch));
}

TEST(CsvReadAhead, ABatchOutlivesTheReader) {
  const std::string text = manyRows(50'000);
  RowBatch batch;
  {
    CsvReadAhead reader = readAhead(text);
    ASSERT_TRUE(reader.next(batch));
    ASSERT_TRUE(reader.next(batch));
  }
  const int first = std::stoi(std::string{batch.row(0)[0].text()});
  for (std::size_t row = 0; row < batch.size(); ++row) {
    ASSERT_EQ(batch.row(row)[0].text(), std::to_string(first + static_cast<int>(row)));
  }
}

TEST(CsvReadAhead, AnErrorComesAfterTheRowsBeforeIt) {
  const std::string text = manyRows(20'000) + "x,\"never closed";
  CsvReadAhead reader = readAhead(text);
  RowBatch batch;
  std::size_t rows = 0;
  try {
    while (reader.next(batch)) rows += batch.size();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(error.render("").find("t.csv:20001:2: a quote is opened here"), std::string::npos) << error.render("");
  }
  EXPECT_EQ(rows, 20'000U);
}

TEST(CsvReadAhead, MayBeLeftBeforeTheEnd) {
  const std::string text = manyRows(300'000);
  CsvReadAhead reader = readAhead(text);
  RowBatch batch;
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(reader.next(batch));
}

TEST(CsvReadAhead, AnEmptyFileHasNoRows) {
  CsvReadAhead reader = readAhead("");
  RowBatch batch;
  EXPECT_FALSE(reader.next(batch));
  EXPECT_FALSE(reader.next(batch));
}

}  // namespace
}  // namespace plexus::format
