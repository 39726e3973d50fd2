#include "tests/tck/gherkin.h"

#include <gtest/gtest.h>

namespace plexus::tck {
namespace {

TEST(Gherkin, ReadsStepsDocStringsAndTables) {
  const auto scenarios = parseFeature(
      "Feature: F\n\n  Scenario: [1] first\n    Given an empty graph\n    When executing query:\n      \"\"\"\n"
      "      RETURN 1\n        AS x\n      \"\"\"\n    Then the result should be, in any order:\n      | x   |\n"
      "      | 'a\\|b' |\n    And no side effects\n",
      "f.feature");
  ASSERT_EQ(scenarios.size(), 1U);
  EXPECT_EQ(scenarios[0].id(), "f.feature | [1] first | 0");
  ASSERT_EQ(scenarios[0].steps.size(), 4U);
  EXPECT_EQ(*scenarios[0].steps[1].docString, "RETURN 1\n  AS x");
  EXPECT_EQ((*scenarios[0].steps[2].table)[1][0], "'a|b'");
  EXPECT_EQ(scenarios[0].steps[3].text, "no side effects");
}

TEST(Gherkin, ExpandsOutlinesEverywhereAndOnlyKnownPlaceholders) {
  const auto scenarios = parseFeature(
      "Feature: F\n  Scenario Outline: [2] with <v>\n    When executing query:\n      \"\"\"\n      RETURN <v> <> <w>\n"
      "      \"\"\"\n    Then the result should be, in any order:\n      | <v> |\n    Examples:\n      | v |\n"
      "      | 1 |\n      | 2 |\n",
      "f");
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[1].id(), "f | [2] with 2 | 2");
  EXPECT_EQ(*scenarios[1].steps[0].docString, "RETURN 2 <> <w>");
  EXPECT_EQ((*scenarios[1].steps[1].table)[0][0], "2");
}

TEST(Gherkin, PutsTheBackgroundFirstAndAcceptsCarriageReturns) {
  const auto scenarios = parseFeature(
      "Feature: F\r\n  Background:\r\n    Given an empty graph\r\n\r\n  Scenario: s\r\n    And having executed:\r\n"
      "      \"\"\"\r\n      CREATE ()\r\n      \"\"\"\r\n",
      "f");
  ASSERT_EQ(scenarios[0].steps.size(), 2U);
  EXPECT_EQ(scenarios[0].steps[0].text, "an empty graph");
  EXPECT_EQ(*scenarios[0].steps[1].docString, "CREATE ()");
}

TEST(Gherkin, ASingleBarIsARowWithoutCells) {
  const auto scenarios =
      parseFeature("Feature: F\n  Scenario: s\n    And there exists a procedure p() :: VOID:\n      |\n", "f");
  ASSERT_TRUE(scenarios[0].steps[0].table.has_value());
  EXPECT_TRUE((*scenarios[0].steps[0].table)[0].empty());
}

TEST(Gherkin, RefusesAnOpenDocString) {
  EXPECT_THROW(parseFeature("Feature: F\n  Scenario: s\n    When executing query:\n    \"\"\"\n    RETURN 1\n", "f"),
               std::runtime_error);
}

}  // namespace
}  // namespace plexus::tck
