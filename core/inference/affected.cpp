#include "core/inference/affected.h"

#include <algorithm>
#include <limits>
#include <set>

namespace plexus::inference {
namespace {

constexpr std::size_t kFew = 1000;
constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

std::size_t plus(std::size_t a, std::size_t b) { return a == kUnbounded || b == kUnbounded ? kUnbounded : a + b; }

// The steps over asserted relationships that searches take, and how many one after another.
class Steps {
 public:
  explicit Steps(const RuleSet& rules) : rules_{rules} {}

  // Adds those of searches for `relation`; at most how many they take. Nothing if it is recursive, or rests on what is.
  std::optional<std::size_t> add(const Step& relation) {
    const TypeRules* rules = rules_.rules(relation.type);
    if (rules == nullptr) return addAsserted(relation);
    if (rules->recursive) return std::nullopt;
    const Grammar& grammar = rules->grammar[relation.reversed ? 1 : 0];
    const auto heads = addAll(grammar.heads, relation.type), bases = addAll(grammar.bases, relation.type),
               tails = addAll(grammar.tails, relation.type);
    if (!heads || !bases || !tails) return std::nullopt;
    return grammar.repeats || *heads > 0 || *tails > 0 ? kUnbounded : *bases;
  }
  const std::set<std::pair<RelTypeId, bool>>& asserted() const { return asserted_; }

 private:
  std::size_t addAsserted(const Step& step) {
    asserted_.insert({step.type, step.reversed});
    return 1;
  }
  // The length of the longest walk.
  std::optional<std::size_t> addAll(const std::vector<Walk>& walks, RelTypeId own) {
    std::size_t longest = 0;
    for (const Walk& walk : walks) {
      std::size_t length = 0;
      for (const Step& step : walk) {
        const auto steps = step.type == own ? addAsserted(step) : add(step);
        if (!steps) return std::nullopt;
        length = plus(length, *steps);
      }
      longest = std::max(longest, length);
    }
    return longest;
  }

  const RuleSet& rules_;
  std::set<std::pair<RelTypeId, bool>> asserted_;
};

// What EntailedSource::make() asks for.
std::optional<std::size_t> addSteps(const RuleSet& rules, const ListKey& key, Steps& steps) {
  const bool in = key.direction == Direction::kIn;
  std::vector<std::pair<Step, bool>> asked{{rules.schema().reading(key.name), in}};
  for (const Name& sub : rules.subNames(key.name)) {
    asked.emplace_back(sub.reading, in);
    if (key.undirected) asked.emplace_back(sub.reading, !in);
  }
  std::size_t longest = 0;
  for (const auto& [step, turn] : asked) {
    const auto length = steps.add({step.type, step.reversed != turn});
    if (!length) return std::nullopt;
    longest = std::max(longest, *length);
  }
  return longest;
}

}  // namespace

std::optional<Roaring> affectedNodes(const RuleSet& rules, const ListKey& key, Asserted& asserted,
                                     const ChangesOf& changesOf) {
  Steps steps{rules};
  const auto longest = addSteps(rules, key, steps);
  if (!longest) return std::nullopt;
  const std::size_t most = std::max<std::size_t>(kFew, asserted.view().nodeBound() / 4);
  Roaring affected;
  std::vector<NodeId> open, next;
  const auto reach = [&](NodeId node) {
    if (affected.addChecked(node)) next.push_back(node);
  };
  for (const auto& [type, reversed] : steps.asserted()) {
    const auto changes = changesOf(type);
    if (!changes) return std::nullopt;
    for (const auto& [start, end] : *changes) reach(reversed ? end : start);
  }
  std::size_t found = next.size();
  for (std::size_t step = 1; step < *longest && !next.empty(); ++step, found += next.size()) {
    if (found > most) return std::nullopt;
    open.swap(next);
    next.clear();
    for (const NodeId node : open) {
      for (const auto& [type, reversed] : steps.asserted()) {
        const auto& back = asserted.adjacency(type, reversed ? Direction::kOut : Direction::kIn);
        for (const NodeId before : back.neighbours(node)) reach(before);
      }
    }
  }
  return affected;
}

}  // namespace plexus::inference
