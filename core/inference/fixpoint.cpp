#include "core/inference/fixpoint.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <unordered_map>

#include <fmt/format.h>

#include "core/base/error.h"

namespace plexus::inference {
namespace {

struct Key {
  RelTypeId type;
  NodeId start, end;
  friend bool operator==(const Key&, const Key&) = default;
};
struct KeyHash {
  std::size_t operator()(const Key& key) const {
    std::uint64_t h = ((std::uint64_t{key.start} << 32) | key.end) * 0x9E3779B97F4A7C15ULL;
    h = (h ^ (h >> 29) ^ key.type) * 0xBF58476D1CE4E5B9ULL;
    return static_cast<std::size_t>(h ^ (h >> 32));
  }
};

}  // namespace

// The work of one fixpoint.
class Derivation {
 public:
  Derivation(Facts& facts, const RuleSet& rules, RelTypeId goal, NodeId from, std::size_t most)
      : out_{facts.facts_}, goal_{goal}, most_{most} {
    const TypeRules* own = rules.rules(goal);
    types_ = own ? own->restsOn : std::vector<RelTypeId>{goal};
    const bool leftLinear = own && !own->recursive && own->grammar[0].heads.empty();
    if (leftLinear) from_ = from;
    for (const RelTypeId type : types_) {
      if (const TypeRules* of = rules.rules(type)) collectUses(*of);
    }
  }

  void run(Asserted& asserted, std::span<const NodeId> among) {
    for (const RelTypeId type : types_) readAsserted(type, asserted, among);
    while (!open_.empty()) {
      const auto [support, index] = open_.top();
      open_.pop();
      Candidate& candidate = candidates_[index];
      if (candidate.settled || candidate.fact.support != support) continue;
      candidate.settled = true;
      settle(std::move(candidate.fact));
    }
  }

 private:
  struct Candidate {
    Fact fact;
    bool settled = false;
  };
  // Where a type stands in a body.
  struct Use {
    RelTypeId head;
    const Body* body;
    std::size_t place;
  };

  void collectUses(const TypeRules& rules) {
    for (const Body& body : rules.bodies) {
      for (std::size_t i = 0; i < body.walk.size(); ++i) uses_[body.walk[i].type].push_back({rules.type, &body, i});
    }
  }

  void readAsserted(RelTypeId type, Asserted& asserted, std::span<const NodeId> among) {
    const auto& adjacency = asserted.adjacency(type, Direction::kOut);
    const auto read = [&](NodeId node) {
      const auto neighbours = adjacency.neighbours(node);
      if (neighbours.empty()) return;
      const auto ids = adjacency.relationships(node);
      for (std::size_t i = 0; i < neighbours.size(); ++i) {
        if (!among.empty() && !std::binary_search(among.begin(), among.end(), neighbours[i])) continue;
        propose({type, node, neighbours[i], ids[i], nullptr, {}, 1});
      }
    };
    for (const NodeId node : among) read(node);
    if (!among.empty()) return;
    for (NodeId node = 0; node < asserted.view().nodeBound(); ++node) read(node);
  }

  // Whether no fact that is asked for needs this one: those of the goal are walked to from their start.
  bool isBeside(const Use& use, NodeId from) const {
    if (from_ == kNoNode || from == from_ || use.head != goal_ || use.body->trait == Trait::kSymmetric) return false;
    return std::any_of(use.body->walk.begin(), use.body->walk.end(),
                       [&](const Step& step) { return step.type == goal_; });
  }

  void propose(Fact fact) {
    const auto [place, isNew] = byKey_.try_emplace({fact.type, fact.start, fact.end}, candidates_.size());
    if (isNew) {
      if (candidates_.size() == most_) tooMany();
      candidates_.emplace_back();
    }
    Candidate& candidate = candidates_[place->second];
    if (!isNew && (candidate.settled || candidate.fact.support <= fact.support)) return;
    open_.emplace(fact.support, place->second);
    candidate.fact = std::move(fact);
  }

  [[noreturn]] void tooMany() const {
    throw Error{
        ErrorType::kLimitExceeded, Phase::kRuntime, "",
        fmt::format("the declared relations entail more than {} relationships of types that imply each other", most_)};
  }

  void settle(Fact fact) {
    const auto index = static_cast<FactIndex>(out_.size());
    out_.push_back(std::move(fact));
    const RelTypeId type = out_[index].type;
    const NodeId start = out_[index].start, end = out_[index].end;
    byStart_[{type, start, 0}].push_back(index);
    byEnd_[{type, end, 0}].push_back(index);
    const auto uses = uses_.find(type);
    if (uses == uses_.end()) return;
    for (const Use& use : uses->second) {
      if (use.place == 1 && isAlongChain(use, out_[index])) continue;
      premises_.assign(use.body->walk.size(), 0);
      premises_[use.place] = index;
      const bool reversed = use.body->walk[use.place].reversed;
      extendLeft(use, use.place, reversed ? end : start, reversed ? start : end, out_[index].support);
    }
  }

  // A chain is walked one link at a time: as its second part a chain would say the same once more.
  static bool isAlongChain(const Use& use, const Fact& fact) {
    return use.body->trait == Trait::kTransitive && fact.body != nullptr && fact.body->trait == Trait::kTransitive;
  }

  // Settled facts of a step that begin (`forward`) or end at `node`.
  const std::vector<FactIndex>& settledAt(const Step& step, NodeId node, bool forward) const {
    static const std::vector<FactIndex> kNone;
    const auto& index = forward != step.reversed ? byStart_ : byEnd_;
    const auto found = index.find({step.type, node, 0});
    return found == index.end() ? kNone : found->second;
  }
  NodeId otherEnd(FactIndex fact, const Step& step, bool forward) const {
    return forward != step.reversed ? out_[fact].end : out_[fact].start;
  }

  void extendLeft(const Use& use, std::size_t place, NodeId from, NodeId to, std::uint64_t support) {
    if (place == 0) return extendRight(use, use.place + 1, from, to, support);
    const Step& step = use.body->walk[place - 1];
    const auto& facts = settledAt(step, from, false);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      premises_[place - 1] = facts[i];
      extendLeft(use, place - 1, otherEnd(facts[i], step, false), to, support + out_[facts[i]].support);
    }
  }

  void extendRight(const Use& use, std::size_t place, NodeId from, NodeId to, std::uint64_t support) {
    if (place == use.body->walk.size()) {
      if (isBeside(use, from)) return;
      propose({use.head, from, to, kNoRel, use.body, premises_, support});
      return;
    }
    const Step& step = use.body->walk[place];
    const auto& facts = settledAt(step, to, true);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (isAlongChain(use, out_[facts[i]])) continue;
      premises_[place] = facts[i];
      extendRight(use, place + 1, from, otherEnd(facts[i], step, true), support + out_[facts[i]].support);
    }
  }

  std::vector<Fact>& out_;
  RelTypeId goal_;
  NodeId from_ = kNoNode;  // kNoNode: all facts are asked for
  std::size_t most_;
  std::vector<RelTypeId> types_;
  std::unordered_map<RelTypeId, std::vector<Use>> uses_;
  std::vector<Candidate> candidates_;
  std::unordered_map<Key, std::size_t, KeyHash> byKey_;
  using Open = std::pair<std::uint64_t, std::size_t>;
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open_;
  std::unordered_map<Key, std::vector<FactIndex>, KeyHash> byStart_, byEnd_;
  std::vector<FactIndex> premises_;
};

Facts::Facts(const RuleSet& rules, RelTypeId type, Asserted& asserted, std::span<const NodeId> among, NodeId from,
             std::size_t most) {
  Derivation{*this, rules, type, from, most}.run(asserted, among);
  const TypeRules* own = rules.rules(type);
  for (const RelTypeId each : own ? own->restsOn : std::vector<RelTypeId>{type}) list(each);
}

void Facts::list(RelTypeId type) {
  Listed& listed = listed_.emplace_back();
  listed.type = type;
  for (FactIndex i = 0; i < facts_.size(); ++i) {
    if (facts_[i].type != type) continue;
    listed.out.pairs.push_back({facts_[i].start, facts_[i].end, i});
    listed.in.pairs.push_back({facts_[i].end, facts_[i].start, i});
  }
  for (Ordered* ordered : {&listed.out, &listed.in}) {
    std::sort(ordered->pairs.begin(), ordered->pairs.end(), [](const Pair& a, const Pair& b) {
      return std::pair{a.from, a.to} < std::pair{b.from, b.to};
    });
    for (const Pair& pair : ordered->pairs) ordered->to.push_back(pair.to);
  }
}

std::span<const NodeId> Facts::related(Step relation, NodeId node) const {
  for (const Listed& listed : listed_) {
    if (listed.type != relation.type) continue;
    const Ordered& ordered = relation.reversed ? listed.in : listed.out;
    const auto& pairs = ordered.pairs;
    const auto first = std::partition_point(pairs.begin(), pairs.end(), [&](const Pair& p) { return p.from < node; });
    const auto last = std::partition_point(first, pairs.end(), [&](const Pair& p) { return p.from <= node; });
    return std::span{ordered.to}.subspan(static_cast<std::size_t>(first - pairs.begin()),
                                         static_cast<std::size_t>(last - first));
  }
  return {};
}

const Fact* Facts::find(RelTypeId type, NodeId start, NodeId end) const {
  for (const Listed& listed : listed_) {
    if (listed.type != type) continue;
    const auto& pairs = listed.out.pairs;
    const auto place = std::partition_point(pairs.begin(), pairs.end(), [&](const Pair& p) {
      return std::pair{p.from, p.to} < std::pair{start, end};
    });
    const bool found = place != pairs.end() && place->from == start && place->to == end;
    return found ? &facts_[place->fact] : nullptr;
  }
  return nullptr;
}

}  // namespace plexus::inference
