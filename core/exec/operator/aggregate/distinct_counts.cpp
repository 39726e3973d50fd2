#include "core/exec/operator/aggregate/distinct_counts.h"

namespace plexus::exec {

GroupedPairs distinctStarts(Worker& worker, PairProducts& products, const NodeKeys& keys) {
  GroupedPairs out;
  const auto &starts = products.starts(), &ends = products.ends();
  if (starts.empty() || ends.empty()) return out;
  const NodeNumbers numbers = NodeNumbers::number(worker, keys, ends);
  const auto numberOf = numbers.byNode(ends);
  struct Group {
    std::uint64_t count = 0;
    NodeId start = kNoNode, end = kNoNode;  // the last that counted
  };
  std::vector<Group> groups(numbers.groups);
  NodeSums sums;
  products.reach(sums);
  for (const NodeId start : starts) {
    products.row(start, sums);
    sums.takeAll([&](NodeId end, std::uint64_t) {
      Group& group = groups[numberOf[end - ends.front()]];
      if (group.start == start) return;
      group = {group.count + 1, start, end};
    });
  }
  for (const Group& group : groups) {
    if (group.count > 0) out.add(group.end, group.start, group.count);
  }
  return out;
}

GroupedPairs distinctEnds(Worker& worker, PairProducts& products, const NodeKeys& keys) {
  GroupedPairs out;
  const auto& starts = products.starts();
  if (starts.empty() || products.ends().empty()) return out;
  NodeSums sums;
  products.reach(sums);
  NodeNumbers::number(worker, keys, starts).forEachGroup(starts, [&](std::span<const NodeId> alike) {
    for (const NodeId start : alike) products.row(start, sums);
    std::uint64_t count = 0;
    NodeId last = kNoNode;
    sums.takeAll([&](NodeId end, std::uint64_t) {
      ++count;
      last = end;
    });
    if (count > 0) out.add(last, alike.back(), count);
  });
  return out;
}

}  // namespace plexus::exec
