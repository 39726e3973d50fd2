#include "core/exec/operator/aggregate/list_intersection.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kAllPairs = 48;  // comparisons that take no longer than a walk's wrong guesses

std::uint64_t compareAll(std::span<const NodeId> a, std::span<const NodeId> b) {
  std::uint32_t equal = 0;
  for (const NodeId x : a) {
    for (const NodeId y : b) equal += x == y ? 1U : 0U;
  }
  return equal;
}

}  // namespace

std::uint64_t countShared(std::span<const NodeId> a, std::span<const NodeId> b) {
  if (a.empty() || b.empty()) return 0;
  if (a.size() * b.size() <= kAllPairs) return compareAll(a, b);
  std::uint64_t sum = 0;
  forEachShared(a, b, [&](NodeId, std::uint64_t times) { sum += times; });
  return sum;
}

}  // namespace plexus::exec
