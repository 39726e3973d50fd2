#include "core/exec/operator/aggregate/degree_kernels.h"

#include <vector>

#include <gtest/gtest.h>

namespace plexus::exec {
namespace {

template <typename Count>
void expectProducts() {
  const std::vector<std::uint32_t> offsets{5, 5, 8, 9, 9, 20, 22, 22, 23, 24, 31};
  std::vector<Count> plain(10, 3), atLeastOne(10, 3);
  timesDegrees(std::span<Count>{plain}, offsets, 0);
  timesDegrees(std::span<Count>{atLeastOne}, offsets, 1);
  EXPECT_EQ(plain, (std::vector<Count>{0, 9, 3, 0, 33, 6, 0, 3, 3, 21}));
  EXPECT_EQ(atLeastOne, (std::vector<Count>{3, 9, 3, 3, 33, 6, 3, 3, 3, 21}));
}

TEST(DegreeKernels, MultiplyByDegrees) {
  expectProducts<std::uint32_t>();
  expectProducts<std::uint64_t>();
}

}  // namespace
}  // namespace plexus::exec
