#include "core/exec/operator/aggregate/path_product.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace plexus::exec {

namespace {

constexpr std::size_t kNoGroup = ~std::size_t{0};
constexpr std::size_t kPairsAtATime = 65536;  // between two looks at the budget

std::size_t groupOf(const MessageTerm& term, std::size_t node) {
  const auto has = [&](const auto& group) {
    return std::find(group.nodes.begin(), group.nodes.end(), node) != group.nodes.end();
  };
  return static_cast<std::size_t>(std::find_if(term.groups.begin(), term.groups.end(), has) - term.groups.begin());
}

}  // namespace

void NodeSums::reach(std::pair<NodeId, NodeId> hull) {
  low_ = hull.first;
  sums_.assign(hull.second - hull.first, 0);
}

template <typename Visit>
void PathProduct::Step::forEach(NodeId node, Visit visit) const {
  if (!ordered) return link.forEach(node, visit);
  const std::size_t i = static_cast<NodeId>(node - low);
  if (i + 1 >= begins.size()) return;
  for (std::size_t at = begins[i]; at < begins[i + 1]; ++at) visit(pairs[at].node, pairs[at].count);
}

PathProduct::PathProduct(Worker& worker, MessagePassing& passing, const MessageTerm& term, std::size_t from)
    : reservation_{std::make_unique<Reservation>(worker.context.memory)} {
  struct Up {
    std::size_t parent = kNoGroup;
    const MessageTerm::Link* link = nullptr;
    std::optional<std::size_t> ordered;  // which of the parent's
  };
  std::vector<Up> up(term.groups.size());
  for (std::size_t g = 0; g < term.groups.size(); ++g) {
    const auto& group = term.groups[g];
    for (const auto& link : group.links) up[link.child] = {g, &link, std::nullopt};
    for (std::size_t i = 0; i < group.ordered.size(); ++i) up[group.ordered[i].child] = {g, &group.ordered[i], i};
  }
  std::size_t before = kNoGroup;
  for (std::size_t g = groupOf(term, from); g != kNoGroup; before = g, g = up[g].parent) {
    weights_.push_back(passing.ofTree(term, g, before));
    counts_.push_back(asDense(weights_.back()));
    if (before != kNoGroup && up[before].ordered) addPairs(passing, term, g, *up[before].ordered, steps_.back());
    if (up[g].link)
      steps_.push_back({LinkReader{up[g].link->relations, false, worker}, up[g].ordered.has_value(), 0, {}, {}});
  }
  for (Step& step : steps_) step.link.consultStatistics();
  bounded_ = isBounded();
  endsOne_ = !steps_.empty() && !steps_.back().ordered && steps_.back().link.isFlat() && weights_.back().isSet() &&
             steps_.back().link.leadsInto(weights_.back().members);
  if (weights_.size() > 2) sums_.reach({0, worker.context.view.nodeBound()});
}

// From the nodes of the last group but one to those of the last, their parents.
void PathProduct::addPairs(MessagePassing& passing, const MessageTerm& term, std::size_t parent, std::size_t link,
                           Step& step) {
  const auto once = [](const Weights& weights) {
    NodeCounts nodes = asList(weights);
    std::fill(nodes.counts.begin(), nodes.counts.end(), std::uint64_t{1});
    return nodes;
  };
  const Weights children = Weights::of(once(weights_[weights_.size() - 2]));
  const auto [low, high] = children.hull();
  struct Pair {
    NodeId child;
    Walk up;
  };
  std::vector<Pair> met;
  passing.forEachOrdered(term, term.groups[parent], once(weights_.back()), link, children,
                         [&](NodeId node, NodeId child, std::uint64_t count) {
                           met.push_back({child, {node, count}});
                           if (met.size() % kPairsAtATime == 0) reservation_->grow(2 * met.size() * sizeof(Pair));
                         });
  step.low = low;
  step.begins.assign(high - low + std::size_t{1}, 0);
  for (const Pair& pair : met) ++step.begins[pair.child - low + 1];
  std::partial_sum(step.begins.begin(), step.begins.end(), step.begins.begin());
  step.pairs.resize(met.size());
  std::vector<std::size_t> next{step.begins};
  for (const Pair& pair : met) step.pairs[next[pair.child - low]++] = pair.up;
}

// The highest counts and degrees, all multiplied, and times the nodes that may start.
bool PathProduct::isBounded() const {
  std::uint64_t most = std::max<std::size_t>(1, weights_.front().size());
  const auto fits = [&](std::uint64_t factor) {
    return !__builtin_mul_overflow(most, std::max<std::uint64_t>(1, factor), &most) && most <= kMostCount;
  };
  return std::all_of(weights_.begin(), weights_.end(), [&](const Weights& w) { return fits(w.most()); }) &&
         std::all_of(steps_.begin(), steps_.end(),
                     [&](const Step& step) { return !step.ordered && fits(step.link.mostDegree()); });
}

// One step of the path; what is met twice is taken together.
void PathProduct::step(std::size_t i) {
  const DenseCounts& counts = counts_[i + 1];
  const bool merge = !(i == 0 || steps_[i].link.isFunction());
  std::vector<Walk> next;
  for (const Walk& walk : at_) {
    steps_[i].forEach(walk.node, [&](NodeId node, std::uint64_t times) {
      const std::uint64_t count = counts[node];
      if (count == 0) return;
      const std::uint64_t product = countProduct(walk.count, countProduct(times, count));
      if (merge) {
        sums_.add(node, product);
      } else {
        next.push_back({node, product});
      }
    });
  }
  sums_.takeAll([&](NodeId node, std::uint64_t count) { next.push_back({node, count}); });
  at_ = std::move(next);
}

// What is walked over the last link.
void PathProduct::lastStep(std::uint64_t factor, NodeSums& into) const {
  const DenseCounts& counts = counts_.back();
  for (const Walk& walk : at_) {
    steps_.back().forEach(walk.node, [&](NodeId node, std::uint64_t times) {
      const std::uint64_t own = counts[node];
      if (own != 0) into.add(node, factor * countProduct(walk.count, countProduct(times, own)));
    });
  }
}

bool PathProduct::endsLike(const PathProduct& other) const {
  if (!bounded_ || !endsOne_ || !other.bounded_ || !other.endsOne_) return false;
  return steps_.back().link.readsLike(other.steps_.back().link);
}

const std::vector<PathProduct::Walk>& PathProduct::walk(NodeId start, std::uint64_t count) {
  at_.assign(1, {start, count});
  for (std::size_t i = 0; i + 1 < steps_.size(); ++i) step(i);
  return at_;
}

void PathProduct::finish(const std::vector<Walk>& walks, NodeSums& into) const {
  for (const auto& step : steps_.back().link.steps()) {
    for (const Walk& walk : walks) into.addAll(step.neighbours(walk.node), walk.count);
  }
}

void PathProduct::row(NodeId start, std::uint64_t count, int sign, NodeSums& into) {
  const auto factor = static_cast<std::uint64_t>(static_cast<std::int64_t>(sign));
  if (steps_.empty()) return into.add(start, factor * count);
  const bool once = bounded_ && endsOne_;
  walk(start, count);
  if (!once) return lastStep(factor, into);
  for (Walk& walk : at_) walk.count *= factor;
  finish(at_, into);
}

}  // namespace plexus::exec
