// Answers as java.util.regex.Pattern (Java 17) gives them for Pattern.compile(pattern).matcher(text).matches().
#include "core/function/java_regex.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/function/regex.h"

namespace plexus::function {
namespace {

struct Case {
  const char *pattern, *text;
  bool matches;
};

class JavaRegex : public testing::TestWithParam<Case> {};

TEST_P(JavaRegex, MatchesAsInJava) {
  const auto& [pattern, text, matches] = GetParam();
  EXPECT_EQ(Regex{pattern}.matches(text), matches) << pattern << " on " << text << ": " << translateJavaRegex(pattern);
}

INSTANTIATE_TEST_SUITE_P(Classes, JavaRegex,
                         testing::Values(Case{"[a-c&&[^b]]", "a", true}, Case{"[a-c&&[^b]]", "b", false},
                                         Case{"[a-z&&[def]&&[^e]]+", "dff", true}, Case{"[a-d[m-p]]", "n", true},
                                         Case{"[^a-d[m-p]]", "n", false}, Case{"[^a&&b]", "a", true},
                                         Case{"[]a]+", "]a", true}, Case{"[a-]+", "-a", true},
                                         Case{"[\\W&&[^ ]]", "-", true}, Case{"[\\W&&[^ ]]", " ", false},
                                         Case{"[\\Q^]\\E]+", "^]", true}));
INSTANTIATE_TEST_SUITE_P(CaseCounts, JavaRegex,
                         testing::Values(Case{"(?i)abk", "ABK", true}, Case{"(?i)é", "É", false},
                                         Case{"(?iu)é", "É", true}, Case{"(?i)k", "\u212a", false},
                                         Case{"(?iu)k", "\u212a", true}, Case{"(?i)[a-c]x", "BX", true},
                                         Case{"(?i)[é]", "É", false}, Case{"a(?i)b", "aB", true},
                                         Case{"a(?i)b", "AB", false}, Case{"(?i:a)b", "AB", false},
                                         Case{"(?i)a(?-i)b", "AB", false}, Case{"(?i)\\p{Lower}", "A", true}));
INSTANTIATE_TEST_SUITE_P(Lines, JavaRegex,
                         testing::Values(Case{"a.", "a\r", false}, Case{"a.", "a\u2028", false},
                                         Case{"a.", "a\x0b", true}, Case{"(?s)a.", "a\n", true},
                                         Case{"(?d)a.", "a\r", true}, Case{"(?d)a.", "a\n", false},
                                         Case{"a$\\n", "a\n", true}, Case{"(?m)a$\\n^b", "a\nb", true},
                                         Case{"a$\\n^b", "a\nb", false}, Case{"(?m)^", "", false}));
INSTANTIATE_TEST_SUITE_P(Properties, JavaRegex,
                         testing::Values(Case{"\\p{Punct}", "!", true}, Case{"\\p{Punct}", "§", false},
                                         Case{"\\p{Alpha}", "é", false}, Case{"(?U)\\p{Alpha}", "é", true},
                                         Case{"\\p{IsAlphabetic}+", "éα", true}, Case{"\\p{IsGreek}", "α", true},
                                         Case{"\\p{IsGreek}", "a", false}, Case{"\\p{script=Greek}", "α", true},
                                         Case{"\\P{L}", "1", true}, Case{"\\pL", "é", true},
                                         Case{"\\p{javaUpperCase}", "É", true}, Case{"\\w+", "é", false},
                                         Case{"(?U)\\w+", "é", true}, Case{"[\\p{L}&&[^\\p{Lu}]]", "a", true},
                                         Case{"[\\p{L}&&[^\\p{Lu}]]", "A", false}));
INSTANTIATE_TEST_SUITE_P(Escapes, JavaRegex,
                         testing::Values(Case{"\\u00e9", "é", true}, Case{"\\uD83D\\uDE00", "\U0001F600", true},
                                         Case{"\\x{1F600}", "\U0001F600", true}, Case{"\\0101", "A", true},
                                         Case{"\\x41\\t", "A\t", true}, Case{"\\Qa.b\\E+", "a.bb", true},
                                         Case{"\\Qa.b", "axb", false}, Case{"(a)\\1", "aa", true},
                                         Case{"(a)\\11", "aa1", true}, Case{"(a)\\2", "aa", false},
                                         Case{"(?<x>a)\\k<x>", "aa", true}, Case{"a\\Z\\n", "a\n", true},
                                         Case{"\\cA", "\x01", true}, Case{"(?x) a b # remark", "ab", true}));

class JavaRegexMistake : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(JavaRegexMistake, IsNamedWithItsPlace) {
  const auto& [pattern, message] = GetParam();
  try {
    const Regex regex{pattern};
    FAIL() << pattern << " was taken, and " << (regex.matches("") ? "matches nothing" : "does not match nothing");
  } catch (const Error& error) {
    EXPECT_NE(std::string{error.what()}.find(message), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, JavaRegexMistake,
    testing::Values(std::pair{"é*+*", "malformed at character 4: there is nothing that `*` could repeat"},
                    std::pair{"a{,3}", "malformed at character 2: `{` begins a repetition"},
                    std::pair{"(a", "malformed at character 1: a group is not closed"},
                    std::pair{"a)", "malformed at character 2: nothing is open"},
                    std::pair{"[a", "malformed at character 1: a class is not closed"},
                    std::pair{"[z-a]", "from the lower character to the higher"},
                    std::pair{"\\y", "there is no escape `\\y`"}, std::pair{"a\\", "nothing follows the last `\\`"},
                    std::pair{"\\p{Nope}", "there is no property `Nope`"}, std::pair{"\\p{InGreek}", "Unicode blocks"},
                    std::pair{"(?P<n>a)", "there is no flag `P`"}, std::pair{"(?<=a+)b", "lookbehind"}));

// Whatever is written, it is an expression or a mistake that is told.
TEST(JavaRegexRandom, AnythingIsAnsweredOrRefused) {
  const std::string pieces = "ab(?i:)[&&^]-\\pPdwQEkuxn{2},<>|*+.$é# ";
  std::mt19937 random{7};
  for (int i = 0; i < 20'000; ++i) {
    std::string pattern;
    for (std::size_t n = random() % 12; n > 0; --n) pattern += pieces[random() % pieces.size()];
    try {
      Regex{pattern}.matches("ab");
    } catch (const Error&) {
    }
  }
}

TEST(JavaRegexRandom, DeepNestingIsRefused) {
  EXPECT_THROW(Regex{std::string(10'000, '(') + std::string(10'000, ')')}, Error);
  EXPECT_THROW(Regex{std::string(10'000, '[') + "a" + std::string(10'000, ']')}, Error);
}

}  // namespace
}  // namespace plexus::function
