#include "core/text/similar.h"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

namespace plexus::text {
namespace {

// The textbook's table, over code points of one byte.
unsigned distanceOf(const std::string& a, const std::string& b) {
  std::vector<std::vector<unsigned>> d(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (unsigned i = 0; i <= a.size(); ++i) {
    for (unsigned j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

storage::TermList listOf(const std::vector<std::string>& ascending) {
  storage::TermList list;
  for (const std::string& term : ascending) list.add(term);
  return list;
}

TEST(SimilarTerms, AreThoseWithinTheDistance) {
  std::mt19937 random{7};
  const auto word = [&] {
    std::string out(random() % 7, 'a');
    for (char& c : out) c = static_cast<char>('a' + random() % 3);
    return out;
  };
  for (int round = 0; round < 200; ++round) {
    std::set<std::string> words;
    for (int i = 0; i < 60; ++i) words.insert(word() + "x");
    const storage::TermList list = listOf({words.begin(), words.end()});
    const std::string wanted = word() + "x";
    for (unsigned most = 0; most <= 2; ++most) {
      std::vector<std::pair<std::string, unsigned>> expected, found;
      for (const auto& each : words) {
        if (distanceOf(each, wanted) <= most) expected.emplace_back(each, distanceOf(each, wanted));
      }
      for (const auto& each : similarTerms(list, wanted, most)) found.emplace_back(each.term, each.distance);
      ASSERT_EQ(expected, found) << wanted << " within " << most;
    }
  }
}

TEST(SimilarTerms, CountCodePoints) {
  const storage::TermList list = listOf({"tgfα", "tgfβ", "tgfβ1"});
  const auto found = similarTerms(list, "tgfβ", 1);
  ASSERT_EQ(3U, found.size());
  EXPECT_EQ(1U, found[0].distance);
  EXPECT_EQ(0U, found[1].distance);
}

TEST(Patterns, StarsAndQuestionMarks) {
  EXPECT_TRUE(matchesPattern("leiomyoma", "l*myo?a"));
  EXPECT_TRUE(matchesPattern("abcbc", "a*bc"));
  EXPECT_FALSE(matchesPattern("abcb", "a*bc"));
  EXPECT_TRUE(matchesPattern("β1", "?1"));
  EXPECT_TRUE(matchesPattern("", "*"));
  EXPECT_FALSE(matchesPattern("", "?"));
  EXPECT_TRUE(matchesPattern("a*", "a\\*"));
  EXPECT_FALSE(matchesPattern("ab", "a\\*"));
  EXPECT_FALSE(matchesPattern(std::string(2000, 'a'), "*a*a*a*a*a*a*a*b"));
}

}  // namespace
}  // namespace plexus::text
