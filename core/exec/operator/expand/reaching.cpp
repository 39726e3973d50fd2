#include "core/exec/operator/expand/reaching.h"

namespace plexus::exec {

void Reaching::compute(NodeId bound, std::span<const NodeId> ends, const Predecessors& predecessors,
                       const Cancellation* cancellation) {
  marks_.assign(bound / 64 + 1, 0);
  known_ = true;
  std::vector<NodeId> open;
  const auto mark = [&](NodeId node) {
    std::uint64_t& word = marks_[node >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (node & 63);
    if ((word & bit) != 0) return;
    word |= bit;
    open.push_back(node);
  };
  for (const NodeId end : ends) mark(end);
  for (std::size_t done = 0; done < open.size(); ++done) {
    if (cancellation && (done & 0xFFF) == 0) cancellation->check();
    predecessors(open[done], mark);
  }
}

}  // namespace plexus::exec
