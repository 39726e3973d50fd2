// core/inference/search.h: the nodes that an entailed relation relates to one node.
//
// Of a regular type by breadth-first search over its grammar, where each step is an asserted adjacency or again such a
// search; of a recursive one from its facts. Cost: the relationships met, twice at most; memory: two bits a node.
// Thread safety: one thread at a time.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/inference/asserted.h"
#include "core/inference/fixpoint.h"
#include "core/inference/rule_set.h"

namespace plexus::inference {

class Search {
 public:
  // Facts of a recursive type.
  using FactsOf = std::function<std::shared_ptr<const Facts>(RelTypeId type)>;

  Search(const RuleSet& rules, Asserted asserted, FactsOf factsOf)
      : rules_{rules}, asserted_{std::move(asserted)}, factsOf_{std::move(factsOf)} {}

  Asserted& asserted() { return asserted_; }
  // Ascending, each once. Sub-relations count, as themselves and through what they entail.
  std::vector<NodeId> related(Step relation, NodeId node);
  // While set, every node that a search meets is added (with repeats), and nothing is answered from memory.
  void trace(std::vector<NodeId>* met) { met_ = met; }

 private:
  // A set of nodes that is emptied by what is in it.
  struct Marks {
    std::vector<std::uint64_t> bits;
    std::vector<NodeId> nodes;
    bool add(NodeId node);
    void clear();
    std::vector<NodeId> ascending() const;
  };
  Marks& takeMarks();

  std::vector<NodeId> search(const TypeRules& rules, bool reversed, NodeId node);
  template <typename Visit>
  void forEachEnd(const Walk& walk, std::size_t step, RelTypeId own, NodeId node, const Visit& visit);
  template <typename Visit>
  void forEachOf(Step step, RelTypeId own, NodeId node, const Visit& visit);
  std::span<const NodeId> neighbours(Step step, NodeId node);
  const std::vector<NodeId>& remembered(Step relation, NodeId node);

  const RuleSet& rules_;
  Asserted asserted_;
  FactsOf factsOf_;
  std::map<RelTypeId, std::shared_ptr<const Facts>> facts_;
  std::vector<NodeId>* met_ = nullptr;
  Step lastStep_;  // whose adjacency is at hand: most searches ask about one
  const storage::Adjacency* lastAdjacency_ = nullptr;
  std::deque<Marks> marks_;  // a stack: searches nest
  std::size_t marksInUse_ = 0;
  std::unordered_map<std::uint64_t, std::vector<NodeId>> inner_;  // by relation and node
  std::size_t innerNodes_ = 0;
};

}  // namespace plexus::inference
