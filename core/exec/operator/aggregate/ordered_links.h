// core/exec/operator/aggregate/ordered_links.h: links of a group to children whose nodes come in an order, such as
// `(a)--(p)--(b)` with a.id < b.id: for each parent, the sum over pairs of neighbours without making the pairs.
//
// Of one parent, the neighbours over each link are a list with their counts. An order between two children multiplies
// the counts of the one by the sum of those of the other that come before (or after), both lists being sorted; orders
// between more children are taken one after another, towards one child of those that they join. An order between the
// parent and a child leaves out neighbours. Cost: O(d log d) for a parent with d neighbours.
#pragma once

#include <deque>
#include <vector>

#include "core/exec/operator/aggregate/link_reader.h"
#include "core/exec/operator/aggregate/order_keys.h"

namespace plexus::exec {

class OrderedLinks {
 public:
  // `children`: the counts of the nodes of each ordered link's group, which must live as long as this; `parents`: nodes
  // that may be asked for.
  OrderedLinks(Worker& worker, const MessageTerm::Group& group, const std::vector<const Weights*>& children,
               const NodeCounts& parents);

  // The parents with their counts times the matches of the links.
  NodeCounts ofParents(const NodeCounts& parents) const;
  // visit(parent, child, matches): of each parent, as often as it counts, with each of its neighbours over one link.
  template <typename Visit>
  void forEachPair(const NodeCounts& parents, std::size_t counted, Visit visit) const;
  // Relationships that are met.
  double touched(const NodeCounts& parents) const;

 private:
  struct Member {
    NodeId node;
    std::uint64_t count;
  };
  struct Keyed {
    std::int64_t key;
    std::size_t place;  // among the members
  };
  // What one thread needs for a parent: of each link the members, and of two the order and what one is multiplied by.
  struct Scratch {
    std::vector<std::vector<Member>> members;
    std::vector<Keyed> from, to;
    std::vector<std::uint64_t> factors;
  };
  static constexpr std::size_t kNoOrder = ~std::size_t{0};
  static constexpr std::size_t kBetweenChecks = 256;  // parents between two looks at cancellation

  void load(NodeId parent, std::size_t link, std::vector<Member>& members) const;
  bool isAllowed(NodeId parent, std::size_t link, NodeId node) const;
  // The members of a link, counted with all that the orders but `except` join to them.
  void gather(NodeId parent, std::size_t link, std::size_t except, Scratch& scratch) const;
  void multiply(std::size_t order, std::size_t to, Scratch& scratch) const;
  void sumInOrder(std::size_t order, bool before, const std::vector<Member>& others, Scratch& scratch) const;
  void sumPairs(std::size_t order, bool before, const std::vector<Member>& others, Scratch& scratch) const;
  // The product of the sums of those that orders do not join to `except`'s link; with all, if that is kNoOrder.
  std::uint64_t product(NodeId parent, std::size_t except, Scratch& scratch) const;
  void sort(std::size_t order, bool lessSide, const std::vector<Member>& members, std::vector<Keyed>& out) const;

  Worker& worker_;
  const MessageTerm::Group& group_;
  std::vector<LinkReader> readers_;
  std::vector<Lookup> counts_;
  std::deque<OrderKeys> keys_;        // by order
  std::vector<std::size_t> firstOf_;  // of a link: the first of those that orders join
};

template <typename Visit>
void OrderedLinks::forEachPair(const NodeCounts& parents, std::size_t counted, Visit visit) const {
  Scratch scratch;
  scratch.members.resize(readers_.size());
  for (std::size_t i = 0; i < parents.size(); ++i) {
    if (i % kBetweenChecks == 0 && worker_.context.cancellation) worker_.context.cancellation->check();
    const NodeId parent = parents.nodes[i];
    const std::uint64_t times = countProduct(parents.counts[i], product(parent, counted, scratch));
    if (times == 0) continue;
    gather(parent, counted, kNoOrder, scratch);
    for (const Member& member : scratch.members[counted]) visit(parent, member.node, countProduct(times, member.count));
  }
}

}  // namespace plexus::exec
