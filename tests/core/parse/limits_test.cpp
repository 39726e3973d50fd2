#include <string>

#include <gtest/gtest.h>

#include "tests/core/parse/support.h"

namespace plexus::parse {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::string nested(std::string_view before, std::string_view inside, std::string_view after, std::size_t times) {
  return "RETURN " + repeat(before, times) + std::string{inside} + repeat(after, times);
}

TEST(Limits, NestingUpToTheLimitIsRead) {
  EXPECT_EQ(detailOf(nested("(", "1", ")", 900)), "accepted");
  EXPECT_EQ(detailOf(nested("[", "1", "]", 900)), "accepted");
  EXPECT_EQ(detailOf(nested("{a: ", "1", "}", 900)), "accepted");
  EXPECT_EQ(detailOf(nested("NOT ", "true", "", 900)), "accepted");
  EXPECT_EQ(detailOf(nested("f(", "1", ")", 400)), "accepted");
}

TEST(Limits, DeeperNestingIsAnErrorWhateverItsForm) {
  constexpr std::size_t kDeep = 10000;
  EXPECT_EQ(detailOf(nested("(", "1", ")", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("(", "", "", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("[", "1", "]", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("{a: ", "1", "}", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("NOT ", "true", "", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("NOT a = ", "true", "", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("- ", "1", "", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("CASE WHEN ", "true THEN 1", " END", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("[x IN ", "y", "]", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("x IS :: LIST<", "INT", ">", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf("RETURN n:" + repeat("!", kDeep) + "A"), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("a", "", "", 1) + repeat("[0]", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(nested("a", "", "", 1) + repeat(".b", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf("RETURN 1" + repeat(" + 1", kDeep)), "LimitExceeded");
  EXPECT_EQ(detailOf(repeat("CALL { ", kDeep)), "LimitExceeded");
}

TEST(Limits, TheErrorNamesTheLimit) {
  try {
    parse(nested("(", "1", ")", 2000));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "the query is nested more than 1000 levels deep");
    EXPECT_EQ(error.phase(), Phase::kCompile);
  }
}

TEST(Limits, WhatIsLongButNotDeepIsRead) {
  EXPECT_EQ(detailOf("RETURN true" + repeat(" AND true", 5000)), "accepted");
  EXPECT_EQ(detailOf("RETURN 1" + repeat(" < 1", 5000)), "accepted");
  EXPECT_EQ(detailOf("CREATE (a)" + repeat("-[:T]->()", 2000)), "accepted");
  EXPECT_EQ(detailOf("RETURN [x" + repeat(", x", 5000) + "]"), "accepted");
  EXPECT_EQ(detailOf("MATCH (n:A" + repeat("|A", 3000) + ") RETURN n"), "accepted");
  EXPECT_EQ(detailOf("MATCH (n:A" + repeat(":A", 3000) + ")-[:A" + repeat("|:A", 3000) + "]-() RETURN n"), "accepted");
  EXPECT_EQ(detailOf("MATCH (n) WHERE n:A" + repeat(":A", 3000) + " RETURN n"), "accepted");
}

TEST(Limits, LongListsOfConstantsKeepTheirElements) {
  std::string text = "[[1, -2, 'a'], {a: null, b: [true]}, 1.5";
  for (int i = 0; i < 10000; ++i) text += ", " + std::to_string(i);
  const auto list = parseExpression(text + "]");
  const auto& elements = list->as<ast::ListExpression>().elements;
  ASSERT_EQ(elements.size(), 10003U);
  EXPECT_EQ(ast::dump(elements[0]), "[1, -2, 'a']");
  EXPECT_EQ(ast::dump(elements[1]), "{a: null, b: [true]}");
  EXPECT_EQ(ast::dump(elements[10002]), "9999");
  EXPECT_EQ(elements[0]->span, (Span{1, 13}));
  EXPECT_EQ(list->span, (Span{0, static_cast<std::uint32_t>(text.size() + 1)}));
  // The same list of lists, and one with a mistake.
  const auto outer = parseExpression("[" + text + "], " + text + "]]");
  EXPECT_EQ(outer->as<ast::ListExpression>().elements[1]->as<ast::ListExpression>().elements.size(), 10003U);
  EXPECT_EQ(detailOf("RETURN " + text + ", ]"), "UnexpectedSyntax");
  EXPECT_EQ(detailOf("RETURN " + text + ", 99999999999999999999]"), "IntegerOverflow");
  EXPECT_EQ(detailOf("RETURN " + text + "][0]"), "accepted");
  EXPECT_EQ(detailOf("RETURN 3 IN " + text + "] AS found"), "accepted");
}

TEST(Limits, AnyBytesAreRefusedPolitely) {
  EXPECT_EQ(detailOf("RETURN '\xFF'"), "InvalidUnicodeCharacter");
  EXPECT_EQ(detailOf("\xC3"), "InvalidUnicodeCharacter");
  EXPECT_EQ(detailOf("RETURN '\xED\xA0\x80'"), "InvalidUnicodeCharacter");
  EXPECT_EQ(detailOf(std::string_view{"RETURN 1\0", 9}), "UnexpectedSyntax");
  EXPECT_EQ(detailOf(""), "UnexpectedSyntax");
  EXPECT_EQ(detailOf(";"), "UnexpectedSyntax");
  EXPECT_EQ(detailOf(")]}"), "UnexpectedSyntax");
}

}  // namespace
}  // namespace plexus::parse
