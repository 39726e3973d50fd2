// core/exec/operator/aggregate/core_counting.h: the matches of the part of a message term that is no tree.
//
// Each group of the core first counts what hangs on it; then the core itself is counted:
// - a triangle of one undirected relation by marks along the edges from lower to higher degree (triangle_count.h);
// - a cycle in which n:1 links lead from one group to both ends of what is left, by pairs of ends (image_pairs.h);
// - any other cycle by marking the neighbours of one node on one side and walking to them on the other (cycle_walk.h);
// - whatever else by binding one group after the other, all links to bound groups tested.
#pragma once

#include "core/exec/operator/aggregate/message_passing.h"

namespace plexus::exec {

// A core with the counts of its groups, ready to count. `groups[0]` is the one whose counts may be asked for.
struct CoreGraph {
  struct Link {
    std::size_t from, to;  // numbers in `weights`
    LinkReader there, back;
    const std::vector<MessageTerm::Relation>* relations;
  };
  std::vector<Weights> weights;
  std::vector<Link> links;
};

class CoreCounting {
 public:
  CoreCounting(Worker& worker, MessagePassing& passing, const MessageTerm& term);

  // Matches by node of the core's first group.
  Weights counts() const;
  std::uint64_t total() const;

 private:
  bool isEmpty() const;

  Worker& worker_;
  CoreGraph graph_;
};

}  // namespace plexus::exec
