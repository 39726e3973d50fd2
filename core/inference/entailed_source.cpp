#include "core/inference/entailed_source.h"

#include <algorithm>

namespace plexus::inference {
namespace {

// A node's asserted neighbours one after another.
class Entries {
 public:
  Entries(const storage::Adjacency& adjacency, NodeId node) : neighbours_{adjacency.neighbours(node)} {
    if (!neighbours_.empty()) ids_ = adjacency.relationships(node);
  }
  // Places of `other`, asked in ascending order.
  std::span<const RelId> to(NodeId other) {
    while (at_ < neighbours_.size() && neighbours_[at_] < other) ++at_;
    std::size_t end = at_;
    while (end < neighbours_.size() && neighbours_[end] == other) ++end;
    return ids_.subspan(at_, end - at_);
  }

 private:
  std::span<const NodeId> neighbours_;
  std::span<const RelId> ids_;
  std::size_t at_ = 0;
};

Direction directionOf(const Step& step) { return step.reversed ? Direction::kIn : Direction::kOut; }

}  // namespace

EntailedSource::EntailedSource(std::shared_ptr<Lists> lists, const ListKey& key, RulesPtr rules, Asserted asserted,
                               Search::FactsOf factsOf)
    : ListSource{std::move(lists)},
      key_{key},
      rules_{std::move(rules)},
      reading_{rules_->schema().reading(key.name)},
      symmetric_{rules_->symmetric(key.name)},
      inverse_{reading_.reversed},
      search_{*rules_, std::move(asserted), std::move(factsOf)} {
  if (key.direction == Direction::kIn) reading_.reversed = !reading_.reversed;
}

// What sub-relations relate to the node, each in its own right.
std::vector<std::vector<NodeId>> EntailedSource::subRelated(NodeId node) const {
  std::vector<std::vector<NodeId>> out;
  for (const Name& sub : rules_->subNames(key_.name)) {
    Step step = sub.reading;
    if (key_.direction == Direction::kIn) step.reversed = !step.reversed;
    out.push_back(search_.related(step, node));
    if (!key_.undirected) continue;
    step.reversed = !step.reversed;
    out.push_back(search_.related(step, node));
  }
  return out;
}

bool EntailedSource::covered(const std::vector<std::vector<NodeId>>& bySubRelations, NodeId other) const {
  return std::any_of(bySubRelations.begin(), bySubRelations.end(),
                     [&](const auto& nodes) { return std::binary_search(nodes.begin(), nodes.end(), other); });
}

void EntailedSource::make(NodeId node, std::vector<NodeId>& nodes, std::vector<RelId>& ids) const {
  const std::vector<NodeId> related = search_.related(reading_, node);
  if (related.empty()) return;
  const auto bySubRelations = subRelated(node);
  Step turned = reading_;
  turned.reversed = !turned.reversed;
  Asserted& asserted = search_.asserted();
  Entries own{asserted.adjacency(reading_.type, directionOf(reading_)), node};
  std::optional<Entries> mirrored;
  if (symmetric_) mirrored.emplace(asserted.adjacency(reading_.type, directionOf(turned)), node);
  const RelId entailed = symmetric_ ? kEntailedEitherWay : kEntailedRel;
  nodes.reserve(related.size());
  ids.reserve(related.size());
  for (const NodeId other : related) {
    const auto stored = own.to(other);
    const auto turnedRound = mirrored ? mirrored->to(other) : std::span<const RelId>{};
    const auto matched = asItStands(node, other, stored, turnedRound);
    if (!matched.empty()) {
      nodes.insert(nodes.end(), matched.size(), other);
      ids.insert(ids.end(), matched.begin(), matched.end());
    } else if (!covered(bySubRelations, other)) {
      const auto& readOff = inverse_ ? stored : turnedRound;
      nodes.push_back(other);
      ids.push_back(readOff.empty() ? entailed : readOff.front());
    }
  }
}

// The asserted relationships that are matched themselves. Undirected: of those one way round, whichever end is asked.
std::span<const RelId> EntailedSource::asItStands(NodeId node, NodeId other, std::span<const RelId> stored,
                                                  std::span<const RelId> turnedRound) const {
  if (inverse_) return {};
  if (!key_.undirected) return stored;
  const auto &fromLower = node <= other ? stored : turnedRound, &fromHigher = node <= other ? turnedRound : stored;
  return fromLower.empty() ? fromHigher : fromLower;
}

}  // namespace plexus::inference
