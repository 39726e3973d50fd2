#include "core/exec/operator/aggregate/node_weights.h"

#include <algorithm>

#include "core/base/error.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kMostRanges = 8;

[[noreturn]] void throwTooMany() {
  throwRuntime(ErrorType::kArithmeticError, "NumberOutOfRange", "the number of matches does not fit an INTEGER");
}

// One past the last of the consecutive members from `begin` on, by their ranks: doubling steps, then halving.
NodeId endOfRun(const Roaring& bitmap, NodeId begin, NodeId last) {
  const std::uint64_t before = bitmap.rank(begin);
  const auto consecutive = [&](std::uint64_t to) {
    return bitmap.rank(static_cast<NodeId>(to)) - before == to - begin;
  };
  if (consecutive(last)) return last + 1;
  std::uint64_t good = begin, bad = last;  // good is in the run, bad is not
  while (bad - good > 1) {
    const std::uint64_t middle = good + (bad - good) / 2;
    (consecutive(middle) ? good : bad) = middle;
  }
  return static_cast<NodeId>(good + 1);
}

}  // namespace

std::uint64_t countProduct(std::uint64_t a, std::uint64_t b) {
  std::uint64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out) || out > kMostCount) throwTooMany();
  return out;
}

std::uint64_t countSum(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t out = a + b;  // both fit 63 bits
  if (out > kMostCount) throwTooMany();
  return out;
}

Members::Members(std::shared_ptr<const Roaring> bitmap, bool all) : bitmap_{std::move(bitmap)}, all_{all} {
  size_ = bitmap_->cardinality();
  if (size_ == 0) return;
  low_ = bitmap_->minimum();
  const NodeId last = bitmap_->maximum();
  high_ = last + 1;
  for (NodeId begin = low_;;) {
    ranges_.push_back({begin, endOfRun(*bitmap_, begin, last)});
    const NodeId end = ranges_.back().end;
    if (end > last) return;
    if (ranges_.size() == kMostRanges) break;
    std::uint32_t next = 0;
    if (!bitmap_->select(static_cast<std::uint32_t>(bitmap_->rank(end)), &next)) return;
    begin = next;
  }
  scattered_ = true;
  ranges_.clear();
  set_ = NodeSet::of(*bitmap_);
}

bool Members::contains(NodeId node) const {
  if (scattered_) return set_.contains(node);
  return std::any_of(ranges_.begin(), ranges_.end(), [&](NodeRange r) { return node >= r.begin && node < r.end; });
}

std::size_t Members::count(std::span<const NodeId> ascending) const {
  if (scattered_) return set_.count(ascending);
  if (all_ || ascending.empty()) return ascending.size();
  std::size_t sum = 0;
  for (const NodeRange& range : ranges_) {
    if (ascending.front() >= range.begin && ascending.back() < range.end) return ascending.size();
    const auto begin = std::lower_bound(ascending.begin(), ascending.end(), range.begin);
    sum += static_cast<std::size_t>(std::lower_bound(begin, ascending.end(), range.end) - begin);
  }
  return sum;
}

Weights Weights::of(NodeCounts list) {
  Weights out;
  out.form = Form::kList;
  out.list = std::move(list);
  return out;
}

Weights Weights::of(DenseCounts dense) {
  Weights out;
  out.form = Form::kDense;
  out.dense = std::move(dense);
  return out;
}

std::size_t Weights::size() const {
  if (form == Form::kList) return list.size();
  return form == Form::kDense ? dense.present : members.size();
}

std::pair<NodeId, NodeId> Weights::hull() const {
  if (form == Form::kDense) return {dense.low, static_cast<NodeId>(dense.low + dense.counts.size())};
  if (form == Form::kSet) return {members.low(), members.high()};
  if (list.nodes.empty()) return {0, 0};
  return {list.nodes.front(), list.nodes.back() + 1};
}

std::uint64_t Weights::most() const {
  if (form == Form::kDense) return dense.most;
  if (form == Form::kSet) return 1;
  return list.counts.empty() ? 0 : *std::max_element(list.counts.begin(), list.counts.end());
}

DenseCounts asDense(const Weights& weights) {
  if (weights.form == Weights::Form::kDense) return weights.dense;
  const auto [low, high] = weights.hull();
  DenseCounts out{low, Array<std::uint64_t>(high - low, 0), weights.most(), weights.size()};
  const auto ranges = weights.isSet() ? weights.members.ranges() : std::nullopt;
  if (ranges) {
    for (const NodeRange& range : *ranges) {
      std::fill(out.counts.begin() + (range.begin - low), out.counts.begin() + (range.end - low), 1);
    }
  } else {
    weights.forEach([&, low = low](NodeId node, std::uint64_t count) { out.counts[node - low] = count; });
  }
  return out;
}

NodeCounts asList(Weights weights) {
  if (weights.form == Weights::Form::kList) return std::move(weights.list);
  NodeCounts out;
  weights.forEach([&](NodeId node, std::uint64_t count) { out.add(node, count); });
  return out;
}

Lookup::Lookup(const Weights& weights, bool many) : weights_{weights} {
  if (weights.form == Weights::Form::kList && many) array_ = asDense(weights);
}

std::uint64_t Lookup::operator()(NodeId node) const {
  switch (weights_.form) {
    case Weights::Form::kSet:
      return weights_.members.contains(node) ? 1 : 0;
    case Weights::Form::kDense:
      return weights_.dense[node];
    case Weights::Form::kList:
      break;
  }
  if (!array_.counts.empty()) return array_[node];
  const auto& nodes = weights_.list.nodes;
  const auto found = std::lower_bound(nodes.begin(), nodes.end(), node);
  if (found == nodes.end() || *found != node) return 0;
  return weights_.list.counts[static_cast<std::size_t>(found - nodes.begin())];
}

}  // namespace plexus::exec
