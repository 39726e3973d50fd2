#include "tools/render/result_writer.h"

#include <sstream>

#include <gtest/gtest.h>

#include "tools/render/display_width.h"

namespace plexus::tools {
namespace {

class NoEntities final : public EntitySource {
 public:
  std::vector<std::string> labels(NodeId) const override { return {"Drug"}; }
  std::vector<MapEntry> properties(NodeId) const override { return {{"name", Value{"doxorubicin"}}}; }
  std::string typeName(const Relationship&) const override { return "treats"; }
  std::vector<MapEntry> properties(const Relationship&) const override { return {}; }
};

using Rows = std::vector<std::vector<Value>>;

std::string write(Format format, const std::vector<std::string>& columns, const Rows& rows, std::size_t width = 0) {
  std::ostringstream out;
  const auto writer = makeWriter(format, out, width);
  writer->begin(columns);
  for (const auto& row : rows) writer->row(row, NoEntities{});
  writer->end();
  return out.str();
}

TEST(ResultWriter, KnowsItsFormatsByName) {
  for (const auto& name : formatNames()) EXPECT_TRUE(parseFormat(name).has_value()) << name;
  EXPECT_FALSE(parseFormat("xml").has_value());
}

TEST(ResultWriter, CsvQuotesWhatNeedsItAndTellsNullFromEmpty) {
  EXPECT_EQ(
      write(Format::kCsv, {"a", "b c"}, {{Value{"x,y"}, Value{1}}, {Value{}, Value{""}}, {Value{"q\"q"}, Value{1.0}}}),
      "a,b c\n\"x,y\",1\n,\"\"\n\"q\"\"q\",1.0\n");
}

TEST(ResultWriter, TsvOnlyQuotesTabs) {
  EXPECT_EQ(write(Format::kTsv, {"a"}, {{Value{"x,y"}}, {Value{"x\ty"}}}), "a\nx,y\n\"x\ty\"\n");
}

TEST(ResultWriter, JsonLinesKeepColumnOrderAndTypes) {
  EXPECT_EQ(write(Format::kJsonLines, {"z", "a"}, {{Value{1}, Value{1.0}}, {Value{}, Value{"ä\"\n"}}}),
            "{\"z\":1,\"a\":1.0}\n{\"z\":null,\"a\":\"ä\\\"\\n\"}\n");
  EXPECT_EQ(write(Format::kJsonLines, {"n"}, {{Value::node(7)}}),
            "{\"n\":{\"id\":7,\"labels\":[\"Drug\"],\"properties\":{\"name\":\"doxorubicin\"}}}\n");
}

TEST(ResultWriter, JsonIsOneArray) {
  EXPECT_EQ(write(Format::kJson, {"a"}, {{Value{1}}, {Value{true}}}), "[\n{\"a\":1},\n{\"a\":true}\n]\n");
  EXPECT_EQ(write(Format::kJson, {"a"}, {}), "[]\n");
}

TEST(ResultWriter, MarkdownEscapesBars) {
  EXPECT_EQ(write(Format::kMarkdown, {"a"}, {{Value{"x|y"}}}), "| a |\n| --- |\n| x\\|y |\n");
}

TEST(ResultWriter, TablesAlignNumbersRight) {
  EXPECT_EQ(write(Format::kTable, {"name", "n"}, {{Value{"LMS"}, Value{7}}, {Value{}, Value{12}}}),
            "┌──────┬────┐\n"
            "│ name │ n  │\n"
            "├──────┼────┤\n"
            "│ LMS  │  7 │\n"
            "│ null │ 12 │\n"
            "└──────┴────┘\n");
}

TEST(ResultWriter, TablesFitTheTerminal) {
  const std::string text = write(Format::kTable, {"a", "b"}, {{Value{std::string(200, 'x')}, Value{"short"}}}, 40);
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(displayWidth(line), 40U) << line;
  EXPECT_NE(text.find("x… │ short"), std::string::npos) << text;
}

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(displayWidth("naïve"), 5U);
  EXPECT_EQ(displayWidth("日本"), 4U);
  EXPECT_EQ(fitToWidth("日本語", 5), "日本…");
  EXPECT_EQ(fitToWidth("a\nb", 5), "a b");
}

}  // namespace
}  // namespace plexus::tools
