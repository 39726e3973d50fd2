// The runner must be able to fail: each right expectation below has wrong ones beside it.
#include "tests/tck/scenario_runner.h"

#include <gtest/gtest.h>

#include "tests/tck/isolated_run.h"

namespace plexus::tck {
namespace {

Step step(std::string text) { return {std::move(text), {}, {}}; }
Step query(std::string text, std::string doc) { return {std::move(text), std::move(doc), {}}; }
Step table(std::string text, Table rows) { return {std::move(text), {}, std::move(rows)}; }

bool passes(const std::string& cypher, std::vector<Step> expectations) {
  Scenario scenario{"f", "s", 0, {step("an empty graph"), query("executing query:", cypher)}};
  scenario.steps.insert(scenario.steps.end(), expectations.begin(), expectations.end());
  return !runScenario(scenario, {}).has_value();
}

const char* const kAnyOrder = "the result should be, in any order:";
const char* const kInOrder = "the result should be, in order:";

TEST(ScenarioRunner, JudgesValues) {
  EXPECT_TRUE(passes("RETURN 1 AS x", {table(kAnyOrder, {{"x"}, {"1"}})}));
  EXPECT_FALSE(passes("RETURN 1 AS x", {table(kAnyOrder, {{"x"}, {"2"}})}));
  EXPECT_FALSE(passes("RETURN 1 AS x", {table(kAnyOrder, {{"x"}, {"1.0"}})}));
}

TEST(ScenarioRunner, JudgesColumns) {
  EXPECT_TRUE(passes("RETURN 1 AS x, 2 AS y", {table(kAnyOrder, {{"x", "y"}, {"1", "2"}})}));
  EXPECT_FALSE(passes("RETURN 1 AS x, 2 AS y", {table(kAnyOrder, {{"y", "x"}, {"2", "1"}})}));
  EXPECT_FALSE(passes("RETURN 1 AS x, 2 AS y", {table(kAnyOrder, {{"x"}, {"1"}})}));
}

TEST(ScenarioRunner, JudgesNumberAndOrderOfRows) {
  const std::string cypher = "UNWIND [2, 1, 1] AS x RETURN x";
  EXPECT_TRUE(passes(cypher, {table(kAnyOrder, {{"x"}, {"1"}, {"1"}, {"2"}})}));
  EXPECT_FALSE(passes(cypher, {table(kAnyOrder, {{"x"}, {"1"}, {"2"}})}));
  EXPECT_FALSE(passes(cypher, {table(kInOrder, {{"x"}, {"1"}, {"1"}, {"2"}})}));
  EXPECT_TRUE(passes(cypher, {table(kInOrder, {{"x"}, {"2"}, {"1"}, {"1"}})}));
  EXPECT_FALSE(passes(cypher, {step("the result should be empty")}));
}

TEST(ScenarioRunner, JudgesSideEffects) {
  const std::string cypher = "CREATE (:A {p: 1})";
  EXPECT_TRUE(passes(
      cypher, {table("the side effects should be:", {{"+nodes", "1"}, {"+labels", "1"}, {"+properties", "1"}})}));
  EXPECT_FALSE(passes(cypher, {table("the side effects should be:", {{"+nodes", "1"}, {"+labels", "1"}})}));
  EXPECT_FALSE(passes(cypher, {step("no side effects")}));
  EXPECT_TRUE(passes("RETURN 1", {step("no side effects")}));
}

TEST(ScenarioRunner, JudgesErrors) {
  const std::string cypher = "RETURN x";
  EXPECT_TRUE(passes(cypher, {step("a SyntaxError should be raised at compile time: UndefinedVariable")}));
  EXPECT_FALSE(passes(cypher, {step("a TypeError should be raised at compile time: UndefinedVariable")}));
  EXPECT_FALSE(passes(cypher, {step("a SyntaxError should be raised at runtime: UndefinedVariable")}));
  EXPECT_FALSE(passes(cypher, {step("a SyntaxError should be raised at compile time: VariableAlreadyBound")}));
  EXPECT_FALSE(passes("RETURN 1", {step("a SyntaxError should be raised at compile time: UndefinedVariable")}));
  EXPECT_FALSE(passes(cypher, {step("no side effects")}));
}

TEST(ScenarioRunner, FailsOnUnknownStepsAndBrokenSetUps) {
  EXPECT_FALSE(passes("RETURN 1", {step("the moon should be full")}));
  EXPECT_TRUE(
      runScenario({"f", "s", 0, {step("an empty graph"), query("having executed:", "CREATE (")}}, {}).has_value());
  EXPECT_TRUE(runScenario({"f", "s", 0, {step("an empty graph")}}, {}).has_value());
}

TEST(ScenarioRunner, TableProceduresAnswerByTheirInputs) {
  Scenario scenario{"f",
                    "s",
                    0,
                    {step("an empty graph"),
                     table("there exists a procedure test.my.proc(in :: INTEGER?) :: (out :: STRING?):",
                           {{"in", "out"}, {"1", "'one'"}, {"2", "'two'"}}),
                     query("executing query:", "CALL test.my.proc(2)"), table(kInOrder, {{"out"}, {"'two'"}})}};
  EXPECT_EQ(runScenario(scenario, {}), std::nullopt);
}

TEST(IsolatedRun, ACrashAndAHangFailOneItemEach) {
  const auto verdicts = runIsolated(5, 2, std::chrono::seconds{1}, [](std::size_t i) -> std::optional<std::string> {
    if (i == 1) std::abort();
    if (i == 2)
      for (volatile bool forever = true; forever;) {
      }
    if (i == 3) return "wrong";
    return std::nullopt;
  });
  EXPECT_TRUE(verdicts[0].passed);
  EXPECT_EQ(verdicts[1].message, "the process died");
  EXPECT_EQ(verdicts[2].message, "no answer in time");
  EXPECT_EQ(verdicts[3].message, "wrong");
  EXPECT_TRUE(verdicts[4].passed);
}

}  // namespace
}  // namespace plexus::tck
