#include "core/exec/operator/aggregate/message_passing.h"

#include <algorithm>
#include <limits>
#include <span>

#include "core/base/error.h"
#include "core/exec/operator/expand/neighbourhood.h"

namespace plexus::exec {

namespace {

constexpr std::uint64_t kMostCount = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kBetweenChecks = 4096;  // nodes between two looks at cancellation
constexpr double kSparseShare = 1.0 / 8;      // of all nodes: fewer touched than this are sorted, not scattered
constexpr std::size_t kFewTouched = 4096;     // relationships: not worth to look for a better way

[[noreturn]] void throwTooMany() {
  throwRuntime(ErrorType::kArithmeticError, "NumberOutOfRange", "the number of matches does not fit an INTEGER");
}

template <typename Visit>
void forEachNode(const Weights& weights, Visit visit) {
  if (!weights.uniform) {
    for (std::size_t i = 0; i < weights.list.size(); ++i) visit(weights.list.nodes[i], weights.list.counts[i]);
  } else if (weights.members.set.isRange() && !weights.members.bitmap->isEmpty()) {
    const NodeId last = weights.members.bitmap->maximum();
    for (NodeId n = weights.members.bitmap->minimum(); n < last; ++n) visit(n, std::uint64_t{1});
    visit(last, std::uint64_t{1});
  } else {
    for (const NodeId n : *weights.members.bitmap) visit(n, std::uint64_t{1});
  }
}

// The count of a node, whatever form they have.
class Lookup {
 public:
  // `many`: so many look-ups are to come that an array over all nodes pays.
  Lookup(const Weights& weights, bool many, NodeId bound) : weights_{weights} {
    if (weights.uniform || !many) return;
    array_.resize(bound);
    for (std::size_t i = 0; i < weights.list.size(); ++i) array_[weights.list.nodes[i]] = weights.list.counts[i];
  }
  std::uint64_t operator()(NodeId node) const {
    if (weights_.uniform) return weights_.members.set.contains(node) ? 1 : 0;
    if (!array_.empty()) return array_[node];
    const auto& nodes = weights_.list.nodes;
    const auto found = std::lower_bound(nodes.begin(), nodes.end(), node);
    if (found == nodes.end() || *found != node) return 0;
    return weights_.list.counts[static_cast<std::size_t>(found - nodes.begin())];
  }

 private:
  const Weights& weights_;
  std::vector<std::uint64_t> array_;
};

std::size_t occurrences(std::span<const NodeId> ascending, NodeId node) {
  const auto [begin, end] = std::equal_range(ascending.begin(), ascending.end(), node);
  return static_cast<std::size_t>(end - begin);
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

// --- Neighbours -----------------------------------------------------------------------------------------------------

class MessagePassing::Reader {
 public:
  // `down`: from the parent; else from the child.
  Reader(std::span<const MessageTerm::Relation> relations, bool down, Worker& worker) {
    for (const auto& relation : relations) {
      const Direction direction = down ? relation.direction : reverse(relation.direction);
      relations_.push_back(waysOf(worker.context, relation.types.types(worker), direction));
    }
  }

  // visit(neighbour, times); a neighbour may come several times.
  template <typename Visit>
  void forEach(NodeId node, Visit visit) const {
    for (const auto& step : relations_[0]) {
      if (relations_.size() > 1) {
        forEachShared(node, step, visit);
        continue;
      }
      for (const NodeId n : step.adjacency.neighbours(node)) {
        if (!step.skipLoops || n != node) visit(n, std::uint64_t{1});
      }
    }
  }

  // Neighbours that lie in the set, with repeats.
  std::uint64_t countIn(NodeId node, const NodeSet& set) const {
    std::uint64_t sum = 0;
    if (relations_.size() > 1) {
      forEach(node, [&](NodeId n, std::uint64_t times) { sum = countSum(sum, set.contains(n) ? times : 0); });
      return sum;
    }
    for (const auto& step : relations_[0]) {
      const auto neighbours = step.adjacency.neighbours(node);
      sum += set.count(neighbours);
      if (step.skipLoops && set.contains(node)) sum -= occurrences(neighbours, node);
    }
    return sum;
  }

  std::uint64_t loops(NodeId node) const {
    std::uint64_t sum = 0;
    for (const auto& step : relations_[0]) {
      if (!step.skipLoops) sum += occurrences(step.adjacency.neighbours(node), node);
    }
    return sum;
  }

  std::size_t degree(NodeId node) const {
    std::size_t sum = 0;
    for (const auto& step : relations_[0]) sum += step.adjacency.degree(node);
    return sum;
  }
  // Of all nodes.
  double relationships() const {
    double sum = 0;
    for (const auto& step : relations_[0]) sum += static_cast<double>(step.adjacency.statistics().relationships);
    return sum;
  }
  double degrees(const Weights& weights) const {
    if (weights.uniform) return relationships();
    double sum = 0;
    for (const NodeId node : weights.list.nodes) sum += static_cast<double>(degree(node));
    return sum;
  }

 private:
  std::uint64_t between(const std::vector<Way>& steps, NodeId node, NodeId neighbour) const {
    std::uint64_t sum = 0;
    for (const auto& step : steps) {
      if (!step.skipLoops || node != neighbour) sum += occurrences(step.adjacency.neighbours(node), neighbour);
    }
    return sum;
  }

  // Neighbours over a step of the first relation that are also neighbours over all others.
  template <typename Visit>
  void forEachShared(NodeId node, const Way& step, Visit visit) const {
    const auto neighbours = step.adjacency.neighbours(node);
    for (std::size_t i = 0; i < neighbours.size();) {
      const NodeId n = neighbours[i];
      std::uint64_t times = 0;
      for (; i < neighbours.size() && neighbours[i] == n; ++i) ++times;
      if (step.skipLoops && n == node) continue;
      for (std::size_t r = 1; r < relations_.size() && times > 0; ++r) {
        times = countProduct(times, between(relations_[r], node, n));
      }
      if (times > 0) visit(n, times);
    }
  }

  std::vector<std::vector<Way>> relations_;
};

// --- Evaluation -----------------------------------------------------------------------------------------------------

MessagePassing::MessagePassing(Worker& worker, const std::vector<Weights>& nodes)
    : worker_{worker}, nodes_{nodes}, bound_{worker.context.view.nodeBound()} {}

Weights MessagePassing::run(const MessageTerm& term) { return evaluate(term, 0, nullptr); }

bool MessagePassing::isPlainLeaf(const MessageTerm::Group& group) const {
  return group.links.empty() && group.loops.empty() && group.nodes.size() == 1 && nodes_[group.nodes[0]].uniform;
}

Weights MessagePassing::evaluate(const MessageTerm& term, std::size_t g, const std::vector<NodeId>* domain) {
  const MessageTerm::Group& group = term.groups[g];
  Weights weights = candidates(group, domain);
  for (const auto& loop : group.loops) countLoops(loop, weights);
  for (const auto& link : group.links) {
    if (worker_.context.cancellation) worker_.context.cancellation->check();
    follow(term, link, weights);
  }
  return weights;
}

// Nodes that all members of the group allow, and that lie in the domain.
Weights MessagePassing::candidates(const MessageTerm::Group& group, const std::vector<NodeId>* domain) const {
  Weights out = nodes_[group.nodes[0]];
  for (std::size_t i = 1; i < group.nodes.size(); ++i) {
    const Weights& other = nodes_[group.nodes[i]];
    if (out.uniform && other.uniform) {
      out.members.bitmap = std::make_shared<const Roaring>(*out.members.bitmap & *other.members.bitmap);
      out.members.set = NodeSet::of(*out.members.bitmap);
    } else if (out.uniform) {
      const Weights set = std::move(out);
      out = other;
      multiply(out, false, Lookup{set, false, bound_});
    } else {
      multiply(out, false, Lookup{other, false, bound_});
    }
  }
  if (!domain) return out;
  const Lookup lookup{out, false, bound_};
  Weights narrowed;
  narrowed.uniform = false;
  for (const NodeId node : *domain) {
    if (const std::uint64_t count = lookup(node)) narrowed.list.add(node, count);
  }
  return narrowed;
}

void MessagePassing::countLoops(const MessageTerm::Relation& relation, Weights& weights) {
  const Reader reader{std::span{&relation, 1}, true, worker_};
  multiply(weights, false, [&](NodeId node) { return reader.loops(node); });
}

void MessagePassing::follow(const MessageTerm& term, const MessageTerm::Link& link, Weights& weights) {
  const MessageTerm::Group& child = term.groups[link.child];
  const Reader down{link.relations, true, worker_};
  if (isPlainLeaf(child)) {
    const NodeSet& set = nodes_[child.nodes[0]].members.set;
    multiply(weights, link.optional, [&](NodeId node) { return down.countIn(node, set); });
    return;
  }
  const double pulled = down.degrees(weights);
  if (!weights.uniform && (pulled <= kFewTouched || pulled <= link.rows)) {
    std::vector<NodeId> domain;
    for (const NodeId node : weights.list.nodes) {
      down.forEach(node, [&](NodeId n, std::uint64_t) { domain.push_back(n); });
    }
    std::sort(domain.begin(), domain.end());
    domain.erase(std::unique(domain.begin(), domain.end()), domain.end());
    pull(down, evaluate(term, link.child, &domain), link.optional, weights);
    return;
  }
  const Weights below = evaluate(term, link.child, nullptr);
  const Reader up{link.relations, false, worker_};
  const double pushed = up.degrees(below);
  if (pushed < pulled) {
    join(weights, push(up, below, pushed), link.optional);
  } else {
    pull(down, below, link.optional, weights);
  }
}

void MessagePassing::pull(const Reader& down, const Weights& child, bool optional, Weights& weights) const {
  const double touched = down.degrees(weights);
  const Lookup lookup{child, touched > kSparseShare * static_cast<double>(bound_), bound_};
  multiply(weights, optional, [&](NodeId node) {
    std::uint64_t sum = 0;
    down.forEach(node, [&](NodeId n, std::uint64_t times) {
      const std::uint64_t count = lookup(n);
      if (count != 0) sum = countSum(sum, times == 1 ? count : countProduct(count, times));
    });
    return sum;
  });
}

NodeCounts MessagePassing::push(const Reader& up, const Weights& child, double touched) const {
  return touched < kSparseShare * static_cast<double>(bound_) ? pushSparse(up, child) : pushDense(up, child);
}

NodeCounts MessagePassing::pushSparse(const Reader& up, const Weights& child) const {
  std::vector<std::pair<NodeId, std::uint64_t>> met;
  forEachNode(child, [&](NodeId node, std::uint64_t count) {
    up.forEach(node, [&](NodeId n, std::uint64_t times) { met.emplace_back(n, countProduct(count, times)); });
  });
  std::sort(met.begin(), met.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  NodeCounts out;
  for (const auto& [node, count] : met) {
    if (!out.nodes.empty() && out.nodes.back() == node) {
      out.counts.back() = countSum(out.counts.back(), count);
    } else {
      out.add(node, count);
    }
  }
  return out;
}

NodeCounts MessagePassing::pushDense(const Reader& up, const Weights& child) const {
  Reservation reservation{worker_.context.memory};
  reservation.grow(bound_ * sizeof(std::uint64_t));
  std::vector<std::uint64_t> sums(bound_);
  std::size_t seen = 0;
  forEachNode(child, [&](NodeId node, std::uint64_t count) {
    if (++seen % kBetweenChecks == 0 && worker_.context.cancellation) worker_.context.cancellation->check();
    up.forEach(node, [&](NodeId n, std::uint64_t times) {
      sums[n] = countSum(sums[n], times == 1 ? count : countProduct(count, times));
    });
  });
  NodeCounts out;
  for (NodeId node = 0; node < bound_; ++node) {
    if (sums[node] != 0) out.add(node, sums[node]);
  }
  return out;
}

template <typename Message>
void MessagePassing::multiply(Weights& weights, bool optional, Message message) const {
  NodeCounts out;
  std::size_t seen = 0;
  forEachNode(weights, [&](NodeId node, std::uint64_t count) {
    if (++seen % kBetweenChecks == 0 && worker_.context.cancellation) worker_.context.cancellation->check();
    std::uint64_t times = message(node);
    if (times == 0) {
      if (!optional) return;
      times = 1;
    }
    out.add(node, times == 1 ? count : countProduct(count, times));
  });
  weights.list = std::move(out);
  weights.uniform = false;
}

// As multiply() with the messages as a list, which is walked where it decides what is left.
void MessagePassing::join(Weights& weights, const NodeCounts& messages, bool optional) const {
  Weights list;
  list.uniform = false;
  list.list = messages;
  if (optional || !weights.uniform) {
    multiply(weights, optional, Lookup{list, weights.uniform || weights.list.size() > 64, bound_});
    return;
  }
  const Weights set = std::move(weights);
  weights = std::move(list);
  multiply(weights, false, Lookup{set, false, bound_});
}

}  // namespace plexus::exec
