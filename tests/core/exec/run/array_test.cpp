#include "core/exec/run/array.h"

#include <cstdint>

#include <gtest/gtest.h>

namespace plexus::exec {
namespace {

TEST(Array, GivesABlockOutAgain) {
  constexpr std::size_t kSize = 100'000;
  const void* first = nullptr;
  {
    const Array<std::uint64_t> once(kSize, 7);
    first = once.data();
  }
  const Array<std::uint64_t> again(kSize - 100);  // fits the same block
  EXPECT_EQ(again.data(), first);
  const Array<std::uint64_t> other(kSize);
  EXPECT_NE(other.data(), first);
}

TEST(Array, IsWhatItIsFilledWith) {
  { const Array<std::uint64_t> used(50'000, 9); }
  const Array<std::uint64_t> zeros(50'000, 0);
  for (const auto element : zeros) ASSERT_EQ(element, 0U);
}

TEST(Array, KeepsNoMoreThanItMay) {
  const Array<std::uint8_t> large(kIdleBytes * 2, 1);
  EXPECT_EQ(large.back(), 1);
}

}  // namespace
}  // namespace plexus::exec
