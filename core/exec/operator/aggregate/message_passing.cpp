#include "core/exec/operator/aggregate/message_passing.h"

#include <algorithm>

#include "core/exec/operator/aggregate/core_counting.h"
#include "core/exec/operator/aggregate/dense_product.h"
#include "core/exec/operator/aggregate/ordered_links.h"

namespace plexus::exec {

namespace {

constexpr std::size_t kBetweenChecks = 4096;  // nodes between two looks at cancellation
constexpr double kSparseShare = 1.0 / 8;      // of a range of nodes: fewer are a list, more an array
constexpr std::size_t kFewTouched = 4096;     // relationships: not worth to look for a better way
constexpr std::size_t kDenseFrom = 512;       // nodes: fewer are a list anyway
constexpr double kPushCost = 1.4;             // of a relationship, against one that is pulled
constexpr double kPushIntoColumn = 5;         // where each node pulls one at most: without a branch, by all threads

double share(std::pair<NodeId, NodeId> hull, double nodes) {
  return nodes / std::max(1.0, static_cast<double>(hull.second - hull.first));
}

}  // namespace

MessagePassing::MessagePassing(Worker& worker, const std::vector<Weights>& nodes)
    : worker_{worker}, nodes_{nodes}, bound_{worker.context.view.nodeBound()}, reservation_{worker.context.memory} {}

Weights MessagePassing::run(const MessageTerm& term) {
  start(term);
  if (hasNoLoops(term)) return {};
  return term.counted == 0 ? whole(term, 0) : below(term);
}

// By nodes of a group below the root: what the root counts without it goes down to it.
Weights MessagePassing::below(const MessageTerm& term) {
  std::vector<std::size_t> parent(term.groups.size(), 0);
  for (std::size_t g = 0; g < term.groups.size(); ++g) {
    for (const auto* links : {&term.groups[g].links, &term.groups[g].ordered}) {
      for (const auto& link : *links) parent[link.child] = g;
    }
  }
  std::vector<std::size_t> path;  // from the group wanted to below the root
  for (std::size_t g = term.counted; g != 0; g = parent[g]) path.push_back(g);
  Weights counts = ofTree(term, 0, path.back());
  for (std::size_t i = path.size(); i-- > 0 && counts.size() > 0;) {
    const Weights own = i == 0 ? whole(term, path[0]) : ofTree(term, path[i], path[i - 1]);
    counts = descend(term, parent[path[i]], counts, path[i], own);
  }
  return counts;
}

Weights MessagePassing::descend(const MessageTerm& term, std::size_t g, const Weights& counts, std::size_t child,
                                const Weights& own) {
  const MessageTerm::Group& group = term.groups[g];
  const auto leads = [&](const auto& link) { return link.child == child; };
  if (const auto at = std::find_if(group.ordered.begin(), group.ordered.end(), leads); at != group.ordered.end()) {
    const auto [low, high] = own.hull();
    reserve(high - low);
    DenseCounts sums{low, Array<std::uint64_t>(high - low, 0), 0, 0};
    forEachOrdered(term, group, asList(counts), static_cast<std::size_t>(at - group.ordered.begin()), own,
                   [&](NodeId /*parent*/, NodeId node, std::uint64_t count) {
                     std::uint64_t& sum = sums.counts[node - sums.low];
                     sum = countSum(sum, count);
                   });
    for (const std::uint64_t sum : sums.counts) {
      sums.most = std::max(sums.most, sum);
      sums.present += sum != 0 ? 1 : 0;
    }
    return Weights::of(std::move(sums));
  }
  const LinkReader down{std::find_if(group.links.begin(), group.links.end(), leads)->relations, true, worker_};
  touched_ += down.degrees(counts);
  Weights out = own;
  join(out, Weights::of(pushDense(down, counts, own.hull(), true)), false);
  return out;
}

std::uint64_t MessagePassing::total(const MessageTerm& term) {
  start(term);
  if (hasNoLoops(term)) return 0;
  if (startsCore(term, 0)) return CoreCounting{worker_, *this, term}.total();
  std::optional<std::uint64_t> known;
  const Weights weights = evaluateTree(term, {.group = 0, .sum = &known});
  if (known) return *known;
  std::uint64_t sum = 0;
  weights.forEach([&](NodeId, std::uint64_t count) { sum = countSum(sum, count); });
  return sum;
}

Weights MessagePassing::ofTree(const MessageTerm& term, std::size_t group, std::size_t except) {
  const auto& ordered = term.groups[group].ordered;
  const bool leavesOut =
      std::any_of(ordered.begin(), ordered.end(), [&](const auto& link) { return link.child == except; });
  return evaluateTree(term, {.group = group, .except = except, .ordered = !leavesOut});
}

bool MessagePassing::startsCore(const MessageTerm& term, std::size_t group) const {
  return !term.core.groups.empty() && term.core.groups[0] == group;
}

// Some group must be joined to itself by relationships of which none starts where it ends: the usual fate of
// corrections.
bool MessagePassing::hasNoLoops(const MessageTerm& term) {
  for (const auto& group : term.groups) {
    for (const auto& loop : group.loops) {
      LinkReader reader{std::span{&loop, 1}, true, worker_};
      if (reader.relationships() < kFewTouched) continue;
      reader.consultStatistics();
      if (reader.hasNoLoops()) return true;
    }
  }
  return false;
}

void MessagePassing::reserve(std::size_t nodes) {
  reserved_ += nodes * sizeof(std::uint64_t);
  reservation_.grow(reserved_);
}

bool MessagePassing::isPlainLeaf(const MessageTerm::Group& group) const {
  return group.links.empty() && group.ordered.empty() && group.loops.empty() && group.nodes.size() == 1 &&
         nodes_[group.nodes[0]].isSet();
}

bool MessagePassing::isDense(const Weights& weights) const {
  return weights.size() >= kDenseFrom && share(weights.hull(), static_cast<double>(weights.size())) >= kSparseShare;
}

const Weights& MessagePassing::whole(const MessageTerm& term, std::size_t g) {
  auto& slot = whole_[g];
  if (!slot) slot = startsCore(term, g) ? CoreCounting{worker_, *this, term}.counts() : evaluateTree(term, {g});
  return *slot;
}

Weights MessagePassing::evaluate(const MessageTerm& term, std::size_t g, const std::vector<NodeId>& domain) {
  if (!startsCore(term, g)) return evaluateTree(term, {g, &domain});
  const Lookup lookup{whole(term, g), false};
  NodeCounts narrowed;
  for (const NodeId node : domain) {
    if (const std::uint64_t count = lookup(node)) narrowed.add(node, count);
  }
  return Weights::of(std::move(narrowed));
}

Weights MessagePassing::evaluateTree(const MessageTerm& term, const Part& part) {
  const MessageTerm::Group& group = term.groups[part.group];
  Weights weights = candidates(group, part.domain);
  for (const auto& loop : group.loops) countLoops(loop, weights);
  Links links;
  for (const auto& link : group.links) {
    if (link.child != part.except) links.push_back(&link);
  }
  std::size_t next = 0;
  if (isDense(weights)) {
    DenseProduct product{worker_, weights};
    next = followDense(term, links, product, weights);
    if (part.sum && next == links.size() && group.ordered.empty()) {
      *part.sum = product.sum();
      return {};
    }
    if (!product.isPlain()) {
      reserve(weights.hull().second - weights.hull().first);
      weights = Weights::of(product.array());
      if (!isDense(weights)) weights = Weights::of(asList(std::move(weights)));
    }
  }
  for (; next < links.size(); ++next) follow(term, *links[next], weights);
  if (group.ordered.empty() || !part.ordered) return weights;
  return Weights::of(followOrdered(term, group, asList(std::move(weights))));
}

std::optional<OrderedLinks> MessagePassing::orderedLinks(const MessageTerm& term, const MessageTerm::Group& group,
                                                         const NodeCounts& parents, std::size_t link,
                                                         const Weights* children) {
  std::vector<const Weights*> all;
  for (std::size_t i = 0; i < group.ordered.size(); ++i) {
    all.push_back(i == link ? children : &whole(term, group.ordered[i].child));
    if (parents.size() == 0 || all.back()->size() == 0) return std::nullopt;
  }
  std::optional<OrderedLinks> links{std::in_place, worker_, group, all, parents};
  touched_ += links->touched(parents);
  return links;
}

NodeCounts MessagePassing::followOrdered(const MessageTerm& term, const MessageTerm::Group& group,
                                         const NodeCounts& parents) {
  const auto links = orderedLinks(term, group, parents, group.ordered.size(), nullptr);
  return links ? links->ofParents(parents) : NodeCounts{};
}

void MessagePassing::forEachOrdered(const MessageTerm& term, const MessageTerm::Group& group, const NodeCounts& parents,
                                    std::size_t link, const Weights& children, const VisitPair& visit) {
  if (const auto links = orderedLinks(term, group, parents, link, &children)) links->forEachPair(parents, link, visit);
}

// Nodes that all members of the group allow, and that lie in the domain.
Weights MessagePassing::candidates(const MessageTerm::Group& group, const std::vector<NodeId>* domain) const {
  Weights out = nodes_[group.nodes[0]];
  for (std::size_t i = 1; i < group.nodes.size(); ++i) {
    const Weights& other = nodes_[group.nodes[i]];
    if (out.isSet() && other.isSet()) {
      if (other.members.isAll()) continue;
      out.members =
          out.members.isAll()
              ? other.members
              : Members{std::make_shared<const Roaring>(out.members.bitmap() & other.members.bitmap()), false};
    } else if (out.isSet()) {
      const Weights set = std::move(out);
      out = other;
      multiply(out, false, Lookup{set, false});
    } else {
      multiply(out, false, Lookup{other, false});
    }
  }
  if (!domain) return out;
  const Lookup lookup{out, false};
  NodeCounts narrowed;
  for (const NodeId node : *domain) {
    if (const std::uint64_t count = lookup(node)) narrowed.add(node, count);
  }
  return Weights::of(std::move(narrowed));
}

void MessagePassing::countLoops(const MessageTerm::Relation& relation, Weights& weights) {
  LinkReader reader{std::span{&relation, 1}, true, worker_};
  if (isDense(weights)) reader.consultStatistics();
  multiply(weights, false, [&](NodeId node) { return reader.loops(node); });
}

// --- Many nodes -----------------------------------------------------------------------------------------------------

std::size_t MessagePassing::followDense(const MessageTerm& term, const Links& links, DenseProduct& product,
                                        const Weights& weights) {
  std::size_t next = 0;
  while (next < links.size() && addFactor(term, *links[next], product, weights)) ++next;
  return next;
}

bool MessagePassing::addFactor(const MessageTerm& term, const MessageTerm::Link& link, DenseProduct& product,
                               const Weights& weights) {
  const MessageTerm::Group& child = term.groups[link.child];
  LinkReader down{link.relations, true, worker_};
  down.consultStatistics();
  const bool leaf = !startsCore(term, link.child) && isPlainLeaf(child);
  const Weights& below = leaf ? nodes_[child.nodes[0]] : whole(term, link.child);
  if (!below.isSet()) return addMessages(std::move(down), link, below, product, weights);
  const bool leadsInto = down.leadsInto(below.members);
  if (leadsInto && weights.isSet() && down.isTotalFunction(weights.members)) return true;
  if (!leadsInto || !down.isFlat()) {
    touched_ += down.degrees(weights);
    return product.count(std::move(down), below.members, link.optional);
  }
  touched_ += static_cast<double>(weights.size());
  return product.degree(std::move(down), link.optional);
}

bool MessagePassing::addMessages(LinkReader down, const MessageTerm::Link& link, const Weights& below,
                                 DenseProduct& product, const Weights& weights) {
  LinkReader up{link.relations, false, worker_};
  up.consultStatistics();
  const double pulled = down.degrees(weights), pushed = up.degrees(below);
  const bool few = share(weights.hull(), pushed) < kSparseShare;
  if (few && !link.optional && product.isPlain()) return false;  // the list of messages decides what is left
  std::uint64_t most = 0;
  const bool bounded = !__builtin_mul_overflow(down.mostDegree(), below.most(), &most) && most <= kMostCount;
  const double pushCost = down.isFlat() && down.isFunction() ? kPushIntoColumn : kPushCost;
  touched_ += pushed * pushCost < pulled ? pushed : pulled;
  if (pushed * pushCost < pulled) {
    auto pushedCounts = std::make_shared<const DenseCounts>(pushDense(up, below, weights.hull(), !bounded));
    return product.message(std::move(pushedCounts), link.optional);
  }
  // What is an array already is read where it is.
  const std::shared_ptr<const DenseCounts> child =
      below.form == Weights::Form::kDense ? std::shared_ptr<const DenseCounts>{std::shared_ptr<void>{}, &below.dense}
                                          : std::make_shared<const DenseCounts>(asDense(below));
  return bounded && product.gather(std::move(down), child, link.optional);
}

DenseCounts MessagePassing::pushDense(const LinkReader& up, const Weights& child, std::pair<NodeId, NodeId> hull,
                                      bool checked) {
  reserve(hull.second - hull.first);
  DenseCounts out{hull.first, Array<std::uint64_t>(hull.second - hull.first, 0), 0, 0};
  const auto add = [&](NodeId n, std::uint64_t count) {
    const std::size_t at = static_cast<NodeId>(n - out.low);
    if (at < out.counts.size()) out.counts[at] = checked ? countSum(out.counts[at], count) : out.counts[at] + count;
  };
  std::size_t seen = 0;
  child.forEach([&](NodeId node, std::uint64_t count) {
    if (++seen % kBetweenChecks == 0 && worker_.context.cancellation) worker_.context.cancellation->check();
    if (up.isFlat()) {
      for (const auto& step : up.steps()) {
        const auto& flat = *step.flat;
        for (std::uint32_t at = flat.offsets[node]; at < flat.offsets[node + 1]; ++at) add(flat.neighbours[at], count);
      }
      return;
    }
    up.forEach(node,
               [&](NodeId n, std::uint64_t times) { add(n, checked ? countProduct(count, times) : count * times); });
  });
  for (const std::uint64_t count : out.counts) {
    out.most = std::max(out.most, count);
    out.present += count != 0 ? 1 : 0;
  }
  return out;
}

// --- Few nodes ------------------------------------------------------------------------------------------------------

void MessagePassing::follow(const MessageTerm& term, const MessageTerm::Link& link, Weights& weights) {
  if (worker_.context.cancellation) worker_.context.cancellation->check();
  const MessageTerm::Group& child = term.groups[link.child];
  const LinkReader down{link.relations, true, worker_};
  const bool isCore = startsCore(term, link.child);
  if (!isCore && isPlainLeaf(child)) {
    const Members& members = nodes_[child.nodes[0]].members;
    touched_ += members.ranges() ? static_cast<double>(weights.size()) : down.degrees(weights);
    multiply(weights, link.optional, [&](NodeId node) { return down.countIn(node, members); });
    return;
  }
  const double pulled = down.degrees(weights);
  if (weights.form == Weights::Form::kList && !isCore && (pulled <= kFewTouched || pulled <= link.rows)) {
    std::vector<NodeId> domain;
    for (const NodeId node : weights.list.nodes) {
      down.forEach(node, [&](NodeId n, std::uint64_t) { domain.push_back(n); });
    }
    std::sort(domain.begin(), domain.end());
    domain.erase(std::unique(domain.begin(), domain.end()), domain.end());
    touched_ += 2 * pulled;
    pull(down, evaluate(term, link.child, domain), link.optional, weights);
    return;
  }
  const Weights& below = whole(term, link.child);
  const LinkReader up{link.relations, false, worker_};
  const double pushed = up.degrees(below);
  touched_ += std::min(pushed, pulled);
  if (pushed >= pulled) return pull(down, below, link.optional, weights);
  if (pushed < kSparseShare * static_cast<double>(bound_)) {
    join(weights, Weights::of(pushSparse(up, below)), link.optional);
  } else {
    join(weights, Weights::of(pushDense(up, below, {0, bound_}, true)), link.optional);
  }
}

void MessagePassing::pull(const LinkReader& down, const Weights& child, bool optional, Weights& weights) const {
  const Lookup lookup{child, down.degrees(weights) > kSparseShare * static_cast<double>(child.size())};
  multiply(weights, optional, [&](NodeId node) {
    std::uint64_t sum = 0;
    down.forEach(node, [&](NodeId n, std::uint64_t times) {
      const std::uint64_t count = lookup(n);
      if (count != 0) sum = countSum(sum, times == 1 ? count : countProduct(count, times));
    });
    return sum;
  });
}

NodeCounts MessagePassing::pushSparse(const LinkReader& up, const Weights& child) const {
  std::vector<std::pair<NodeId, std::uint64_t>> met;
  child.forEach([&](NodeId node, std::uint64_t count) {
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

template <typename Message>
void MessagePassing::multiply(Weights& weights, bool optional, Message message) const {
  NodeCounts out;
  std::size_t seen = 0;
  weights.forEach([&](NodeId node, std::uint64_t count) {
    if (++seen % kBetweenChecks == 0 && worker_.context.cancellation) worker_.context.cancellation->check();
    std::uint64_t times = message(node);
    if (times == 0) {
      if (!optional) return;
      times = 1;
    }
    out.add(node, times == 1 ? count : countProduct(count, times));
  });
  weights = Weights::of(std::move(out));
}

// As multiply() with the messages as weights, which are walked where they decide what is left.
void MessagePassing::join(Weights& weights, const Weights& messages, bool optional) const {
  if (optional || weights.form == Weights::Form::kList) {
    return multiply(weights, optional, Lookup{messages, !weights.isSet() && weights.size() > 64});
  }
  const Weights other = std::move(weights);
  weights = messages;
  multiply(weights, false, Lookup{other, false});
}

}  // namespace plexus::exec
