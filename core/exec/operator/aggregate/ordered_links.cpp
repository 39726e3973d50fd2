#include "core/exec/operator/aggregate/ordered_links.h"

#include <algorithm>
#include <numeric>

#include "core/exec/run/blocks.h"

namespace plexus::exec {

namespace {

constexpr double kMember = 25;  // nanoseconds of a neighbour, about
constexpr std::size_t kParentsAtATime = 16;

}  // namespace

OrderedLinks::OrderedLinks(Worker& worker, const MessageTerm::Group& group, const std::vector<const Weights*>& children,
                           const NodeCounts& parents)
    : worker_{worker}, group_{group}, firstOf_(group.ordered.size()) {
  for (std::size_t i = 0; i < group.ordered.size(); ++i) {
    readers_.emplace_back(group.ordered[i].relations, true, worker);
    counts_.emplace_back(*children[i], true);
  }
  std::vector<NodeCounts> lists;
  lists.reserve(children.size());
  for (const Weights* child : children) lists.push_back(asList(*child));
  const auto nodesOf = [&](std::size_t side) -> const NodeCounts& {
    return side == MessageTerm::Order::kParent ? parents : lists[side];
  };
  std::iota(firstOf_.begin(), firstOf_.end(), std::size_t{0});
  for (const auto& order : group.orders) {
    keys_.emplace_back(worker, *order.lessKey, nodesOf(order.less), *order.greaterKey, nodesOf(order.greater));
    if (order.isOfParent()) continue;
    const std::size_t a = firstOf_[order.less], b = firstOf_[order.greater];
    std::replace(firstOf_.begin(), firstOf_.end(), std::max(a, b), std::min(a, b));
  }
}

bool OrderedLinks::isAllowed(NodeId parent, std::size_t link, NodeId node) const {
  for (std::size_t o = 0; o < group_.orders.size(); ++o) {
    const auto& order = group_.orders[o];
    if (!order.isOfParent() || (order.less != link && order.greater != link)) continue;
    const OrderKeys& keys = keys_[o];
    const std::int64_t less = keys.less(order.less == link ? node : parent);
    const std::int64_t greater = keys.greater(order.greater == link ? node : parent);
    if (less == OrderKeys::kNone || greater == OrderKeys::kNone) return false;
    const bool before = keys.onlyInPairs() ? keys.isBefore(less, greater, order.strict)
                                           : keys.classOf(less) == keys.classOf(greater) &&
                                                 (less < greater || (!order.strict && less == greater));
    if (!before) return false;
  }
  return true;
}

void OrderedLinks::load(NodeId parent, std::size_t link, std::vector<Member>& members) const {
  members.clear();
  readers_[link].forEach(parent, [&](NodeId node, std::uint64_t times) {
    const std::uint64_t count = counts_[link](node);
    if (count != 0 && isAllowed(parent, link, node)) members.push_back({node, countProduct(count, times)});
  });
}

void OrderedLinks::sort(std::size_t order, bool lessSide, const std::vector<Member>& members,
                        std::vector<Keyed>& out) const {
  out.clear();
  for (std::size_t i = 0; i < members.size(); ++i) {
    const NodeId node = members[i].node;
    const std::int64_t key = lessSide ? keys_[order].less(node) : keys_[order].greater(node);
    if (key != OrderKeys::kNone) out.push_back({key, i});
  }
  const auto byKey = [](const Keyed& a, const Keyed& b) { return a.key < b.key; };
  if (!std::is_sorted(out.begin(), out.end(), byKey)) std::sort(out.begin(), out.end(), byKey);
}

// Of values that compare with some only.
void OrderedLinks::sumPairs(std::size_t o, bool before, const std::vector<Member>& others, Scratch& scratch) const {
  const bool strict = group_.orders[o].strict;
  for (const Keyed& at : scratch.to) {
    std::uint64_t& sum = scratch.factors[at.place];
    for (const Keyed& other : scratch.from) {
      const bool ordered =
          before ? keys_[o].isBefore(other.key, at.key, strict) : keys_[o].isBefore(at.key, other.key, strict);
      if (ordered) sum = countSum(sum, others[other.place].count);
    }
  }
}

// Both lists in order, descending if those of `from` come after.
void OrderedLinks::sumInOrder(std::size_t o, bool before, const std::vector<Member>& others, Scratch& scratch) const {
  const OrderKeys& keys = keys_[o];
  const bool strict = group_.orders[o].strict;
  const auto comes = [&](std::int64_t other, std::int64_t key) {
    return (before ? other < key : other > key) || (!strict && other == key);
  };
  std::size_t next = 0;
  std::uint64_t sum = 0;
  std::int64_t summed = 0;  // the class of what is in the sum
  for (const Keyed& at : scratch.to) {
    for (; next < scratch.from.size() && comes(scratch.from[next].key, at.key); ++next) {
      const std::int64_t kind = keys.classOf(scratch.from[next].key);
      if (kind != summed) sum = 0;
      summed = kind;
      sum = countSum(sum, others[scratch.from[next].place].count);
    }
    if (summed == keys.classOf(at.key)) scratch.factors[at.place] = sum;
  }
}

// Counts of link `to` times the sums of those of the other link that come before them, or after.
void OrderedLinks::multiply(std::size_t o, std::size_t to, Scratch& scratch) const {
  const auto& order = group_.orders[o];
  const bool before = order.greater == to;  // those of the other link come first
  auto& members = scratch.members[to];
  const auto& others = scratch.members[before ? order.less : order.greater];
  sort(o, !before, members, scratch.to);
  sort(o, before, others, scratch.from);
  scratch.factors.assign(members.size(), 0);
  if (keys_[o].onlyInPairs()) {
    sumPairs(o, before, others, scratch);
  } else {
    if (!before) {
      std::reverse(scratch.to.begin(), scratch.to.end());
      std::reverse(scratch.from.begin(), scratch.from.end());
    }
    sumInOrder(o, before, others, scratch);
  }
  std::size_t left = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (scratch.factors[i] == 0) continue;
    members[left++] = {members[i].node, countProduct(members[i].count, scratch.factors[i])};
  }
  members.resize(left);
}

void OrderedLinks::gather(NodeId parent, std::size_t link, std::size_t except, Scratch& scratch) const {
  load(parent, link, scratch.members[link]);
  for (std::size_t o = 0; o < group_.orders.size() && !scratch.members[link].empty(); ++o) {
    const auto& order = group_.orders[o];
    if (o == except || order.isOfParent() || (order.less != link && order.greater != link)) continue;
    gather(parent, order.less == link ? order.greater : order.less, o, scratch);
    multiply(o, link, scratch);
  }
}

std::uint64_t OrderedLinks::product(NodeId parent, std::size_t except, Scratch& scratch) const {
  std::uint64_t product = 1;
  for (std::size_t link = 0; link < readers_.size() && product != 0; ++link) {
    if (firstOf_[link] != link || (except != kNoOrder && firstOf_[except] == link)) continue;
    gather(parent, link, kNoOrder, scratch);
    std::uint64_t sum = 0;
    for (const Member& member : scratch.members[link]) sum = countSum(sum, member.count);
    product = countProduct(product, sum);
  }
  return product;
}

double OrderedLinks::touched(const NodeCounts& parents) const {
  double sum = 0;
  for (const LinkReader& reader : readers_) {
    for (const NodeId node : parents.nodes) sum += static_cast<double>(reader.degree(node));
  }
  return sum;
}

NodeCounts OrderedLinks::ofParents(const NodeCounts& parents) const {
  std::vector<std::uint64_t> counts(parents.size());
  std::vector<Scratch> scratches(blockThreads(worker_));
  for (Scratch& scratch : scratches) scratch.members.resize(readers_.size());
  forBlocks(worker_, parents.size(), kParentsAtATime, kMember * touched(parents),
            [&](std::size_t begin, std::size_t end, std::size_t slot) {
              for (std::size_t i = begin; i < end; ++i) {
                counts[i] = countProduct(parents.counts[i], product(parents.nodes[i], kNoOrder, scratches[slot]));
              }
            });
  NodeCounts out;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    if (counts[i] != 0) out.add(parents.nodes[i], counts[i]);
  }
  return out;
}

}  // namespace plexus::exec
