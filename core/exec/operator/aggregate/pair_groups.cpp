#include "core/exec/operator/aggregate/pair_groups.h"

#include <algorithm>
#include <numeric>

#include "core/exec/run/group_table.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kKeptAtLeast = 4096;  // groups, before those that have become too low are dropped

}  // namespace

PairGroups::PairGroups(Worker& worker, std::vector<PathProduct>& products, std::vector<int> signs, std::uint64_t most)
    : worker_{worker},
      products_{products},
      signs_{std::move(signs)},
      most_{most},
      reservation_{worker.context.memory} {}

PairGroups::Numbers PairGroups::number(const Keys& keys, const std::vector<NodeId>& nodes) {
  Numbers out{{}, nodes.empty() ? std::size_t{0} : std::size_t{1}};
  if (keys.empty() || nodes.empty()) {
    out.of.assign(nodes.size(), 0);
    return out;
  }
  auto vector = std::make_shared<Vector>(Vector::Kind::kNode, nodes.size());
  std::copy(nodes.begin(), nodes.end(), vector->data<NodeId>().begin());
  Batch rows{1};
  rows.setRows(nodes.size());
  rows.setColumn(0, std::move(vector));
  std::vector<Column> columns;
  std::vector<std::unique_ptr<Evaluator::Scratch>> scratches;
  for (const auto& key : keys) {
    scratches.push_back(key->open(worker_));
    columns.push_back(key->evaluate(worker_, *scratches.back(), rows));
  }
  GroupTable table{columns.size()};
  table.assign(columns, nodes.size(), out.of);
  out.groups = table.size();
  return out;
}

void PairGroups::addRow(NodeId start, std::uint64_t count) {
  for (std::size_t p = 0; p < products_.size(); ++p) {
    const std::uint64_t times = p == 0 ? count : Lookup{products_[p].starts(), false}(start);
    if (times != 0) products_[p].row(start, times, signs_[p], sums_);
  }
}

// The sums so far become groups of pairs with that start.
void PairGroups::takeRow(NodeId start) {
  if (endsDiffer_) return sums_.takeAll([&](NodeId end, std::uint64_t count) { keep(end, start, count); });
  sums_.takeAll([&](NodeId end, std::uint64_t count) {
    const std::uint32_t number = endNumbers_[end - sums_.low()];
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
  kept_.first.push_back(first);
  kept_.second.push_back(second);
  kept_.counts.push_back(count);
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

GroupedPairs PairGroups::run(const std::array<Keys, 2>& keys) {
  const NodeCounts starts = asList(products_[0].starts()), ends = asList(products_[0].ends());
  if (most_ == 0 || starts.size() == 0 || ends.size() == 0) return {};
  sums_.reach(products_[0].endHull());
  const Numbers endNumbers = number(keys[0], ends.nodes), startNumbers = number(keys[1], starts.nodes);
  endsDiffer_ = endNumbers.groups == ends.size();
  if (!endsDiffer_) {
    endNumbers_.resize(sums_.size());
    for (std::size_t i = 0; i < ends.size(); ++i) endNumbers_[ends.nodes[i] - sums_.low()] = endNumbers.of[i];
    grouped_.resize(endNumbers.groups);
  }
  std::vector<std::uint32_t> order(starts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return startNumbers.of[a] < startNumbers.of[b]; });
  std::size_t limit = kKeptAtLeast;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const NodeId start = starts.nodes[order[i]];
    addRow(start, starts.counts[order[i]]);
    const bool last = i + 1 == order.size() || startNumbers.of[order[i + 1]] != startNumbers.of[order[i]];
    if (last) takeRow(start);
    if (kept_.counts.size() < limit) continue;
    dropLow();
    limit = std::max(kKeptAtLeast, 2 * kept_.counts.size());
  }
  dropLow();
  return std::move(kept_);
}

}  // namespace plexus::exec
