#include "core/base/parallel.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace plexus {
namespace {

TEST(ParallelFor, DoesEachOnce) {
  std::vector<std::atomic<int>> done(1000);
  parallelFor(done.size(), [&](std::size_t i) { ++done[i]; });
  for (const auto& times : done) EXPECT_EQ(times, 1);
  parallelFor(0, [](std::size_t) { FAIL(); });
}

TEST(ParallelFor, MayBeUsedWithinItself) {
  std::atomic<int> done{0};
  parallelFor(8, [&](std::size_t) { parallelFor(8, [&](std::size_t) { ++done; }); });
  EXPECT_EQ(done, 64);
}

TEST(ParallelFor, ThrowsWhatWasThrown) {
  const auto work = [](std::size_t i) {
    if (i == 7) throw std::runtime_error{"seven"};
  };
  EXPECT_THROW(parallelFor(100, work), std::runtime_error);
}

TEST(TaskGroup, WaitsForAllAndThrowsWhatWasThrown) {
  TaskGroup group;
  std::vector<int> results(4);
  for (int i = 0; i < 4; ++i) group.run([&results, i] { results[static_cast<std::size_t>(i)] = i * i; });
  group.wait();
  EXPECT_EQ(results, (std::vector<int>{0, 1, 4, 9}));
  group.run([] { throw std::runtime_error{"late"}; });
  EXPECT_THROW(group.wait(), std::runtime_error);
  group.wait();
}

}  // namespace
}  // namespace plexus
