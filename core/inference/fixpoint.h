// core/inference/fixpoint.h: facts derived from facts until there are no new ones, each by a shortest derivation.
//
// A fact says that a relation relates two nodes. Facts are settled in order of how many asserted relationships they
// take (Knuth's generalisation of Dijkstra's algorithm), so the derivation kept is one with the fewest. Two uses: what
// recursive types relate (over the whole graph), and why a relationship is entailed (among the nodes that matter).
// Cost: the ways in which two facts make a third, times the logarithm of the number of facts. Memory: about 100 bytes
// a fact, bounded by `most`.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/inference/asserted.h"
#include "core/inference/rule_set.h"

namespace plexus::inference {

using FactIndex = std::uint32_t;

struct Fact {
  RelTypeId type = kNoId;
  NodeId start = kNoNode, end = kNoNode;
  RelId asserted = kNoRel;          // the relationship that says so; kNoRel: derived by `body`
  const Body* body = nullptr;       // of the type's rules
  std::vector<FactIndex> premises;  // one a step of the body
  std::uint64_t support = 1;        // asserted relationships it takes
};

class Facts {
 public:
  static constexpr std::size_t kMost = 5'000'000;

  // All facts of `type` and of what it rests on. `among`: ascending; only relationships between these nodes count
  // (empty: all). `from`: of facts of `type` those that start there are asked for; others may be missing, where that
  // saves work: along a chain of n relationships of a transitive type there are n facts then, not n squared. Throws
  // Error{kLimitExceeded} beyond `most` facts.
  Facts(const RuleSet& rules, RelTypeId type, Asserted& asserted, std::span<const NodeId> among, NodeId from = kNoNode,
        std::size_t most = kMost);

  // Ascending.
  std::span<const NodeId> related(Step relation, NodeId node) const;
  const Fact* find(RelTypeId type, NodeId start, NodeId end) const;
  const Fact& operator[](FactIndex index) const { return facts_[index]; }

 private:
  friend class Derivation;
  void list(RelTypeId type);

  std::vector<Fact> facts_;  // settled
  struct Pair {
    NodeId from, to;
    FactIndex fact;
  };
  struct Ordered {
    std::vector<Pair> pairs;  // by from, to
    std::vector<NodeId> to;
  };
  struct Listed {
    RelTypeId type;
    Ordered out, in;
  };
  std::vector<Listed> listed_;
};

}  // namespace plexus::inference
