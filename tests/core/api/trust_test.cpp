// CYPHER trust='...': what is said about a wrong condition, and how judging ends early.
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

class TrustTest : public QueryTest {
 protected:
  void SetUp() override {
    run("CREATE RELATION TYPE treats WITH EVIDENCE (phase INTEGER)");
    run("UNWIND range(1, 20000) AS i CREATE (:Drug {i: i})-[:treats {source: 'trial ' + toString(i), phase: i % "
        "4}]->()");
  }
  static std::string under(const std::string& condition) {
    return "CYPHER trust='" + condition + "' MATCH (:Drug)-[:treats]->(d) RETURN count(*)";
  }
  std::string message(const std::string& condition) {
    try {
      run(under(condition));
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(TrustTest, AMisspeltPropertyIsAWarning) {
  const auto warnings = run(under("sorce = \"trial 1\" OR phase = 9")).warnings;
  EXPECT_EQ(warnings,
            Lines{"in the option `trust`: property key `sorce` is not in the database; did you mean `source`?"});
  EXPECT_EQ(run(under("any(x IN [source] WHERE x = \"trial 1\")")).warnings, Lines{});
  // Known from now on: the plan is made anew.
  run("CREATE (:Drug)-[:treats {sorce: 'trial 1', phase: 0}]->()");
  EXPECT_EQ(run(under("sorce = \"trial 1\" OR phase = 9")).warnings, Lines{});
  EXPECT_EQ(one(under("sorce = \"trial 1\" OR phase = 9")), "1");
}

TEST_F(TrustTest, ErrorsHaveTheirPlaceInTheCondition) {
  EXPECT_EQ(message("phase > 1 AND sise(source) > 3"),
            "in the option `trust`: there is no function `sise`; did you mean `size`?\n"
            "line 1, column 15\n"
            "  phase > 1 AND sise(source) > 3\n"
            "                ^^^^");
  EXPECT_EQ(message("phase > 1 AND left(source)"),
            "in the option `trust`: `left` does not take 1 arguments; it is left(text :: STRING, length :: INTEGER) :: "
            "STRING\n"
            "line 1, column 15\n"
            "  phase > 1 AND left(source)\n"
            "                ^^^^^^^^^^^^");
  EXPECT_EQ(message("date(source) > date(\"2020-01-01\")"),
            "in the option `trust`: 'trial 1' is not a DATE\n"
            "line 1, column 1\n"
            "  date(source) > date(\"2020-01-01\")\n"
            "  ^^^^^^^^^^^^");
  EXPECT_EQ(error("EXPLAIN " + under("sise(source) > 3")), "SyntaxError: UnknownFunction");
}

const char* const kSlow = "size([x IN range(1, 2000) WHERE x % 7 = phase]) > 0";

TEST_F(TrustTest, TimeOutsEndJudging) {
  connection_->options().timeout = std::chrono::milliseconds{30};
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(error(under(kSlow)), "LimitExceeded: ");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{2});
  connection_->options().timeout = {};
  EXPECT_EQ(one(under("phase = 1")), "5000");
}

// Both the query that judges and one that waits for its judgement.
TEST_F(TrustTest, InterruptsEndJudging) {
  auto other = database_->connect();
  std::atomic<bool> done{false};
  std::thread interrupts{[&] {
    while (!done) {
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
      connection_->interrupt();
      other->interrupt();
    }
  }};
  const auto ends = [](Connection& connection) {
    try {
      connection.run(under(kSlow)).drain();
    } catch (const Error& error) {
      return error.type() == ErrorType::kCancelled;
    }
    return false;
  };
  bool otherEnded = false;
  std::thread second{[&] { otherEnded = ends(*other); }};
  EXPECT_TRUE(ends(*connection_));
  second.join();
  EXPECT_TRUE(otherEnded);
  done = true;
  interrupts.join();
}

}  // namespace
}  // namespace plexus
