// core/exec/operator/aggregate/core_enumeration.h: the matches of any core, by binding one group after the other to the
// neighbours of one that is bound, and testing all other links to bound ones. The slow way that always works.
#pragma once

#include "core/exec/operator/aggregate/core_counting.h"

namespace plexus::exec {

class CoreEnumeration {
 public:
  CoreEnumeration(const Worker& worker, const CoreGraph& graph);

  // By node of the first group. Workers share its candidates.
  NodeCounts counts() const;

 private:
  // A group to bind: candidates over `walk` from a bound one; `tests` lead to other bound ones.
  struct Level {
    struct Way {
      std::size_t boundGroup;
      const LinkReader* link;  // seen from the bound group
    };
    std::size_t group;
    Way walk;
    std::vector<Way> tests;
  };
  std::uint64_t below(std::size_t level, std::vector<NodeId>& bound) const;

  const Worker& worker_;
  const CoreGraph& graph_;
  std::vector<Level> levels_;
  std::vector<Lookup> lookups_;
};

}  // namespace plexus::exec
