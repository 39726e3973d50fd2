#include "import/format/csv.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/import/support.h"

namespace plexus::format {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

Rows readAll(CsvReader& reader, std::size_t maxRows = 8192) {
  Rows rows;
  RowBatch batch;
  while (reader.next(batch, maxRows)) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      rows.emplace_back();
      for (const Cell& cell : batch.row(i)) rows.back().emplace_back(cell.text());
    }
  }
  return rows;
}

Rows parse(std::string_view text, CsvDialect dialect = {}, std::size_t maxRows = 8192) {
  CsvReader reader{"test.csv", text, dialect};
  return readAll(reader, maxRows);
}

std::vector<std::string> defects(std::string_view text, CsvDialect dialect = {}) {
  CsvReader reader{"test.csv", text, dialect};
  RowBatch batch;
  std::vector<std::string> found;
  while (reader.next(batch)) {
    for (const auto& d : batch.defects()) {
      found.push_back(std::to_string(d.line) + ":" + std::to_string(d.column) + ": " + d.message);
    }
  }
  return found;
}

TEST(Csv, SplitsCells) {
  EXPECT_EQ(parse("a,b\n1,\n,2\n"), (Rows{{"a", "b"}, {"1", ""}, {"", "2"}}));
  EXPECT_EQ(parse("a,b,"), (Rows{{"a", "b", ""}}));
}

TEST(Csv, EveryLineEndEndsARow) { EXPECT_EQ(parse("a\rb\r\nc\nd"), (Rows{{"a"}, {"b"}, {"c"}, {"d"}})); }

TEST(Csv, QuotesHoldDelimitersAndLineEnds) {
  EXPECT_EQ(parse("\"a,b\",\"c\r\nd\ne\"\nx,y\n"), (Rows{{"a,b", "c\r\nd\ne"}, {"x", "y"}}));
  EXPECT_EQ(parse("\"say \"\"hi\"\"\",\"\"\n"), (Rows{{"say \"hi\"", ""}}));
}

TEST(Csv, AQuoteInsideACellIsText) { EXPECT_EQ(parse("5\" disk,b\"c\n"), (Rows{{"5\" disk", "b\"c"}})); }

TEST(Csv, TellsEmptyTextFromNothing) {
  CsvReader reader{"test.csv", "\"\",\n", {}};
  RowBatch batch;
  ASSERT_TRUE(reader.next(batch));
  EXPECT_TRUE(batch.row(0)[0].quoted);
  EXPECT_FALSE(batch.row(0)[1].quoted);
}

TEST(Csv, EscapesTakeTheNextCharacterLiterally) {
  const CsvDialect dialect{.delimiter = '|', .quote = '-', .escape = '#'};
  EXPECT_EQ(parse("-a#-b|c-|##d#|e\n", dialect), (Rows{{"a-b|c", "#d|e"}}));
}

TEST(Csv, LeavesOutCommentsAndBlankLines) {
  const CsvDialect dialect{.comment = '#'};
  EXPECT_EQ(parse("# one, two\na,b\n\n#\r\n1,2\n# end", dialect), (Rows{{"a", "b"}, {"1", "2"}}));
}

TEST(Csv, ABlankLineInAFileOfOneColumnIsAnEmptyCell) { EXPECT_EQ(parse("a\n\nb\n"), (Rows{{"a"}, {""}, {"b"}})); }

TEST(Csv, SkipsTheByteOrderMarkOnce) {
  EXPECT_EQ(parse("\xEF\xBB\xBF"
                  "a,\xEF\xBB\xBF"
                  "b\n"),
            (Rows{{"a",
                   "\xEF\xBB\xBF"
                   "b"}}));
}

TEST(Csv, EmptyTextHasNoRows) { EXPECT_EQ(parse(""), Rows{}); }

TEST(Csv, KnowsLinesAndRawRows) {
  CsvReader reader{"test.csv", "h\r\n\"a\nb\"\nc\n", {}};
  RowBatch batch;
  ASSERT_TRUE(reader.next(batch));
  ASSERT_EQ(batch.size(), 3U);
  EXPECT_EQ(batch.line(1), 2U);
  EXPECT_EQ(batch.line(2), 4U);
  EXPECT_EQ(batch.raw(1), "\"a\nb\"");
}

// Cells on both sides of every boundary of the scanner's blocks and of the reader's buffer.
TEST(Csv, LongFilesReadAsShortOnes) {
  std::string text;
  Rows expected;
  for (std::size_t i = 0; i < 60'000; ++i) {
    const std::string a(i % 67, 'x');
    const std::string b = std::to_string(i);
    text += i % 5 == 0 ? "\"" + a + "\n\"\"\"," + b + "\r\n" : a + "," + b + "\n";
    expected.push_back({i % 5 == 0 ? a + "\n\"" : a, b});
  }
  EXPECT_EQ(parse(text), expected);
  EXPECT_EQ(parse(text, {}, 3), expected);
}

TEST(Csv, RowsMayBeLargerThanTheBuffer) {
  const std::string large(5'000'000, 'x');
  EXPECT_EQ(parse("a,\"" + large + "\"\nb," + large + "\n"), (Rows{{"a", large}, {"b", large}}));
}

TEST(Csv, ReportsDefectsOfRows) {
  EXPECT_THAT(defects("a,b\n1,\"x\"y\n"), ElementsAre("2:2: text after a closing quote"));
  EXPECT_THAT(defects("a,b\n1,\xFF\n"), ElementsAre("2:2: invalid UTF-8: byte 0xFF"));
  EXPECT_THAT(defects("a,b\n\"1\n2\xC3(\",3\n"), ElementsAre("3:1: invalid UTF-8: byte 0xC3"));
  EXPECT_THAT(defects(std::string_view{"id\n1\0b\n", 7}), ElementsAre("2:1: a NUL character"));
  EXPECT_THAT(defects("é,№2 🧬\n"), ElementsAre());
}

TEST(Csv, AnOpenQuoteIsAnErrorAfterTheRowsBeforeIt) {
  CsvReader reader{"test.csv", "a,b\n1,2\n3,\"x\ny\n", {}};
  RowBatch batch;
  ASSERT_TRUE(reader.next(batch));
  EXPECT_EQ(batch.size(), 2U);
  EXPECT_EQ(test::errorOf([&] { reader.next(batch); }), "test.csv:3:2: a quote is opened here and never closed");
}

TEST(Csv, RefusesUtf16) {
  EXPECT_THAT(test::errorOf([] { parse(std::string_view{"\xFF\xFEi\0d\0", 6}); }), HasSubstr("UTF-16"));
}

TEST(Csv, ReadsGzipWhateverItsName) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += std::to_string(i) + ",x\n";
  const test::TemporaryDirectory directory;
  const auto file = directory.write("data.csv", test::gzip(text) + test::gzip("a,b\n"));
  CsvReader reader{file, {}};
  const Rows rows = readAll(reader);
  ASSERT_EQ(rows.size(), 300'001U);
  EXPECT_THAT(rows[299'999], ElementsAre("299999", "x"));
  EXPECT_THAT(rows.back(), ElementsAre("a", "b"));
}

TEST(Csv, TruncatedGzipIsAnErrorAfterTheRowsBeforeIt) {
  std::string text;
  for (int i = 0; i < 300'000; ++i) text += std::to_string(std::int64_t{i} * 7919 % 300007) + "\n";
  std::string packed = test::gzip(text);
  packed.resize(packed.size() / 2);
  const test::TemporaryDirectory directory;
  CsvReader reader{directory.write("cut.gz", packed), {}};
  EXPECT_THAT(test::errorOf([&] { readAll(reader); }), HasSubstr("unexpected end of gzip data: the file is truncated"));
}

TEST(Csv, DamagedGzipIsAnError) {
  const test::TemporaryDirectory directory;
  CsvReader reader{directory.write("bad.gz", std::string{"\x1f\x8b\x07\0\0\0\0\0\0\0\0", 11}), {}};
  EXPECT_THAT(test::errorOf([&] { readAll(reader); }), HasSubstr("bad.gz:1: damaged gzip data"));
}

// A reader may be given up while its thread still inflates.
TEST(Csv, MayBeClosedBeforeTheEnd) {
  const test::TemporaryDirectory directory;
  CsvReader reader{directory.write("long.gz", test::gzip("a,b\n1,2\n" + std::string(20'000'000, '\n'))), {}};
  RowBatch batch;
  EXPECT_TRUE(reader.next(batch));
}

TEST(Csv, AMissingFileIsAnError) {
  EXPECT_EQ(test::errorOf([] {
              CsvReader{std::filesystem::path{"/nowhere/x.csv"}, {}};
            }),
            "cannot read /nowhere/x.csv: No such file or directory");
}

}  // namespace
}  // namespace plexus::format
