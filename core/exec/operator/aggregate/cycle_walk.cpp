#include "core/exec/operator/aggregate/cycle_walk.h"

#include <algorithm>
#include <numeric>

#include "core/exec/operator/aggregate/cycle_round.h"
#include "core/exec/run/blocks.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kSampled = 256;  // nodes

}  // namespace

struct CycleWalk::Scratch {
  std::vector<std::uint64_t> marks;
  std::vector<NodeId> marked;
  NodeCounts at, next;                           // of the step at hand; `nodes` in any order
  std::vector<std::vector<std::uint64_t>> sums;  // by step: counts of what was met, where nodes can be met twice
};

// Relationships met on the way: from a sample of nodes for the first two steps, by mean degrees after.
void CycleWalk::estimate() {
  const LinkReader& first = *walked_[0].link;
  const LinkReader& second = *walked_[1].link;
  const LinkReader& back = reversed(graph_, &first);
  const Weights& middle = graph_.weights[walked_[0].group];
  cost_ = 0;
  middle.sample(kSampled, [&](NodeId node, double share) {
    cost_ += share * static_cast<double>(back.degree(node)) * (1 + static_cast<double>(second.degree(node)));
  });
  for (std::size_t i = 2; i < walked_.size(); ++i) cost_ *= 1 + meanDegree(*walked_[i].link);
  cost_ += 2 * marked_.link->degrees(graph_.weights[start_]);
}

std::optional<CycleWalk> CycleWalk::of(const Worker& worker, const CoreGraph& graph, bool fromFirst) {
  std::optional<CycleWalk> best;
  for (std::size_t start = 0; start < (fromFirst ? 1 : graph.weights.size()); ++start) {
    for (const bool turned : {false, true}) {
      const auto round = roundFrom(graph, start, turned);
      if (round.size() < 3) return std::nullopt;
      CycleWalk made{worker, graph};
      made.start_ = start;
      for (std::size_t i = 0; i + 1 < round.size(); ++i) made.walked_.push_back({round[i].first, round[i].second});
      made.marked_ = {&reversed(graph, round.back().first), made.walked_.back().group};
      made.estimate();
      if (!best || made.cost_ < best->cost_) best.emplace(std::move(made));
    }
  }
  return best;
}

void CycleWalk::prepare() {
  for (const Weights& weights : graph_.weights) arrays_.push_back(asDense(weights));
  // No start has more matches than its count times, over the links, the highest degree times the highest count.
  std::uint64_t most = std::max<std::size_t>(1, graph_.weights[start_].size());
  bool overflow = false;
  const auto times = [&](std::uint64_t factor) {
    overflow |= __builtin_mul_overflow(most, std::max<std::uint64_t>(1, factor), &most);
  };
  for (const Weights& weights : graph_.weights) times(weights.most());
  for (const auto& link : graph_.links)
    times(link.there.isPlain() ? std::max(link.there.mostDegree(), link.back.mostDegree()) : kMostCount);
  checked_ = overflow || most > kMostCount;
}

void CycleWalk::mark(NodeId start, Scratch& scratch) const {
  const DenseCounts& counts = arrays_[marked_.group];
  marked_.link->forEach(start, [&](NodeId node, std::uint64_t times) {
    const std::uint64_t count = counts[node];
    if (count == 0) return;
    std::uint64_t& mark = scratch.marks[node - counts.low];
    if (mark == 0) scratch.marked.push_back(node);
    mark = countSum(mark, countProduct(count, times));
  });
}

// One step round: `at` becomes the nodes that are met, with their counts.
void CycleWalk::walk(const Side& side, std::size_t step, Scratch& scratch) const {
  const DenseCounts& counts = arrays_[side.group];
  auto& sums = scratch.sums[step];
  scratch.next.nodes.clear();
  scratch.next.counts.clear();
  for (std::size_t i = 0; i < scratch.at.size(); ++i) {
    const std::uint64_t before = scratch.at.counts[i];
    side.link->forEach(scratch.at.nodes[i], [&](NodeId node, std::uint64_t times) {
      const std::uint64_t count = counts[node];
      if (count == 0) return;
      const std::uint64_t added = checked_ ? countProduct(before, countProduct(count, times)) : before * count * times;
      if (sums.empty()) return scratch.next.add(node, added);
      std::uint64_t& sum = sums[node - counts.low];
      if (sum == 0) scratch.next.nodes.push_back(node);
      sum = countSum(sum, added);
    });
  }
  if (!sums.empty()) {
    for (const NodeId node : scratch.next.nodes) {
      scratch.next.counts.push_back(std::exchange(sums[node - counts.low], 0));
    }
  }
  std::swap(scratch.at, scratch.next);
}

std::uint64_t CycleWalk::around(NodeId start, Scratch& scratch) const {
  mark(start, scratch);
  if (scratch.marked.empty()) return 0;
  scratch.at.nodes.assign(1, start);
  scratch.at.counts.assign(1, 1);
  for (std::size_t i = 0; i + 1 < walked_.size(); ++i) walk(walked_[i], i, scratch);
  const LinkReader& last = *walked_.back().link;
  const NodeId low = arrays_[marked_.group].low;
  const auto& marks = scratch.marks;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < scratch.at.size(); ++i) {
    const std::uint64_t count = scratch.at.counts[i];
    std::uint64_t met = 0;
    last.forEach(scratch.at.nodes[i], [&](NodeId node, std::uint64_t times) {
      const std::size_t at = static_cast<NodeId>(node - low);
      const std::uint64_t mark = at < marks.size() ? marks[at] : 0;
      if (!checked_) {
        met += mark * times;
      } else if (mark != 0) {
        met = countSum(met, countProduct(mark, times));
      }
    });
    sum = checked_ ? countSum(sum, countProduct(count, met)) : sum + count * met;
  }
  for (const NodeId node : scratch.marked) scratch.marks[node - low] = 0;
  scratch.marked.clear();
  return sum;
}

template <typename Each>
void CycleWalk::forEachStart(Each each) const {
  const NodeCounts starts = asList(graph_.weights[start_]);
  std::vector<std::optional<Scratch>> scratches(blockThreads(worker_));
  const std::size_t step = std::clamp<std::size_t>(starts.size() / 64, 1, 256);
  forBlocks(worker_, starts.size(), step, 2 * cost_, [&](std::size_t begin, std::size_t end, std::size_t slot) {
    auto& scratch = scratches[slot];
    if (!scratch) {
      scratch.emplace();
      scratch->marks.resize(arrays_[marked_.group].counts.size());
      for (std::size_t i = 0; i + 1 < walked_.size(); ++i) {
        // The first step from a single node meets a node twice only over parallels, one along n:1 relations few.
        const bool merge = i > 0 && !walked_[i].link->isFunction();
        scratch->sums.emplace_back(merge ? arrays_[walked_[i].group].counts.size() : 0);
      }
    }
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint64_t count = around(starts.nodes[i], *scratch);
      if (count != 0) each(slot, starts.nodes[i], countProduct(count, starts.counts[i]));
    }
  });
}

std::uint64_t CycleWalk::total() {
  prepare();
  std::vector<std::uint64_t> sums(blockThreads(worker_));
  forEachStart([&](std::size_t slot, NodeId, std::uint64_t count) { sums[slot] = countSum(sums[slot], count); });
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0}, countSum);
}

NodeCounts CycleWalk::counts() {
  prepare();
  std::vector<std::vector<std::pair<NodeId, std::uint64_t>>> parts(blockThreads(worker_));
  forEachStart([&](std::size_t slot, NodeId node, std::uint64_t count) { parts[slot].emplace_back(node, count); });
  std::vector<std::pair<NodeId, std::uint64_t>> all;
  for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
  std::sort(all.begin(), all.end());
  NodeCounts out;
  for (const auto& [node, count] : all) out.add(node, count);
  return out;
}

}  // namespace plexus::exec
