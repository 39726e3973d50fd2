// core/exec/operator/aggregate/degree_kernels.h: products of degrees, straight from arrays of offsets. Compiled for
// wider registers too, which are used where the processor has them.
#pragma once

#include <cstdint>
#include <span>

namespace plexus::exec {

// out[i] *= max(offsets[i + 1] - offsets[i], least). `offsets` has one more element than `out`.
void timesDegrees(std::span<std::uint32_t> out, std::span<const std::uint32_t> offsets, std::uint32_t least);
void timesDegrees(std::span<std::uint64_t> out, std::span<const std::uint32_t> offsets, std::uint32_t least);

}  // namespace plexus::exec
