#include "core/exec/operator/aggregate/degree_kernels.h"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define PLEXUS_FOR_WIDE_REGISTERS __attribute__((target_clones("default", "avx2")))
#else
#define PLEXUS_FOR_WIDE_REGISTERS
#endif

namespace plexus::exec {

PLEXUS_FOR_WIDE_REGISTERS
void timesDegrees(std::span<std::uint32_t> out, std::span<const std::uint32_t> offsets, std::uint32_t least) {
  std::uint32_t* to = out.data();
  const std::uint32_t *first = offsets.data(), *next = first + 1;
  for (std::size_t i = 0; i < out.size(); ++i) to[i] *= std::max(next[i] - first[i], least);
}

PLEXUS_FOR_WIDE_REGISTERS
void timesDegrees(std::span<std::uint64_t> out, std::span<const std::uint32_t> offsets, std::uint32_t least) {
  std::uint64_t* to = out.data();
  const std::uint32_t *first = offsets.data(), *next = first + 1;
  for (std::size_t i = 0; i < out.size(); ++i) to[i] *= std::max(next[i] - first[i], least);
}

}  // namespace plexus::exec
