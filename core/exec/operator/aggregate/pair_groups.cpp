#include "core/exec/operator/aggregate/pair_groups.h"

#include <algorithm>

namespace plexus::exec {

namespace {

constexpr std::size_t kKeptAtLeast = 4096;  // groups, before those that have become too low are dropped

}  // namespace

PairGroups::PairGroups(Worker& worker, PairProducts& products, std::uint64_t most)
    : worker_{worker}, products_{products}, most_{most}, reservation_{worker.context.memory} {}

// The sums so far become groups of pairs with that start.
void PairGroups::takeRow(NodeId start) {
  if (endsDiffer_) return sums_.takeAll([&](NodeId end, std::uint64_t count) { keep(end, start, count); });
  sums_.takeAll([&](NodeId end, std::uint64_t count) {
    const std::uint32_t number = endNumbers_[end - products_.ends().front()];
    if (grouped_[number] == 0) met_.emplace_back(number, end);
    grouped_[number] += count;
  });
  for (const auto& [number, end] : met_) keep(end, start, std::exchange(grouped_[number], 0));
  met_.clear();
}

void PairGroups::keep(NodeId first, NodeId second, std::uint64_t count) {
  if (highest_.size() < most_) {
    highest_.push(count);
  } else if (count < highest_.top()) {
    return;
  } else if (count > highest_.top()) {
    highest_.pop();
    highest_.push(count);
  }
  kept_.add(first, second, count);
}

void PairGroups::dropLow() {
  const std::uint64_t lowest = highest_.size() < most_ ? 0 : highest_.top();
  std::size_t left = 0;
  for (std::size_t i = 0; i < kept_.counts.size(); ++i) {
    if (kept_.counts[i] < lowest) continue;
    kept_.first[left] = kept_.first[i];
    kept_.second[left] = kept_.second[i];
    kept_.counts[left++] = kept_.counts[i];
  }
  kept_.first.resize(left);
  kept_.second.resize(left);
  kept_.counts.resize(left);
  reservation_.grow(left * (2 * sizeof(NodeId) + sizeof(std::uint64_t)));
}

GroupedPairs PairGroups::run(const std::array<NodeKeys, 2>& keys) {
  const auto &starts = products_.starts(), &ends = products_.ends();
  if (most_ == 0 || starts.empty() || ends.empty()) return {};
  products_.reach(sums_);
  const NodeNumbers endNumbers = NodeNumbers::number(worker_, keys[0], ends);
  const NodeNumbers startNumbers = NodeNumbers::number(worker_, keys[1], starts);
  endsDiffer_ = endNumbers.groups == ends.size();
  if (!endsDiffer_) {
    endNumbers_ = endNumbers.byNode(ends);
    grouped_.resize(endNumbers.groups);
  }
  std::size_t limit = kKeptAtLeast;
  startNumbers.forEachGroup(starts, [&](std::span<const NodeId> alike) {
    for (const NodeId start : alike) products_.row(start, sums_);
    takeRow(alike.back());
    if (kept_.counts.size() < limit) return;
    dropLow();
    limit = std::max(kKeptAtLeast, 2 * kept_.counts.size());
  });
  dropLow();
  return std::move(kept_);
}

}  // namespace plexus::exec
