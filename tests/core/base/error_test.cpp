#include "core/base/error.h"

#include <gtest/gtest.h>

namespace plexus {
namespace {

std::string rendered(std::string_view query, Span span, std::string hint = "") {
  return Error{ErrorType::kSyntaxError, Phase::kCompile, "", "wrong", span, std::move(hint)}.render(query);
}

TEST(Error, MessageHintPlaceAndCarets) {
  EXPECT_EQ(rendered("MATCH (drug:Drug) RETURN dru.name", {25, 28}, "did you mean `drug`?"),
            "wrong; did you mean `drug`?\nline 1, column 26\n"
            "  MATCH (drug:Drug) RETURN dru.name\n"
            "                           ^^^");
}

TEST(Error, SecondLineCountsFromItsOwnStart) {
  EXPECT_EQ(rendered("RETURN 1\r\n  + x\r\n", {14, 15}), "wrong\nline 2, column 5\n    + x\n      ^");
}

TEST(Error, SpanOverTwoLinesIsMarkedToTheEndOfItsFirst) {
  EXPECT_EQ(rendered("ab cd\nef", {3, 8}), "wrong\nline 1, column 4\n  ab cd\n     ^^");
}

TEST(Error, EndOfQueryGetsOneCaret) {
  EXPECT_EQ(rendered("RETURN", {6, 7}), "wrong\nline 1, column 7\n  RETURN\n        ^");
  EXPECT_EQ(rendered("RETURN", {60, 70}), "wrong\nline 1, column 7\n  RETURN\n        ^");
}

TEST(Error, CaretsStandUnderWideAndCombiningCharacters) {
  // Two wide characters (6 bytes, 4 columns); then e + combining acute (3 bytes, 1 column).
  EXPECT_EQ(rendered("\xE6\xBC\xA2\xE5\xAD\x97 x", {7, 8}),
            "wrong\nline 1, column 4\n  \xE6\xBC\xA2\xE5\xAD\x97 x\n       ^");
  EXPECT_EQ(rendered("e\xCC\x81 x", {4, 5}), "wrong\nline 1, column 4\n  e\xCC\x81 x\n    ^");
}

TEST(Error, LongLinesAreCutAroundTheSpan) {
  std::string query(401, 'a');
  query[200] = 'X';
  query.replace(201, 200, 200, 'b');
  const std::string text = rendered(query, {200, 201});
  EXPECT_EQ(text, "wrong\nline 1, column 201\n  ..." + std::string(40, 'a') + "X" + std::string(59, 'b') + "...\n  " +
                      std::string(43, ' ') + "^");
}

TEST(Error, FilePositionComesFirst) {
  const Error error{ErrorType::kInputError, Phase::kRuntime, "", "no such column", RecordPosition{"a.csv", 3, "name"}};
  EXPECT_EQ(error.render("ignored"), "a.csv:3:name: no such column");
}

TEST(Error, AtKeepsTheFirstPlace) {
  const Error bare{ErrorType::kTypeError, Phase::kRuntime, "InvalidArgumentValue", "wrong"};
  const Error placed = bare.at({1, 2});
  EXPECT_EQ(std::get<Span>(placed.where()), (Span{1, 2}));
  EXPECT_EQ(std::get<Span>(placed.at({5, 6}).where()), (Span{1, 2}));
  EXPECT_EQ(placed.detail(), "InvalidArgumentValue");
}

TEST(Error, InvalidUtf8IsShownAsItIs) { EXPECT_NO_THROW(rendered("\xFF\xC3", {1, 2})); }

TEST(Error, NamesAreTheTcks) {
  EXPECT_EQ(name(ErrorType::kConstraintVerificationFailed), "ConstraintVerificationFailed");
  EXPECT_EQ(name(ErrorType::kEntityNotFound), "EntityNotFound");
}

}  // namespace
}  // namespace plexus
