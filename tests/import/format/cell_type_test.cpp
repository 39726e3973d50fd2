#include "import/format/cell_type.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/value/print.h"
#include "import/format/hetionet.h"
#include "import/format/shorten.h"
#include "import/format/utf8.h"

namespace plexus::format {
namespace {

Cell cell(std::string_view text, bool quoted = false) {
  return {text.data(), static_cast<std::uint32_t>(text.size()), quoted};
}

// What a column of that type makes of the text; "!" and the reason if it refuses it.
std::string read(std::string_view type, std::string_view text, bool quoted = false) {
  const CellParser parser{*parseCellType(type), ';', std::nullopt};
  Vector out{parser.vectorKind(), 1};
  std::string why;
  if (!parser.parse(cell(text, quoted), out, 0, why)) return "!" + why;
  return toCypherText(out.value(0));
}

TEST(CellType, Numbers) {
  EXPECT_EQ(read("int", "12"), "12");
  EXPECT_EQ(read("INTEGER", " -7 "), "-7");
  EXPECT_EQ(read("long", "+9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(read("long", "9223372036854775808"),
            "!`9223372036854775808` does not fit long (-9223372036854775808 to 9223372036854775807)");
  EXPECT_EQ(read("byte", "128"), "!`128` does not fit byte (-128 to 127)");
  EXPECT_EQ(read("int", "1.5"), "!`1.5` is not of type int");
  EXPECT_EQ(read("float", "1e3"), "1000.0");
  EXPECT_EQ(read("double", "NaN"), "NaN");
  EXPECT_EQ(read("float", "1e999"), "!`1e999` does not fit float");
  EXPECT_EQ(read("float", "1,5"), "!`1,5` is not of type float");
}

TEST(CellType, BooleansStringsAndNulls) {
  EXPECT_EQ(read("boolean", "TRUE"), "true");
  EXPECT_EQ(read("boolean", "1"), "!`1` is not of type boolean");
  EXPECT_EQ(read("string", "a b "), "'a b '");
  EXPECT_EQ(read("string", ""), "null");
  EXPECT_EQ(read("string", "", true), "''");
  EXPECT_EQ(read("int", "", true), "null");
  EXPECT_EQ(read("char", "é"), "'é'");
  EXPECT_EQ(read("char", "ab"), "!`ab` is not of type char");
}

TEST(CellType, Lists) {
  EXPECT_EQ(read("string[]", "a;b;"), "['a', 'b', '']");
  EXPECT_EQ(read("LIST<INTEGER>", "1; 2"), "[1, 2]");
  EXPECT_EQ(read("int[]", "1;x"), "!`x` is not of type int[]");
  EXPECT_EQ(read("int[]", ""), "null");
  EXPECT_EQ(read("int[]", "", true), "[]");
}

TEST(CellType, Moments) {
  EXPECT_EQ(read("date", "2020-02-29"), "2020-02-29");
  EXPECT_EQ(read("date", "2021-02-29"), "!`2021-02-29` is not of type date");
  EXPECT_EQ(read("date", "20200229"), "2020-02-29");
  EXPECT_EQ(read("localtime", "12:31:14.5"), "12:31:14.5");
  EXPECT_EQ(read("localdatetime", "2020-01-01T10:00Z"), "!`2020-01-01T10:00Z` is not of type localdatetime");
  EXPECT_EQ(read("datetime", "2022-07-01T12:00[Europe/Stockholm]"), "2022-07-01T12:00+02:00[Europe/Stockholm]");
  EXPECT_EQ(read("localtime", "24:00"), "!`24:00` is not of type localtime");
  EXPECT_EQ(read("time", "12:31+02:00"), "12:31+02:00");
  EXPECT_EQ(read("localdatetime", "2020-01-01 10:00"), "2020-01-01T10:00");
  EXPECT_EQ(read("datetime", "2022-07-01T12:00:00Z"), "2022-07-01T12:00Z");
  EXPECT_EQ(read("datetime", "2022-07-01T12:00:00+0130"), "2022-07-01T12:00+01:30");
  EXPECT_EQ(read("datetime", "2022-07-01T12:00:00Q"), "!`2022-07-01T12:00:00Q` is not of type datetime");
  EXPECT_EQ(read("duration", "P1Y2M3W4DT5H6M7.5S"), "P1Y2M25DT5H6M7.5S");
  EXPECT_EQ(read("duration", "PT"), "!`PT` is not of type duration");
}

TEST(CellType, Points) {
  EXPECT_EQ(read("point", "{x: 1, y: -2.5}"), toCypherText(Value{Point{7203, 1, -2.5, 0}}));
  EXPECT_EQ(read("point", "latitude:48.8,longitude:2.3"), toCypherText(Value{Point{4326, 2.3, 48.8, 0}}));
  EXPECT_EQ(read("point", "{x: 1}"), "!`{x: 1}` is not of type point");
  EXPECT_EQ(read("point", "{latitude: 91, longitude: 0}"), "!`{latitude: 91, longitude: 0}` is not of type point");
}

TEST(CellType, Names) {
  EXPECT_FALSE(parseCellType("strin"));
  EXPECT_TRUE(parseCellType("LOCAL DATETIME"));
  EXPECT_TRUE(parseCellType("Long[]")->list);
}

std::string inferred(std::initializer_list<std::string_view> values) {
  TypeInference inference;
  for (const std::string_view value : values) inference.see(value);
  return inference.result().name;
}

TEST(TypeInference, TheTypeThatAllValuesSuit) {
  EXPECT_EQ(inferred({"1", "-20"}), "INTEGER");
  EXPECT_EQ(inferred({"1", "2.5", "1e3"}), "FLOAT");
  EXPECT_EQ(inferred({"1", "x"}), "STRING");
  EXPECT_EQ(inferred({"true", "False"}), "BOOLEAN");
  EXPECT_EQ(inferred({"2020-01-31"}), "DATE");
  EXPECT_EQ(inferred({"2020-01-32"}), "STRING");
  EXPECT_EQ(inferred({}), "STRING");
}

// They are ids more often than quantities.
TEST(TypeInference, NumbersThatWouldChangeStayText) {
  EXPECT_EQ(inferred({"007"}), "STRING");
  EXPECT_EQ(inferred({"1", "123456789012345678901234567890"}), "STRING");
  EXPECT_EQ(inferred({"+1"}), "STRING");
  EXPECT_EQ(inferred({"-0"}), "STRING");
  EXPECT_EQ(inferred({"nan"}), "STRING");
}

TEST(Utf8, FindsTheFirstBadByte) {
  EXPECT_EQ(firstInvalidUtf8("plain text, long enough for words"), std::string_view::npos);
  EXPECT_EQ(firstInvalidUtf8("é№🧬"), std::string_view::npos);
  EXPECT_EQ(firstInvalidUtf8("ab\xC0\xAF"), 2U);        // overlong
  EXPECT_EQ(firstInvalidUtf8("\xED\xA0\x80"), 0U);      // a surrogate
  EXPECT_EQ(firstInvalidUtf8("\xF4\x90\x80\x80"), 0U);  // beyond U+10FFFF
  EXPECT_EQ(firstInvalidUtf8("aaaaaaaa\xE2\x84"), 8U);  // cut
  EXPECT_EQ(firstInvalidUtf8(std::string_view{"a\0b", 3}), 1U);
  EXPECT_TRUE(isPlainAscii("0123456789abcdef!", 17));
  EXPECT_FALSE(isPlainAscii("0123456789abcde\xC3", 16));
  EXPECT_FALSE(isPlainAscii("012345678\0", 10));
}

TEST(Shorten, CutsBetweenCharacters) {
  EXPECT_EQ(shorten("a\nb"), "a b");
  const std::string most(59, 'x');
  EXPECT_EQ(shorten(fmt::format("{}éé", most)), fmt::format("{}...", most));
}

TEST(Hetionet, EveryMetaedgeJoinsTheKindsOfItsAbbreviation) {
  EXPECT_EQ(hetionet::metaedges().size(), 24U);
  EXPECT_EQ(hetionet::metaedges()[*hetionet::findMetaedge("Gr>G")].type, "REGULATES_GrG");
  EXPECT_EQ(hetionet::metaedges()[*hetionet::findMetaedge("GpBP")].type, "PARTICIPATES_GpBP");
  EXPECT_FALSE(hetionet::findMetaedge("CtX"));
  for (const auto& metaedge : hetionet::metaedges()) {
    std::string capitals;
    for (const char c : hetionet::kinds()[metaedge.source].label)
      capitals += c >= 'A' && c <= 'Z' ? std::string(1, c) : "";
    if (capitals == "P") continue;  // Pathway is PW
    EXPECT_TRUE(metaedge.abbreviation.starts_with(capitals)) << metaedge.abbreviation;
  }
}

}  // namespace
}  // namespace plexus::format
