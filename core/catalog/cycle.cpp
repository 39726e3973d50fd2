#include "core/catalog/cycle.h"

#include <unordered_map>

namespace plexus::catalog {
namespace {

struct Frame {
  NodeId node;
  std::vector<NodeId> successors;
  std::size_t next = 0;
};

std::vector<NodeId> cycleFrom(const std::vector<Frame>& path, NodeId node) {
  std::vector<NodeId> cycle;
  for (const Frame& frame : path) {
    if (!cycle.empty() || frame.node == node) cycle.push_back(frame.node);
  }
  return cycle;
}

}  // namespace

std::optional<std::vector<NodeId>> findCycle(std::span<const NodeId> starts, const Successors& successors) {
  std::unordered_map<NodeId, bool> onPath;  // of nodes that were met
  std::vector<Frame> path;
  const auto enter = [&](NodeId node) {
    onPath[node] = true;
    Frame& frame = path.emplace_back(Frame{node, {}, 0});
    successors(node, [&](NodeId successor) { frame.successors.push_back(successor); });
  };
  for (const NodeId start : starts) {
    if (onPath.contains(start)) continue;
    enter(start);
    while (!path.empty()) {
      Frame& frame = path.back();
      if (frame.next == frame.successors.size()) {
        onPath[frame.node] = false;
        path.pop_back();
        continue;
      }
      const NodeId successor = frame.successors[frame.next++];
      const auto met = onPath.find(successor);
      if (met == onPath.end()) {
        enter(successor);
      } else if (met->second) {
        return cycleFrom(path, successor);
      }
    }
  }
  return std::nullopt;
}

}  // namespace plexus::catalog
