#include "core/text/query.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace plexus::text {
namespace {

// The query as text again: +must, -not, words, "phrases", ~edits, prefix*, /pattern/.
std::string shown(const TextQuery& query) {
  using Kind = TextQuery::Kind;
  std::string out = query.field.empty() || query.kind == Kind::kBoolean ? "" : query.field + ":";
  switch (query.kind) {
    case Kind::kTerm:
      out += query.text;
      break;
    case Kind::kFuzzy:
      out += query.text + "~" + std::to_string(query.distance);
      break;
    case Kind::kPrefix:
      out += query.text + "*";
      break;
    case Kind::kPattern:
      out += "/" + query.text + "/";
      break;
    case Kind::kPhrase:
      out += "\"";
      for (const auto& word : query.phrase) out += word + " ";
      out.back() = '"';
      if (query.distance > 0) out += "~" + std::to_string(query.distance);
      break;
    case Kind::kBoolean:
      out += "(";
      for (const TextQuery& clause : query.clauses) {
        if (out.size() > 1) out += " ";
        out += clause.occur == TextQuery::Occur::kMust ? "+" : clause.occur == TextQuery::Occur::kMustNot ? "-" : "";
        out += shown(clause);
      }
      out += ")";
      break;
  }
  return out + (query.boost == 1 ? "" : "^" + std::to_string(static_cast<int>(query.boost)));
}

std::string parsed(const std::string& text) { return shown(parseTextQuery(text)); }

std::string failure(const std::string& text) {
  try {
    return parsed(text);
  } catch (const Error& error) {
    EXPECT_EQ(ErrorType::kArgumentError, error.type());
    return error.what();
  }
}

TEST(TextQuery, WordsAreAlternatives) {
  EXPECT_EQ("(lung cancer)", parsed("Lung cancer"));
  EXPECT_EQ("()", parsed("  "));
  EXPECT_EQ("(a a)", parsed("a - -- OR a")) << "signs alone are no words";
}

TEST(TextQuery, Operators) {
  EXPECT_EQ("(+a +b)", parsed("a AND b"));
  EXPECT_EQ("(a b)", parsed("a OR b"));
  EXPECT_EQ("(a -b)", parsed("a NOT b"));
  EXPECT_EQ("(+a -b)", parsed("a AND NOT b"));
  EXPECT_EQ("(+a -b c)", parsed("+a -b c"));
  EXPECT_EQ("(+a +b c)", parsed("a && b || c"));
  EXPECT_EQ("(+(a b) +c)", parsed("(a b) AND c"));
  EXPECT_EQ("(and or)", parsed("and or")) << "operators are in capitals";
  EXPECT_EQ("(android)", parsed("ANDroid"));
}

TEST(TextQuery, Parts) {
  EXPECT_EQ("(aspirin~2 asprin~1)", parsed("aspirin~ asprin~1"));
  EXPECT_EQ("(leio* /l?omyo*a/)", parsed("LEIO* l?omyo*a"));
  EXPECT_EQ("(\"soft tissue\" \"a c\"~1 single)", parsed("\"Soft tissue\" \"a c\"~1 \"single\""));
  EXPECT_EQ("(name:aspirin name:\"a b\" (name:x name:y))", parsed("name:aspirin name:\"a b\" name:(x y)"));
  EXPECT_EQ("(a^2 (b c)^3)", parsed("a^2 (b c)^3"));
  EXPECT_EQ("(*)", parsed("*:*"));
  EXPECT_EQ("((il 6))", parsed("IL-6"));
  EXPECT_EQ("((cdk4 6))", parsed("CDK4/6"));
}

TEST(TextQuery, BackslashesTakeSignsAsTheyAre) {
  EXPECT_EQ("(a)", parsed("\\-a"));
  EXPECT_EQ("((a b))", parsed("a\\:b"));
  EXPECT_EQ("(/a\\*?/)", parsed("a\\*?"));
}

TEST(TextQuery, ErrorsShowThePlace) {
  EXPECT_EQ("full-text query, at character 3: this quotation mark is not closed\n  a \"b\n    ^", failure("a \"b"));
  EXPECT_NE(std::string::npos, failure("(a").find("a parenthesis is not closed"));
  EXPECT_NE(std::string::npos, failure("a)").find("was not opened"));
  EXPECT_NE(std::string::npos, failure("a AND").find("a word is missing"));
  EXPECT_NE(std::string::npos, failure("name:").find("a word is missing after the colon"));
  EXPECT_NE(std::string::npos, failure("a^b").find("^ wants a number"));
  EXPECT_NE(std::string::npos, failure("[a TO b]").find("ranges are for range indexes"));
  EXPECT_NE(std::string::npos, failure("/a.*/").find("regular expressions"));
  EXPECT_NE(std::string::npos, failure(std::string(10'000, '(')).find("too many parentheses"));
}

}  // namespace
}  // namespace plexus::text
