// core/exec/operator/aggregate/list_intersection.h: what two ascending lists share. Equal elements multiply.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "core/base/ids.h"

namespace plexus::exec {

// Pairs of equal elements. Few elements are all compared, in registers; a short list is sought in a long one; else both
// are walked.
std::uint64_t countShared(std::span<const NodeId> a, std::span<const NodeId> b);

// visit(node, times): each shared node once, with how many pairs there are.
template <typename Visit>
void forEachShared(std::span<const NodeId> a, std::span<const NodeId> b, Visit visit) {
  constexpr std::size_t kMuchLonger = 16;
  if (a.size() > b.size()) std::swap(a, b);
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const NodeId node = a[i];
    if (a.size() * kMuchLonger < b.size()) {
      j = static_cast<std::size_t>(std::lower_bound(b.begin() + static_cast<std::ptrdiff_t>(j), b.end(), node) -
                                   b.begin());
    } else {
      while (j < b.size() && b[j] < node) ++j;
    }
    std::uint64_t inA = 0, inB = 0;
    for (; i < a.size() && a[i] == node; ++i) ++inA;
    for (; j < b.size() && b[j] == node; ++j) ++inB;
    if (inB != 0) visit(node, inA * inB);
  }
}

}  // namespace plexus::exec
