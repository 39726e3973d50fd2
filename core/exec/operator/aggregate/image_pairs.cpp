#include "core/exec/operator/aggregate/image_pairs.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/exec/operator/aggregate/cycle_round.h"
#include "core/exec/operator/aggregate/list_intersection.h"
#include "core/exec/run/blocks.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kBlock = 512;                      // sources
constexpr std::size_t kMostBits = std::size_t{1} << 28;  // of the matrix
constexpr double kSourceWork = 12;                       // nanoseconds a link

bool isColumn(const LinkReader& link) { return link.isFlat() && link.isFunction() && link.steps().size() == 1; }

// Keeps the entries of which that holds, in order.
template <typename Block, typename Holds>
void keep(Block& block, Holds holds) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < block.counts.size(); ++i) {
    const bool good = holds(i);
    block.first[kept] = block.first[i];
    if (!block.second.empty()) block.second[kept] = block.second[i];
    block.counts[kept] = block.counts[i];
    kept += good ? 1 : 0;
  }
  block.first.resize(kept);
  block.second.resize(std::min(block.second.size(), kept));
  block.counts.resize(kept);
}

std::size_t sizeOf(const Weights& weights) { return std::max<std::size_t>(1, weights.size()); }

}  // namespace

ImagePairs::Side ImagePairs::side(const CoreGraph& graph, const LinkReader& link, std::size_t group) {
  const Weights& weights = graph.weights[group];
  if (!weights.isSet()) return {&link, group, Side::Test::kLookup};
  if (link.leadsInto(weights.members)) return {&link, group, Side::Test::kNone};
  const auto ranges = weights.members.ranges();
  return {&link, group, ranges && ranges->size() == 1 ? Side::Test::kRange : Side::Test::kLookup};
}

// The longest roads that leave one link, or two, between their ends: as few relationships as can be.
std::optional<ImagePairs> ImagePairs::from(const Worker& worker, const CoreGraph& graph, const Road& round) {
  ImagePairs made{worker, graph};
  made.source_ = round.back().group;
  std::size_t begin = 0, end = round.size();
  while (begin + 1 < end && isColumn(*round[begin].link)) ++begin;
  while (begin + 1 < end && isColumn(reversed(graph, round[end - 1].link))) --end;
  if (end - begin > 2 || (begin == 0 && end == round.size())) return std::nullopt;
  const auto groupBefore = [&](std::size_t i) { return round[i == 0 ? round.size() - 1 : i - 1].group; };
  for (std::size_t i = 0; i < begin; ++i) made.first_.push_back(side(graph, *round[i].link, round[i].group));
  for (std::size_t i = round.size(); i > end; --i) {
    made.second_.push_back(side(graph, reversed(graph, round[i - 1].link), groupBefore(i - 1)));
  }
  made.rest_.push_back(side(graph, *round[begin].link, round[begin].group));
  if (end - begin == 2) made.rest_.push_back(side(graph, reversed(graph, round[begin + 1].link), round[begin].group));
  if (!std::all_of(made.rest_.begin(), made.rest_.end(), [](const Side& s) {
        return s.link->isFlat() && (s.link->steps().size() == 1 || s.link->steps().size() == 2);
      })) {
    return std::nullopt;
  }
  if (made.rest_.size() == 2 && (made.rest_[0].link->steps().size() != 1 || made.rest_[1].link->steps().size() != 1)) {
    return std::nullopt;
  }
  made.cost_ = static_cast<double>(round.size());
  if (made.rest_.size() == 2) made.cost_ += meanDegree(*made.rest_[0].link) + meanDegree(*made.rest_[1].link);
  made.cost_ *= static_cast<double>(graph.weights[made.source_].size());
  return made;
}

std::optional<ImagePairs> ImagePairs::of(const Worker& worker, const CoreGraph& graph) {
  std::optional<ImagePairs> best;
  for (std::size_t start = 0; start < graph.weights.size(); ++start) {
    Road round;
    for (const auto& [link, group] : roundFrom(graph, start, false))
      round.push_back({link, group, Side::Test::kLookup});
    if (round.size() < 3) return std::nullopt;
    auto made = from(worker, graph, round);
    if (made && (!best || made->cost_ < best->cost_)) best.emplace(std::move(*made));
  }
  if (!best || !best->isBounded()) return std::nullopt;
  const Weights& sources = graph.weights[best->source_];
  if (const auto ranges = sources.isSet() ? sources.members.ranges() : std::nullopt) {
    best->ranges_.assign(ranges->begin(), ranges->end());
  } else if (sources.form == Weights::Form::kDense) {
    best->dense_ = &sources.dense;
  } else {
    best->list_ = asList(sources);
  }
  for (const Weights& weights : graph.weights) best->lookups_.emplace_back(weights, true);
  if (best->rest_.size() == 1) best->makeMatrix();
  return best;
}

// No more matches than sources, times the highest counts, times the most pairs of relationships of the rest.
bool ImagePairs::isBounded() const {
  std::uint64_t most = sizeOf(graph_->weights[source_]);
  const auto fits = [&](std::uint64_t factor) {
    return !__builtin_mul_overflow(most, std::max<std::uint64_t>(1, factor), &most) && most <= kMostCount;
  };
  return std::all_of(graph_->weights.begin(), graph_->weights.end(), [&](const auto& w) { return fits(w.most()); }) &&
         std::all_of(rest_.begin(), rest_.end(), [&](const Side& side) { return fits(side.link->mostDegree()); });
}

void ImagePairs::makeMatrix() {
  const LinkReader& link = *rest_[0].link;
  const std::size_t from = first_.empty() ? source_ : first_.back().group;
  const auto [rowLow, rowHigh] = graph_->weights[from].hull();
  const auto [columnLow, columnHigh] = graph_->weights[rest_[0].group].hull();
  const std::size_t rows = rowHigh - rowLow, words = (columnHigh - columnLow + 63) / 64;
  if (!link.joinsOnce() || rows * words * 64 > kMostBits || rows * words > graph_->weights[source_].size()) return;
  rowLow_ = rowLow;
  columnLow_ = columnLow;
  rows_ = rows;
  columns_ = columnHigh - columnLow;
  rowWords_ = words;
  bits_.resize(rows * words);
  for (NodeId node = rowLow; node < rowHigh; ++node) {
    std::uint64_t* row = bits_.data() + (node - rowLow) * words;
    link.forEach(node, [&](NodeId n, std::uint64_t) {
      const std::size_t at = static_cast<NodeId>(n - columnLow_);
      if (at < columns_) row[at / 64] |= std::uint64_t{1} << (at % 64);
    });
  }
}

void ImagePairs::fill(std::size_t begin, std::size_t end, Block& block) const {
  block.second.clear();
  block.first.resize(end - begin);
  block.counts.assign(end - begin, 1);
  const auto from = static_cast<std::ptrdiff_t>(begin), to = static_cast<std::ptrdiff_t>(end);
  if (dense_ != nullptr) {
    std::iota(block.first.begin(), block.first.end(), static_cast<NodeId>(dense_->low + begin));
    std::copy(dense_->counts.begin() + from, dense_->counts.begin() + to, block.counts.begin());
    keep(block, [&](std::size_t i) { return block.counts[i] != 0; });
  } else if (ranges_.empty()) {
    std::copy(list_.nodes.begin() + from, list_.nodes.begin() + to, block.first.begin());
    std::copy(list_.counts.begin() + from, list_.counts.begin() + to, block.counts.begin());
  } else {
    std::size_t before = 0, filled = 0;
    for (const NodeRange& range : ranges_) {
      const std::size_t size = range.end - range.begin;
      const std::size_t first = std::clamp(begin, before, before + size), last = std::clamp(end, before, before + size);
      const auto at = block.first.begin() + static_cast<std::ptrdiff_t>(filled);
      std::iota(at, at + static_cast<std::ptrdiff_t>(last - first),
                static_cast<NodeId>(range.begin + (first - before)));
      filled += last - first;
      before += size;
    }
  }
  block.second = block.first;
}

// Moves one of the block's two columns on over a link; sources that it leads nowhere are dropped.
void ImagePairs::step(const Side& side, std::vector<NodeId>& at, Block& block) const {
  const auto& flat = *side.link->steps()[0].flat;
  const std::uint32_t* offsets = flat.offsets.data();
  const std::size_t size = block.counts.size();
  if (flat.neighbours.empty()) return block.counts.clear();
  const auto last = static_cast<std::uint32_t>(flat.neighbours.size() - 1);
  // With a range, nodes that lead nowhere lead to one that is not in it.
  const bool ranged = side.test == Side::Test::kRange;
  const Members& members = graph_->weights[side.group].members;
  const NodeId low = ranged ? members.low() : 0;
  const NodeId span = ranged ? members.high() - low : kNoNode;
  std::array<bool, kBlock> good;
  std::size_t left = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::uint32_t place = offsets[at[i]];
    const bool some = place != offsets[at[i] + 1];
    at[i] = flat.neighbours[std::min(place, last)];
    good[i] = some && static_cast<NodeId>(at[i] - low) < span;
    left += good[i] ? 1 : 0;
  }
  if (left < size) keep(block, [&](std::size_t i) { return good[i]; });
  if (side.test != Side::Test::kLookup) return;
  const Lookup& lookup = lookups_[side.group];
  for (std::size_t i = 0; i < block.counts.size(); ++i) block.counts[i] *= lookup(at[i]);
  keep(block, [&](std::size_t i) { return block.counts[i] != 0; });
}

// The ends that are joined. The second end's own counts are known from its road, or it is the source.
std::uint64_t ImagePairs::joined(Block& block) const {
  std::uint64_t sum = 0;
  if (bits_.empty()) {
    for (std::size_t i = 0; i < block.counts.size(); ++i) {
      sum += block.counts[i] * rest_[0].link->between(block.first[i], block.second[i]);
    }
    return sum;
  }
  for (std::size_t i = 0; i < block.counts.size(); ++i) {
    const std::size_t row = static_cast<NodeId>(block.first[i] - rowLow_);
    const std::size_t column = static_cast<NodeId>(block.second[i] - columnLow_);
    if (row >= rows_ || column >= columns_) continue;
    sum += block.counts[i] * (bits_[row * rowWords_ + column / 64] >> (column % 64) & 1);
  }
  return sum;
}

// The neighbours that both ends have.
std::uint64_t ImagePairs::shared(const Block& block) const {
  std::array<std::span<const NodeId>, kBlock> first, second;
  const std::size_t size = block.counts.size();
  const auto list = [](const Side& side, NodeId node) {
    const auto& flat = *side.link->steps()[0].flat;
    const auto found = flat.neighbours.subspan(flat.offsets[node], flat.offsets[node + 1] - flat.offsets[node]);
    __builtin_prefetch(found.data());
    return found;
  };
  for (std::size_t i = 0; i < size; ++i) {
    first[i] = list(rest_[0], block.first[i]);
    second[i] = list(rest_[1], block.second[i]);
  }
  std::uint64_t sum = 0;
  if (rest_[0].test == Side::Test::kNone || rest_[1].test == Side::Test::kNone) {
    for (std::size_t i = 0; i < size; ++i) sum += block.counts[i] * countShared(first[i], second[i]);
    return sum;
  }
  const Lookup& lookup = lookups_[rest_[0].group];
  for (std::size_t i = 0; i < size; ++i) {
    std::uint64_t met = 0;
    forEachShared(first[i], second[i], [&](NodeId node, std::uint64_t times) { met += times * lookup(node); });
    sum += block.counts[i] * met;
  }
  return sum;
}

std::uint64_t ImagePairs::total() const {
  std::size_t sources = dense_ != nullptr ? dense_->counts.size() : list_.size();
  for (const NodeRange& range : ranges_) sources += range.end - range.begin;
  std::vector<std::uint64_t> sums(blockThreads(*worker_));
  forBlocks(*worker_, sources, 16 * kBlock, kSourceWork * cost_,
            [&](std::size_t from, std::size_t to, std::size_t slot) {
              Block block;
              std::uint64_t sum = 0;
              for (std::size_t begin = from; begin < to; begin += kBlock) {
                fill(begin, std::min(to, begin + kBlock), block);
                for (const Side& side : first_) step(side, block.first, block);
                for (const Side& side : second_) step(side, block.second, block);
                sum += rest_.size() == 1 ? joined(block) : shared(block);
              }
              sums[slot] += sum;
            });
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
}

}  // namespace plexus::exec
