#include "core/storage/bulk/entry_sort.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include <oneapi/tbb/task_arena.h>

#include "core/base/parallel.h"

namespace plexus::storage {
namespace {

constexpr unsigned kDigitBits = 8;
constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
constexpr std::size_t kFew = 512;                              // where comparing is quicker
constexpr std::size_t kEntriesPerPart = std::size_t{1} << 16;  // at least, so that a part is worth a task

using Field = NodeId AdjacencyEntry::*;
using Counts = std::array<std::size_t, kDigits>;

class RadixSort {
 public:
  explicit RadixSort(std::vector<AdjacencyEntry>& entries)
      : from_{entries},
        to_(entries.size()),
        parts_{std::clamp<std::size_t>(entries.size() / kEntriesPerPart, 1,
                                       static_cast<std::size_t>(tbb::this_task_arena::max_concurrency()))},
        counts_(parts_) {}

  // Stable; none of the passes if the field ascends already.
  void by(Field field) {
    const auto less = [field](const AdjacencyEntry& a, const AdjacencyEntry& b) { return a.*field < b.*field; };
    if (std::is_sorted(from_.begin(), from_.end(), less)) return;
    NodeId all = 0;
    for (const AdjacencyEntry& entry : from_) all |= entry.*field;
    const auto bits = static_cast<unsigned>(std::bit_width(all));
    for (unsigned shift = 0; shift < bits; shift += kDigitBits) pass(field, shift);
  }

 private:
  std::size_t partBegin(std::size_t part) const { return from_.size() * part / parts_; }

  void pass(Field field, unsigned shift) {
    const auto digit = [=](const AdjacencyEntry& entry) { return (entry.*field >> shift) & (kDigits - 1); };
    parallelFor(parts_, [&](std::size_t part) {
      counts_[part].fill(0);
      for (std::size_t i = partBegin(part); i < partBegin(part + 1); ++i) ++counts_[part][digit(from_[i])];
    });
    std::size_t next = 0;
    for (std::size_t value = 0; value < kDigits; ++value) {
      for (Counts& counts : counts_) next += std::exchange(counts[value], next);
    }
    parallelFor(parts_, [&](std::size_t part) {
      Counts& places = counts_[part];
      for (std::size_t i = partBegin(part); i < partBegin(part + 1); ++i) to_[places[digit(from_[i])]++] = from_[i];
    });
    from_.swap(to_);
  }

  std::vector<AdjacencyEntry>& from_;
  std::vector<AdjacencyEntry> to_;
  std::size_t parts_;
  std::vector<Counts> counts_;  // of each part; then where its next entry with a digit goes
};

}  // namespace

void sortEntries(std::vector<AdjacencyEntry>& entries) {
  if (entries.size() <= kFew) {
    std::sort(entries.begin(), entries.end());
    return;
  }
  RadixSort sort{entries};
  sort.by(&AdjacencyEntry::neighbour);
  sort.by(&AdjacencyEntry::node);
}

}  // namespace plexus::storage
