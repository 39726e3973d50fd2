#include "core/inference/search.h"

#include <algorithm>
#include <bit>

namespace plexus::inference {
namespace {

constexpr std::size_t kInnerNodes = std::size_t{4} << 20;  // in remembered lists of inner steps

std::uint64_t keyOf(Step relation, NodeId node) {
  return (std::uint64_t{relation.type} << 33) | (std::uint64_t{relation.reversed ? 1U : 0U} << 32) | node;
}

}  // namespace

bool Search::Marks::add(NodeId node) {
  const std::size_t word = node >> 6;
  if (word >= bits.size()) bits.resize(std::max<std::size_t>(word + 1, 2 * bits.size()));
  const std::uint64_t bit = std::uint64_t{1} << (node & 63);
  if ((bits[word] & bit) != 0) return false;
  bits[word] |= bit;
  nodes.push_back(node);
  return true;
}

void Search::Marks::clear() {
  for (const NodeId node : nodes) bits[node >> 6] = 0;
  nodes.clear();
}

// From the bits where there are many, which takes no comparisons.
std::vector<NodeId> Search::Marks::ascending() const {
  constexpr std::size_t kWordsPerNode = 4;
  if (nodes.size() * kWordsPerNode < bits.size()) {
    std::vector<NodeId> out = nodes;
    std::sort(out.begin(), out.end());
    return out;
  }
  std::vector<NodeId> out;
  out.reserve(nodes.size());
  for (std::size_t word = 0; word < bits.size(); ++word) {
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
      out.push_back(static_cast<NodeId>(word * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    }
  }
  return out;
}

Search::Marks& Search::takeMarks() {
  if (marksInUse_ == marks_.size()) marks_.emplace_back();
  Marks& marks = marks_[marksInUse_++];
  marks.clear();
  return marks;
}

std::vector<NodeId> Search::related(Step relation, NodeId node) {
  const TypeRules* rules = rules_.rules(relation.type);
  if (rules == nullptr) {
    const auto list = neighbours(relation, node);
    std::vector<NodeId> out{list.begin(), list.end()};
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  if (!rules->recursive) return search(*rules, relation.reversed, node);
  auto& facts = facts_[relation.type];
  if (!facts) facts = factsOf_(relation.type);
  const auto list = facts->related(relation, node);
  return {list.begin(), list.end()};
}

// Two sets: nodes where a walk of the relation may begin or go on with a head, and nodes that a base or tail reached.
// Where there are bases alone, repeated, walks go on from all that is reached: one set will do.
std::vector<NodeId> Search::search(const TypeRules& rules, bool reversed, NodeId node) {
  const Grammar& grammar = rules.grammar[reversed ? 1 : 0];
  const std::size_t marksBefore = marksInUse_;
  Marks& open = takeMarks();
  Marks& reached = takeMarks();
  open.add(node);
  const auto reach = [&](NodeId n) { reached.add(n); };
  std::size_t opened = 0, ended = 0;
  const bool basesAlone = grammar.repeats && grammar.heads.empty() && grammar.tails.empty();
  while (opened < open.nodes.size() || ended < reached.nodes.size()) {
    if (opened < open.nodes.size()) {
      const NodeId from = open.nodes[opened++];
      for (const Walk& head : grammar.heads) {
        forEachEnd(head, 0, rules.type, from, [&](NodeId n) { open.add(n); });
      }
      for (const Walk& base : grammar.bases) forEachEnd(base, 0, rules.type, from, reach);
      continue;
    }
    const NodeId from = reached.nodes[ended++];
    if (basesAlone) {
      for (const Walk& base : grammar.bases) forEachEnd(base, 0, rules.type, from, reach);
      continue;
    }
    for (const Walk& tail : grammar.tails) forEachEnd(tail, 0, rules.type, from, reach);
    if (grammar.repeats) open.add(from);
  }
  std::vector<NodeId> out = reached.ascending();
  if (met_) {
    met_->insert(met_->end(), open.nodes.begin(), open.nodes.end());
    met_->insert(met_->end(), out.begin(), out.end());
  }
  marksInUse_ = marksBefore;
  return out;
}

template <typename Visit>
void Search::forEachEnd(const Walk& walk, std::size_t step, RelTypeId own, NodeId node, const Visit& visit) {
  if (step + 1 == walk.size()) {
    forEachOf(walk[step], own, node, visit);
    return;
  }
  const std::size_t marksBefore = marksInUse_;
  Marks& next = takeMarks();
  const std::function<void(NodeId)> mark = [&next](NodeId n) { next.add(n); };
  forEachOf(walk[step], own, node, mark);
  if (met_) met_->insert(met_->end(), next.nodes.begin(), next.nodes.end());
  const std::function<void(NodeId)> end = visit;
  for (std::size_t i = 0; i < next.nodes.size(); ++i) forEachEnd(walk, step + 1, own, next.nodes[i], end);
  marksInUse_ = marksBefore;
}

template <typename Visit>
void Search::forEachOf(Step step, RelTypeId own, NodeId node, const Visit& visit) {
  if (step.type == own || rules_.rules(step.type) == nullptr) {
    for (const NodeId n : neighbours(step, node)) visit(n);
    return;
  }
  for (const NodeId n : remembered(step, node)) visit(n);
}

std::span<const NodeId> Search::neighbours(Step step, NodeId node) {
  if (lastAdjacency_ == nullptr || lastStep_ != step) {
    lastStep_ = step;
    lastAdjacency_ = &asserted_.adjacency(step.type, step.reversed ? Direction::kIn : Direction::kOut);
  }
  return lastAdjacency_->neighbours(node);
}

const std::vector<NodeId>& Search::remembered(Step relation, NodeId node) {
  const std::uint64_t key = keyOf(relation, node);
  if (!met_) {
    if (const auto found = inner_.find(key); found != inner_.end()) return found->second;
  }
  if (innerNodes_ > kInnerNodes) {
    inner_.clear();
    innerNodes_ = 0;
  }
  std::vector<NodeId> made = related(relation, node);
  innerNodes_ += made.size();
  return inner_.insert_or_assign(key, std::move(made)).first->second;
}

}  // namespace plexus::inference
