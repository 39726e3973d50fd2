#include "core/text/analysis.h"

#include <gtest/gtest.h>

namespace plexus::text {
namespace {

using Terms = std::vector<std::string>;

TEST(Analysis, SplitsAtWhatIsNoLetterAndNoDigit) {
  EXPECT_EQ((Terms{"5", "fluorouracil"}), termsOf("5-Fluorouracil"));
  EXPECT_EQ((Terms{"il", "6", "receptor", "r2d2"}), termsOf(" IL-6 (receptor), R2D2."));
  EXPECT_EQ(Terms{}, termsOf(" -- \n"));
  EXPECT_EQ(Terms{}, termsOf(""));
}

TEST(Analysis, FoldsCaseAccentsAndForms) {
  EXPECT_EQ((Terms{"naive", "strasse"}), termsOf("NAÏVE Straße"));
  EXPECT_EQ((Terms{"naive"}), termsOf("nai\xCC\x88ve"));  // with a combining mark
  EXPECT_EQ((Terms{"tgf", "β1"}), termsOf("TGF-Β1"));
  EXPECT_EQ((Terms{"file"}), termsOf("\xEF\xAC\x81le"));  // a ligature
}

TEST(Analysis, DropsThePossessiveS) {
  EXPECT_EQ((Terms{"alzheimer", "disease"}), termsOf("Alzheimer's disease"));
  EXPECT_EQ((Terms{"alzheimer", "disease"}), termsOf("Alzheimer\u2019s disease"));
  EXPECT_EQ((Terms{"d", "santis"}), termsOf("D'Santis"));
  EXPECT_EQ((Terms{"s"}), termsOf("'s"));
}

TEST(Analysis, IdeographsStandAlone) { EXPECT_EQ((Terms{"癌", "症", "a1"}), termsOf("癌症a1")); }

TEST(Analysis, BytesThatAreNoUtf8AreNoWords) {
  EXPECT_EQ((Terms{"a", "b"}), termsOf("a\xFF"
                                       "B"));
}

TEST(Analysis, LongWordsAreCut) {
  EXPECT_EQ(255U, termsOf(std::string(1000, 'a')).at(0).size());
  std::string umlauts;
  for (int i = 0; i < 300; ++i) umlauts += "β";
  EXPECT_EQ(254U, termsOf(umlauts).at(0).size());
}

TEST(Analysis, AListIsManyTexts) {
  const auto found = analyse(Value{List{"aspirin", "acetyl salicylic acid, acetyl", 3}});
  ASSERT_EQ(4U, found.size());
  EXPECT_EQ("acetyl", found[0].term);
  EXPECT_EQ(2, found[0].frequency);
  EXPECT_EQ(4, found[0].length);
  EXPECT_EQ("aspirin", found[2].term);
  EXPECT_EQ(1, found[2].length);
  EXPECT_TRUE(analyse(Value{7}).empty());
  EXPECT_TRUE(analyse(Value{}).empty());
}

TEST(Analysis, ShortTextsSayMore) {
  EXPECT_GT(termWeight(1, 1), termWeight(1, 2));
  EXPECT_GT(termWeight(2, 4), termWeight(1, 4));
  EXPECT_LT(termWeight(255, 1), 1);
}

}  // namespace
}  // namespace plexus::text
