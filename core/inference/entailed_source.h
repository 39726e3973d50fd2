// core/inference/entailed_source.h: the neighbours that a name has in the graph as if all that is entailed were stored.
//
// Of a node: what is asserted under the name stays as it is, parallel relationships too. Of a symmetric relation
// undirected patterns see that from both ends, of a pair that is asserted both ways round what starts at the lower
// node. To every other node that the relation relates goes one relationship, unless a sub-relation already goes there
// (patterns with this name match it): a reading of an asserted relationship where there is one (the inverse, or a
// symmetric relation turned round), else one without an id.
#pragma once

#include <memory>

#include "core/inference/cache.h"
#include "core/inference/search.h"

namespace plexus::inference {

class EntailedSource final : public ListSource {
 public:
  EntailedSource(std::shared_ptr<Lists> lists, const ListKey& key, RulesPtr rules, Asserted asserted,
                 Search::FactsOf factsOf);

 private:
  void make(NodeId node, std::vector<NodeId>& nodes, std::vector<RelId>& ids) const override;
  std::span<const RelId> asItStands(NodeId node, NodeId other, std::span<const RelId> stored,
                                    std::span<const RelId> turnedRound) const;
  bool covered(const std::vector<std::vector<NodeId>>& bySubRelations, NodeId other) const;
  std::vector<std::vector<NodeId>> subRelated(NodeId node) const;

  ListKey key_;
  RulesPtr rules_;
  Step reading_;  // of the name, in the direction that is asked for
  bool symmetric_, inverse_;
  mutable Search search_;
};

}  // namespace plexus::inference
