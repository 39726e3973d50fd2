#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/parse/parser.h"

namespace plexus::parse {
namespace {

std::vector<std::string> statements(const std::string& text, bool* complete = nullptr) {
  std::vector<std::string> parts;
  for (const Span span : splitStatements(text, complete))
    parts.push_back(text.substr(span.begin, span.end - span.begin));
  return parts;
}

using Parts = std::vector<std::string>;

TEST(SplitStatements, CutsAtSemicolonsAndDropsEmptyOnes) {
  EXPECT_EQ(statements("RETURN 1; ;\n RETURN 2 ;"), (Parts{"RETURN 1", "RETURN 2"}));
  EXPECT_EQ(statements(""), Parts{});
  EXPECT_EQ(statements(" ;; // nothing\n"), Parts{});
}

TEST(SplitStatements, SemicolonsInTextDoNotCount) {
  EXPECT_EQ(statements("RETURN ';' + \"a;\\\"b;\"; RETURN `x;``y;`"),
            (Parts{"RETURN ';' + \"a;\\\"b;\"", "RETURN `x;``y;`"}));
  EXPECT_EQ(statements("RETURN 1 // a;b\n + 2; /* c;d */ RETURN 3"), (Parts{"RETURN 1 // a;b\n + 2", "RETURN 3"}));
  EXPECT_EQ(statements("RETURN 'http://a'; RETURN 2"), (Parts{"RETURN 'http://a'", "RETURN 2"}));
}

TEST(SplitStatements, TellsWhetherTheLastIsClosed) {
  bool complete = true;
  EXPECT_EQ(statements("RETURN 1; RETURN", &complete), (Parts{"RETURN 1", "RETURN"}));
  EXPECT_FALSE(complete);
  statements("RETURN 1; // done", &complete);
  EXPECT_TRUE(complete);
  statements("RETURN ';", &complete);
  EXPECT_FALSE(complete);
}

TEST(SplitStatements, UnfinishedTextEndsWithTheText) {
  EXPECT_EQ(statements("RETURN 'a; b"), (Parts{"RETURN 'a; b"}));
  EXPECT_EQ(statements("RETURN 'a\\"), (Parts{"RETURN 'a\\"}));
  EXPECT_EQ(statements("RETURN 1 /* a; b"), (Parts{"RETURN 1 /* a; b"}));
  EXPECT_EQ(statements("RETURN `a; b"), (Parts{"RETURN `a; b"}));
}

}  // namespace
}  // namespace plexus::parse
