#include "core/exec/operator/aggregate/path_product.h"

#include <algorithm>

namespace plexus::exec {

namespace {

constexpr std::size_t kNoGroup = ~std::size_t{0};

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

PathProduct::PathProduct(Worker& worker, MessagePassing& passing, const MessageTerm& term, std::size_t from) {
  std::vector<std::size_t> parent(term.groups.size(), kNoGroup);
  std::vector<const MessageTerm::Link*> link(term.groups.size());
  for (std::size_t g = 0; g < term.groups.size(); ++g) {
    for (const auto& down : term.groups[g].links) {
      parent[down.child] = g;
      link[down.child] = &down;
    }
  }
  std::size_t before = kNoGroup;
  for (std::size_t g = groupOf(term, from); g != kNoGroup; before = g, g = parent[g]) {
    weights_.push_back(passing.ofTree(term, g, before));
    counts_.push_back(asDense(weights_.back()));
    if (link[g]) links_.emplace_back(link[g]->relations, false, worker);
  }
  for (LinkReader& reader : links_) reader.consultStatistics();
  bounded_ = isBounded();
  endsOne_ = !links_.empty() && links_.back().isFlat() && weights_.back().isSet() &&
             links_.back().leadsInto(weights_.back().members);
  if (weights_.size() > 2) sums_.reach({0, worker.context.view.nodeBound()});
}

// The highest counts and degrees, all multiplied, and times the nodes that may start.
bool PathProduct::isBounded() const {
  std::uint64_t most = std::max<std::size_t>(1, weights_.front().size());
  const auto fits = [&](std::uint64_t factor) {
    return !__builtin_mul_overflow(most, std::max<std::uint64_t>(1, factor), &most) && most <= kMostCount;
  };
  return std::all_of(weights_.begin(), weights_.end(), [&](const Weights& w) { return fits(w.most()); }) &&
         std::all_of(links_.begin(), links_.end(), [&](const LinkReader& l) { return fits(l.mostDegree()); });
}

// One step of the path; what is met twice is taken together.
void PathProduct::step(std::size_t i) {
  const DenseCounts& counts = counts_[i + 1];
  const bool merge = !(i == 0 || links_[i].isFunction());
  std::vector<Walk> next;
  for (const Walk& walk : at_) {
    links_[i].forEach(walk.node, [&](NodeId node, std::uint64_t times) {
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
  const LinkReader& link = links_.back();
  const DenseCounts& counts = counts_.back();
  for (const Walk& walk : at_) {
    link.forEach(walk.node, [&](NodeId node, std::uint64_t times) {
      const std::uint64_t own = counts[node];
      if (own != 0) into.add(node, factor * countProduct(walk.count, countProduct(times, own)));
    });
  }
}

bool PathProduct::endsLike(const PathProduct& other) const {
  if (!bounded_ || !endsOne_ || !other.bounded_ || !other.endsOne_) return false;
  return links_.back().readsLike(other.links_.back());
}

const std::vector<PathProduct::Walk>& PathProduct::walk(NodeId start, std::uint64_t count) {
  at_.assign(1, {start, count});
  for (std::size_t i = 0; i + 1 < links_.size(); ++i) step(i);
  return at_;
}

void PathProduct::finish(const std::vector<Walk>& walks, NodeSums& into) const {
  for (const auto& step : links_.back().steps()) {
    for (const Walk& walk : walks) into.addAll(step.neighbours(walk.node), walk.count);
  }
}

void PathProduct::row(NodeId start, std::uint64_t count, int sign, NodeSums& into) {
  const auto factor = static_cast<std::uint64_t>(static_cast<std::int64_t>(sign));
  if (links_.empty()) return into.add(start, factor * count);
  const bool once = bounded_ && endsOne_;
  walk(start, count);
  if (!once) return lastStep(factor, into);
  for (Walk& walk : at_) walk.count *= factor;
  finish(at_, into);
}

}  // namespace plexus::exec
