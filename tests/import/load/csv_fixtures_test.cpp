// The csv format on real and on broken files; needs PLEXUS_SHARED.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "import/load/import_arguments.h"
#include "tests/import/load/recorder.h"

namespace plexus::load {
namespace {

using ::testing::HasSubstr;

class CsvFixtures : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto fixtures = test::sharedFixtures();
    if (!fixtures) GTEST_SKIP() << "PLEXUS_SHARED is not set";
    folder_ = *fixtures / "csv";
  }

  std::vector<std::vector<std::string>> read(const std::string& name, format::CsvDialect dialect = {}) const {
    format::CsvReader reader{folder_ / name, dialect};
    format::RowBatch batch;
    std::vector<std::vector<std::string>> rows;
    while (reader.next(batch)) {
      EXPECT_TRUE(batch.defects().empty()) << name << ": " << batch.defects()[0].message;
      for (std::size_t i = 0; i < batch.size(); ++i) {
        rows.emplace_back();
        for (const format::Cell& cell : batch.row(i)) rows.back().emplace_back(cell.text());
      }
    }
    return rows;
  }

  // What the import of one node file says, without the folder.
  std::string error(const std::string& name, std::vector<std::string> arguments) const {
    test::Import import;
    const std::string path = (folder_ / "malformed" / name).string();
    arguments.insert(arguments.begin(), {"--nodes", "N=" + path});
    import.options = parseImportArguments(arguments);
    std::string text = import.error();
    if (const std::size_t at = text.find(path); at != std::string::npos) text.replace(at, path.size(), name);
    return text;
  }

  std::filesystem::path folder_;
};

TEST_F(CsvFixtures, RealFiles) {
  const auto terms = read("HumanDO.tsv", {.delimiter = '\t'});
  ASSERT_EQ(terms.size(), 12'297U);
  EXPECT_EQ(terms[5001], (std::vector<std::string>{"DOID:0070392", "developmental and epileptic encephalopathy 106",
                                                   "developmental and epileptic encephalopathy"}));
  EXPECT_EQ(read("hetionet-CbG-binding.tsv.gz", {.delimiter = '\t', .quote = 0}).size(), 24'688U);
  EXPECT_EQ(read("mondo-obsoletes.tsv", {.delimiter = '\t'}).size(), 4'739U);
  EXPECT_EQ(read("mondo-leiomyosarcoma-location.tsv", {.delimiter = '\t'}).size(), 30U);
  EXPECT_EQ(read("tinysnb-person.csv").at(1).size(), 16U);
  EXPECT_EQ(read("tinysnb-movies.csv").at(0).size(), 7U);
}

TEST_F(CsvFixtures, Dialects) {
  using Rows = std::vector<std::vector<std::string>>;
  EXPECT_EQ(read("edge/bom-and-data.csv").at(1).at(1),
            "\xEF\xBB\xBF\xEF\xBB\xBF"
            "bomdata\xEF\xBB\xBF");
  EXPECT_EQ(read("edge/empty-lines.csv"), (Rows{{"abc", "def"}, {"ghi", "jkl"}}));
  EXPECT_EQ(read("edge/mixed-newlines.csv"), (Rows{{"abc"}, {"def"}, {"ghi"}}));
  EXPECT_EQ(read("edge/multiline-mixed-newlines.csv"), (Rows{{"abc\rdef", "ghi\r\njkl"}}));
  EXPECT_EQ(read("edge/unquote-escape.csv"), (Rows{{"abc\"def"}}));
  EXPECT_EQ(read("edge/list-quote.csv").size(), 15U);
  EXPECT_EQ(read("edge/long-string.csv").at(0).at(1).size(), 3'997U);
  const auto all = read("edge/hash-escape-pipe.csv", {.delimiter = '|', .quote = '-', .escape = '#'});
  ASSERT_EQ(all.size(), 8U);
  EXPECT_EQ(all[0][1], "this is |the first line");
  EXPECT_EQ(all[7], (std::vector<std::string>{"7", "NA", "2022-01-11"}));
}

TEST_F(CsvFixtures, BrokenFiles) {
  EXPECT_EQ(error("quote-then-eof.csv", {"--id", "valid-header"}),
            "quote-then-eof.csv:2:1: a quote is opened here and never closed");
  EXPECT_EQ(error("escape-then-eof.csv", {"--id", "valid-header", "--escape", "\\"}),
            "escape-then-eof.csv:2:1: a quote is opened here and never closed");
  EXPECT_EQ(error("too-few-values.csv", {"--id", "a"}), "too-few-values.csv:2: 1 field, where the table has 2 columns");
  EXPECT_EQ(error("too-many-values.csv", {"--id", "a"}),
            "too-many-values.csv:2: 3 fields, where the table has 1 column");
  EXPECT_EQ(error("duplicate-ids.csv", {"--id", "1", "--no-header"}),
            "duplicate-ids.csv:4:1: the id `10` is there already (line 1)");
  EXPECT_EQ(error("null-pk.csv", {"--id", "1", "--no-header"}), "null-pk.csv:2:1: column `1`: the id is empty");
  EXPECT_EQ(error("invalid-rows.csv", {"--id", "ID", "--properties", "length:INTEGER"}),
            "invalid-rows.csv:2:2: column `length`: `312abc` is not of type INTEGER");
  EXPECT_EQ(error("overflow.csv", {"--id", "1", "--no-header", "--properties", "2:int"}),
            "overflow.csv:2:2: column `2`: `2147483650` does not fit int (-2147483648 to 2147483647)");
  EXPECT_EQ(error("invalid-utf8.csv", {"--id", "1", "--no-header"}), "invalid-utf8.csv:1:1: invalid UTF-8: byte 0xFF");
  EXPECT_EQ(error("person-missing-column.csv", {"--id", "id", "--properties", "age:INTEGER"}),
            "--properties: person-missing-column.csv has no column `age`");
  EXPECT_EQ(error("missing-column.csv", {"--id", "from", "--properties", "prop2"}),
            "--properties: missing-column.csv has no column `prop2`; did you mean `prop1`?");
  EXPECT_EQ(error("header-mismatch.csv", {"--id", "abc", "--delimiter", " "}),
            "header-mismatch.csv:2: 6 fields, where the table has 4 columns");
  EXPECT_EQ(error("empty.csv", {"--id", "id"}), "empty.csv:1: the file is empty: a header line was expected");
  EXPECT_EQ(error("duplicate-column.csv", {"--id", "id"}), "duplicate-column.csv:1:3: the column `id` is there twice");
  EXPECT_THAT(error("utf16.csv", {"--id", "id"}), HasSubstr("utf16.csv:1: the file is UTF-16"));
  EXPECT_EQ(error("nul-byte.csv", {"--id", "id"}), "nul-byte.csv:2:2: a NUL character");
  EXPECT_THAT(error("bad-method.csv.gz", {"--id", "id"}), HasSubstr("bad-method.csv.gz:1: damaged gzip data"));
  EXPECT_THAT(error("truncated-header.csv.gz", {"--id", "id"}),
              HasSubstr("truncated-header.csv.gz:1: unexpected end of gzip data"));
  EXPECT_THAT(error("bad-magic.csv.gz", {"--id", "id"}), HasSubstr("bad-magic.csv.gz:1:1: a NUL character"));
}

// All its rows are wrong, one after the other; those that can be told apart are reported.
TEST_F(CsvFixtures, EveryWrongRowIsReported) {
  test::Import import;
  import.options = parseImportArguments(std::vector<std::string>{
      "--nodes", "N=" + (folder_ / "malformed/mixed-line-count.csv").string(), "--id", "a", "--on-error", "skip"});
  import.run();
  ASSERT_EQ(import.report.rejected.size(), 2U);
  EXPECT_EQ(import.report.rejected[0].kind, "empty id");
  EXPECT_EQ(import.report.rejected[1].kind, "wrong number of fields");
  EXPECT_EQ(import.report.rejected[1].examples.at(0).message, "6 fields, where the table has 1 column");
}

TEST_F(CsvFixtures, DanglingEnds) {
  test::Import import;
  import.files["n.csv"] = "id\n0\n7\n";
  import.options = parseImportArguments(std::vector<std::string>{
      "--nodes", "N=n.csv", "--id", "id", "--no-header", "--relationships", "LIKES=x", "--from", "N.1", "--to", "N.2"});
  import.options.nodes[0].idColumn = "1";
  import.options.relationships[0].files = {folder_ / "malformed/dangling-likes.csv"};
  EXPECT_THAT(import.error(), HasSubstr("dangling-likes.csv:2:2: no node of `N` has the id `3`"));
}

}  // namespace
}  // namespace plexus::load
