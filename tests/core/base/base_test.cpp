#include <gtest/gtest.h>

#include "core/base/cancellation.h"
#include "core/base/error.h"
#include "core/base/memory_budget.h"
#include "core/base/nearest_name.h"

namespace plexus {
namespace {

TEST(Cancellation, SaysWhichOfTheTwo) {
  Cancellation c;
  EXPECT_NO_THROW(c.check());
  c.setDeadline(Cancellation::Clock::now() + std::chrono::hours{1});
  EXPECT_NO_THROW(c.check());
  c.setDeadline(Cancellation::Clock::now() - std::chrono::seconds{1});
  try {
    c.check();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kLimitExceeded);
  }
  c.cancel();
  try {
    c.check();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kCancelled);
  }
}

TEST(MemoryBudget, TakesAllOrNothing) {
  MemoryBudget budget{"query memory limit", 100};
  EXPECT_TRUE(budget.tryReserve(60));
  EXPECT_FALSE(budget.tryReserve(41));
  EXPECT_FALSE(budget.tryReserve(static_cast<std::size_t>(-1)));
  EXPECT_EQ(budget.used(), 60U);
  EXPECT_TRUE(budget.tryReserve(40));
  budget.release(100);
  EXPECT_EQ(budget.used(), 0U);
  try {
    budget.reserve(101);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kLimitExceeded);
    EXPECT_NE(std::string{error.what()}.find("query memory limit"), std::string::npos);
  }
}

TEST(NearestName, FindsTyposOnly) {
  const std::vector<std::string> names{"Disease", "Drug", "name", "treats"};
  EXPECT_EQ(nearestName("drgu", names), "Drug");  // a swap is one step
  EXPECT_EQ(nearestName("TREATS", names), "treats");
  EXPECT_EQ(nearestName("Diseases", names), "Disease");
  EXPECT_EQ(nearestName("xyz", names), std::nullopt);
  EXPECT_EQ(nearestName("", names), std::nullopt);
  EXPECT_EQ(didYouMean("nme", names), "did you mean `name`?");
  EXPECT_EQ(didYouMean("zzz", names), "");
}

}  // namespace
}  // namespace plexus
