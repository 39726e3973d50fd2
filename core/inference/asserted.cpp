#include "core/inference/asserted.h"

#include "core/inference/list_memo.h"

namespace plexus::inference {
namespace {

// Lists of an adjacency without what is not trusted, made on first use.
class TrustedSource final : public ListSource {
 public:
  TrustedSource(storage::Adjacency all, RelTypeId type, NodeId bound, Trusted trusted)
      : ListSource{std::make_shared<Lists>(bound, std::make_shared<ListBudget>())},
        all_{std::move(all)},
        trusted_{std::move(trusted)},
        counting_{trusted_(type)} {}

 private:
  void make(NodeId node, std::vector<NodeId>& nodes, std::vector<RelId>& ids) const override {
    const auto neighbours = all_.neighbours(node);
    if (neighbours.empty()) return;
    const auto relationships = all_.relationships(node);
    for (std::size_t i = 0; i < neighbours.size(); ++i) {
      if (!counting_.contains(relationships[i])) continue;
      nodes.push_back(neighbours[i]);
      ids.push_back(relationships[i]);
    }
  }

  storage::Adjacency all_;
  Trusted trusted_;  // keeps the set
  const Roaring& counting_;
};

}  // namespace

storage::Adjacency trustedAdjacency(const storage::GraphView& view, RelTypeId type, Direction direction,
                                    const Trusted& trusted) {
  storage::Adjacency all = view.adjacency(type, direction);
  if (!trusted || trusted(type).cardinality() == view.relationshipCount(type)) return all;
  return storage::Adjacency{std::make_shared<const TrustedSource>(std::move(all), type, view.nodeBound(), trusted)};
}

const storage::Adjacency& Asserted::adjacency(RelTypeId type, Direction direction) {
  const auto found = open_.find({type, direction});
  if (found != open_.end()) return found->second;
  return open_.emplace(std::pair{type, direction}, trustedAdjacency(view_, type, direction, trusted_)).first->second;
}

}  // namespace plexus::inference
