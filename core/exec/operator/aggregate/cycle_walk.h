// core/exec/operator/aggregate/cycle_walk.h: the matches of a cycle of groups. For each node of one group its
// neighbours on one side are marked, and met by walking round the other side, a list of nodes with counts a step.
//
// The group to start from and the way round are those with the fewest relationships to walk. Memory: an array over the
// marked group's nodes (and one over each group that is walked through) a worker.
#pragma once

#include <optional>

#include "core/exec/operator/aggregate/core_counting.h"

namespace plexus::exec {

class CycleWalk {
 public:
  // Nothing if the core is no cycle. `fromFirst`: counts by the first group are wanted.
  static std::optional<CycleWalk> of(const Worker& worker, const CoreGraph& graph, bool fromFirst);

  // By node of the group that is started from.
  NodeCounts counts();
  std::uint64_t total();
  // About how many relationships are met.
  double cost() const { return cost_; }

 private:
  struct Scratch;
  struct Side {  // a link on the way round
    const LinkReader* link;
    std::size_t group;  // that it leads to
  };
  CycleWalk(const Worker& worker, const CoreGraph& graph) : worker_{worker}, graph_{graph} {}
  void estimate();
  void prepare();
  template <typename Each>
  void forEachStart(Each each) const;
  std::uint64_t around(NodeId start, Scratch& scratch) const;
  void mark(NodeId start, Scratch& scratch) const;
  void walk(const Side& side, std::size_t step, Scratch& scratch) const;

  const Worker& worker_;
  const CoreGraph& graph_;
  std::size_t start_ = 0;
  std::vector<Side> walked_;  // in order; the last leads to the marked group
  Side marked_{};
  std::vector<DenseCounts> arrays_;  // of each group
  double cost_ = 0;
  bool checked_ = true;  // counts may pass 63 bits
};

}  // namespace plexus::exec
