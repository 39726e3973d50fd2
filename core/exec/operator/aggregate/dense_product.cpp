#include "core/exec/operator/aggregate/dense_product.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "core/exec/operator/aggregate/degree_kernels.h"
#include "core/exec/run/blocks.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kBlock = 2048;       // nodes: 16 KB of products
constexpr std::size_t kBlocksAtATime = 4;  // that a thread takes

// Each block of an array with its first node.
template <typename Visit>
void forEachBlock(std::size_t begin, std::size_t end, Visit visit) {
  for (; begin < end; begin += kBlock) visit(begin, std::min(end, begin + kBlock));
}

}  // namespace

DenseProduct::DenseProduct(Worker& worker, const Weights& weights)
    : worker_{worker}, weights_{weights}, most_{weights.most()} {
  std::tie(low_, high_) = weights.hull();
}

bool DenseProduct::add(Factor factor, std::uint64_t most) {
  if (factor.optional) most = std::max<std::uint64_t>(most, 1);
  std::uint64_t product = 0, sum = 0;
  if (__builtin_mul_overflow(most_, most, &product) || __builtin_mul_overflow(product, high_ - low_, &sum) ||
      sum > kMostCount) {
    return false;
  }
  most_ = product;
  factors_.push_back(std::move(factor));
  return true;
}

bool DenseProduct::degree(LinkReader link, bool optional) {
  const std::uint64_t most = link.mostDegree();
  Factor factor{Factor::Kind::kDegree, optional, {}, {}, {}, 0.5};
  factor.link.push_back(std::move(link));
  return add(std::move(factor), most);
}

bool DenseProduct::count(LinkReader link, Members members, bool optional) {
  const std::uint64_t most = link.mostDegree();
  Factor factor{Factor::Kind::kCount, optional, {}, std::move(members), {}, 20};
  factor.link.push_back(std::move(link));
  return add(std::move(factor), most);
}

bool DenseProduct::gather(LinkReader link, std::shared_ptr<const DenseCounts> child, bool optional) {
  std::uint64_t most = 0;
  if (__builtin_mul_overflow(link.mostDegree(), child->most, &most)) return false;
  const double perNode = link.degrees(weights_) / std::max(1.0, static_cast<double>(high_ - low_));
  Factor factor{Factor::Kind::kGather, optional, {}, {}, std::move(child), 2 + 2 * perNode};
  factor.link.push_back(std::move(link));
  return add(std::move(factor), most);
}

bool DenseProduct::message(std::shared_ptr<const DenseCounts> counts, bool optional) {
  const std::uint64_t most = counts->most;
  return add({Factor::Kind::kMessage, optional, {}, {}, std::move(counts), 1}, most);
}

// The nodes' own counts.
template <typename Count>
void DenseProduct::start(NodeId begin, std::span<Count> out) const {
  if (weights_.form == Weights::Form::kDense) {
    const auto& counts = weights_.dense.counts;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<Count>(counts[begin - low_ + i]);
    return;
  }
  const auto end = static_cast<NodeId>(begin + out.size());
  std::fill(out.begin(), out.end(), 0);
  if (weights_.form == Weights::Form::kList) {
    const auto& list = weights_.list;
    auto at =
        static_cast<std::size_t>(std::lower_bound(list.nodes.begin(), list.nodes.end(), begin) - list.nodes.begin());
    for (; at < list.size() && list.nodes[at] < end; ++at) {
      out[list.nodes[at] - begin] = static_cast<Count>(list.counts[at]);
    }
  } else if (const auto ranges = weights_.members.ranges()) {
    for (const NodeRange& range : *ranges) {
      const NodeId from = std::max(begin, range.begin), to = std::min(end, range.end);
      if (from < to) std::fill(out.begin() + (from - begin), out.begin() + (to - begin), 1);
    }
  } else {
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = weights_.members.contains(static_cast<NodeId>(begin + i)) ? 1 : 0;
  }
}

// Straight from the offsets: the usual one or two steps vectorise.
template <typename Count>
void DenseProduct::multiplyDegrees(const Factor& factor, NodeId begin, std::span<Count> out) const {
  const auto steps = factor.link[0].steps();
  if (steps.size() == 1) {
    const auto offsets = steps[0].flat->offsets.subspan(begin, out.size() + 1);
    return timesDegrees(out, offsets, factor.optional ? 1 : 0);
  }
  std::array<std::uint32_t, kBlock> degrees;
  std::fill_n(degrees.begin(), out.size(), 0);
  for (const auto& step : steps) {
    const std::uint32_t* offsets = step.flat->offsets.data() + begin;
    for (std::size_t i = 0; i < out.size(); ++i) degrees[i] += offsets[i + 1] - offsets[i];
  }
  for (std::size_t i = 0; i < out.size(); ++i) out[i] *= std::max<std::uint32_t>(degrees[i], factor.optional ? 1 : 0);
}

template <typename Count, typename Message>
void DenseProduct::multiplyEach(bool optional, NodeId begin, std::span<Count> out, Message message) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == 0) continue;
    const std::uint64_t times = message(static_cast<NodeId>(begin + i));
    out[i] *= static_cast<Count>(optional && times == 0 ? 1 : times);
  }
}

// The count of the one neighbour, if any: its place in the array of neighbours follows the one before.
template <typename Count>
void DenseProduct::multiplyImages(const Factor& factor, NodeId begin, std::span<Count> out) const {
  const auto& flat = *factor.link[0].steps()[0].flat;
  const DenseCounts& child = *factor.counts;
  const std::uint32_t* offsets = flat.offsets.data() + begin;
  const std::size_t last = flat.neighbours.size() - 1;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint64_t some = offsets[i + 1] - offsets[i];
    const std::uint64_t image = some * child.select(flat.neighbours[std::min<std::size_t>(offsets[i], last)]);
    out[i] *= static_cast<Count>(factor.optional ? std::max<std::uint64_t>(image, 1) : image);
  }
}

// Neighbours' counts.
template <typename Count>
void DenseProduct::multiplySums(const Factor& factor, NodeId begin, std::span<Count> out) const {
  const LinkReader& link = factor.link[0];
  const DenseCounts& child = *factor.counts;
  if (!link.isFlat()) {
    return multiplyEach(factor.optional, begin, out, [&](NodeId node) {
      std::uint64_t sum = 0;
      link.forEach(node, [&](NodeId n, std::uint64_t times) { sum += times * child[n]; });
      return sum;
    });
  }
  if (link.isFunction() && link.steps().size() == 1 && !link.steps()[0].flat->neighbours.empty() &&
      !child.counts.empty()) {
    return multiplyImages(factor, begin, out);
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] == 0) continue;
    std::uint64_t sum = 0;
    for (const auto& step : link.steps()) {
      const auto* offsets = step.flat->offsets.data() + begin + i;
      const NodeId* neighbours = step.flat->neighbours.data();
      for (std::uint32_t at = offsets[0]; at < offsets[1]; ++at) sum += child[neighbours[at]];
    }
    out[i] *= static_cast<Count>(factor.optional && sum == 0 ? 1 : sum);
  }
}

template <typename Count>
void DenseProduct::multiply(const Factor& factor, NodeId begin, std::span<Count> out) const {
  switch (factor.kind) {
    case Factor::Kind::kDegree:
      return multiplyDegrees(factor, begin, out);
    case Factor::Kind::kCount:
      return multiplyEach(factor.optional, begin, out,
                          [&](NodeId node) { return factor.link[0].countIn(node, factor.members); });
    case Factor::Kind::kGather:
      return multiplySums(factor, begin, out);
    case Factor::Kind::kMessage:
      return multiplyEach(factor.optional, begin, out, [&](NodeId node) { return (*factor.counts)[node]; });
  }
}

template <typename Count>
void DenseProduct::compute(NodeId begin, std::span<Count> out) const {
  start(begin, out);
  for (const Factor& factor : factors_) multiply(factor, begin, out);
}

double DenseProduct::work() const {
  double each = 1;
  for (const Factor& factor : factors_) each += factor.work;
  return each * static_cast<double>(high_ - low_);
}

template <typename Count>
std::uint64_t DenseProduct::sumOf() const {
  std::vector<std::uint64_t> sums(blockThreads(worker_));
  forBlocks(worker_, high_ - low_, kBlock * kBlocksAtATime, work(),
            [&](std::size_t begin, std::size_t end, std::size_t slot) {
              std::array<Count, kBlock> products;
              std::uint64_t sum = 0;
              forEachBlock(begin, end, [&](std::size_t b, std::size_t e) {
                const std::span<Count> out{products.data(), e - b};
                compute(static_cast<NodeId>(low_ + b), out);
                sum = std::accumulate(out.begin(), out.end(), sum);
              });
              sums[slot] += sum;
            });
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
}

std::uint64_t DenseProduct::sum() const { return isNarrow() ? sumOf<std::uint32_t>() : sumOf<std::uint64_t>(); }

template <typename Count>
DenseCounts DenseProduct::arrayOf() const {
  DenseCounts out{low_, Array<std::uint64_t>(high_ - low_), 0, 0};
  std::vector<Count> most(blockThreads(worker_));
  std::vector<std::size_t> present(most.size());
  forBlocks(worker_, high_ - low_, kBlock * kBlocksAtATime, work(),
            [&](std::size_t begin, std::size_t end, std::size_t slot) {
              std::array<Count, kBlock> products;
              forEachBlock(begin, end, [&](std::size_t b, std::size_t e) {
                const std::span<Count> part{products.data(), e - b};
                compute(static_cast<NodeId>(low_ + b), part);
                std::copy(part.begin(), part.end(), out.counts.begin() + static_cast<std::ptrdiff_t>(b));
                Count highest = 0, some = 0;
                for (const Count count : part) {
                  highest = std::max(highest, count);
                  some += count != 0 ? 1 : 0;
                }
                most[slot] = std::max(most[slot], highest);
                present[slot] += some;
              });
            });
  out.most = *std::max_element(most.begin(), most.end());
  out.present = std::accumulate(present.begin(), present.end(), std::size_t{0});
  return out;
}

DenseCounts DenseProduct::array() const { return isNarrow() ? arrayOf<std::uint32_t>() : arrayOf<std::uint64_t>(); }

}  // namespace plexus::exec
