#include "core/exec/operator/aggregate/link_reader.h"

#include "core/inference/entailment.h"

namespace plexus::exec {

std::size_t occurrences(std::span<const NodeId> ascending, NodeId node) {
  const auto [begin, end] = std::equal_range(ascending.begin(), ascending.end(), node);
  return static_cast<std::size_t>(end - begin);
}

LinkReader::Relation LinkReader::open(const MessageTerm::Relation& relation, bool down) {
  const Direction direction = down ? relation.direction : reverse(relation.direction);
  Relation out{{}, relation.exists};
  for (Way& way : waysOf(worker_.context, relation.types.types(worker_), direction)) {
    const auto flat = way.adjacency.flat();
    out.steps.push_back({std::move(way), flat});
  }
  return out;
}

LinkReader::LinkReader(std::span<const MessageTerm::Relation> relations, bool down, Worker& worker) : worker_{worker} {
  for (const auto& relation : relations) relations_.push_back(open(relation, down));
  const auto& first = relations_[0].steps;
  alike_ = std::all_of(relations_.begin(), relations_.end(), [&](const Relation& relation) {
    return std::equal(relation.steps.begin(), relation.steps.end(), first.begin(), first.end(),
                      [](const Step& a, const Step& b) {
                        return a.type == b.type && a.direction == b.direction && a.undirected() == b.undirected();
                      });
  });
  plain_ = relations_.size() == 1 && !relations_[0].exists;
}

// Whether two nodes may have two relationships over the steps.
bool LinkReader::hasPairs(const std::vector<Step>& steps) {
  const auto parallel = [](const Step& step) { return step.adjacency.statistics().parallel; };
  if (std::any_of(steps.begin(), steps.end(), parallel)) return true;
  if (steps.size() < 2) return false;
  return steps.size() > 2 || steps[0].type != steps[1].type || steps[0].adjacency.statistics().mutual;
}

void LinkReader::consultStatistics() {
  for (Relation& relation : relations_) {
    auto& steps = relation.steps;
    const bool unchanged = std::all_of(steps.begin(), steps.end(), [](const Step& s) { return s.flat.has_value(); });
    if (!unchanged) return;
    for (Step& step : steps) step.skipLoops = step.skipLoops && step.adjacency.statistics().loops > 0;
    // Where no pair has two relationships, counting them and asking for one is the same.
    if (!hasPairs(steps)) relation.exists = false;
  }
  if (alike_ && !relations_[0].steps.empty() && !hasPairs(relations_[0].steps)) {
    relations_.erase(relations_.begin() + 1, relations_.end());
    relations_[0].exists = false;
  }
  plain_ = relations_.size() == 1 && !relations_[0].exists;
  if (!plain_) return;
  const auto& steps = relations_[0].steps;
  flat_ = std::none_of(steps.begin(), steps.end(), [](const Step& s) { return s.skipLoops; });
  mostDegree_ = 0;
  for (const Step& step : steps) mostDegree_ += step.adjacency.statistics().maxDegree;
}

bool LinkReader::isTotalFunction(const Members& members) const {
  const auto ranges = members.ranges();
  if (!flat_ || !isFunction() || !ranges) return false;
  std::size_t sources = 0;
  for (const Step& step : relations_[0].steps) {
    for (const NodeRange& range : *ranges) sources += step.flat->offsets[range.end] - step.flat->offsets[range.begin];
  }
  return sources == members.size();
}

bool LinkReader::readsLike(const LinkReader& other) const {
  if (!flat_ || !other.flat_) return false;
  const auto &mine = relations_[0].steps, &others = other.relations_[0].steps;
  return std::equal(mine.begin(), mine.end(), others.begin(), others.end(), [](const Step& a, const Step& b) {
    return a.flat->offsets.data() == b.flat->offsets.data() && a.flat->neighbours.data() == b.flat->neighbours.data();
  });
}

bool LinkReader::leadsInto(const Members& members) const {
  if (members.isAll()) return true;
  const auto ranges = members.ranges();
  if (!flat_ || !ranges) return false;
  return std::all_of(relations_[0].steps.begin(), relations_[0].steps.end(), [&](const Step& step) {
    const auto back = worker_.context.view.adjacency(step.type, reverse(step.direction)).flat();
    if (!back) return false;
    std::size_t inside = 0;
    for (const NodeRange& range : *ranges) inside += back->offsets[range.end] - back->offsets[range.begin];
    return inside == back->offsets.back() - back->offsets.front();
  });
}

bool LinkReader::hasNoLoops() const {
  return std::any_of(relations_.begin(), relations_.end(), [](const Relation& relation) {
    return std::all_of(relation.steps.begin(), relation.steps.end(),
                       [](const Step& step) { return step.flat && step.adjacency.statistics().loops == 0; });
  });
}

std::uint64_t LinkReader::countIn(NodeId node, const Members& members) const {
  std::uint64_t sum = 0;
  if (!plain_) {
    forEach(node, [&](NodeId n, std::uint64_t times) { sum = countSum(sum, members.contains(n) ? times : 0); });
    return sum;
  }
  for (const Step& step : relations_[0].steps) {
    const auto neighbours = step.adjacency.neighbours(node);
    sum += members.count(neighbours);
    if (step.skipLoops && members.contains(node)) sum -= occurrences(neighbours, node);
  }
  return sum;
}

std::uint64_t LinkReader::between(const Relation& relation, NodeId node, NodeId neighbour) {
  std::uint64_t sum = 0;
  for (const Step& step : relation.steps) {
    if (step.skipLoops && node == neighbour) continue;
    sum += occurrences(step.adjacency.neighbours(node), neighbour);
    if (relation.exists && sum > 0) return 1;
  }
  return sum;
}

std::uint64_t LinkReader::power(std::uint64_t times) const {
  if (times == 1) return 1;
  std::uint64_t product = 1;
  for (const Relation& relation : relations_) product = relation.exists ? product : countProduct(product, times);
  return product;
}

std::uint64_t LinkReader::between(NodeId node, NodeId neighbour) const {
  std::uint64_t times = 1;
  for (const Relation& relation : relations_) {
    const std::uint64_t count = between(relation, node, neighbour);
    if (count == 0) return 0;
    times = countProduct(times, count);
  }
  return times;
}

std::size_t LinkReader::degree(NodeId node) const {
  std::size_t sum = 0;
  for (const Step& step : relations_[0].steps) sum += step.adjacency.degree(node);
  return sum;
}

double LinkReader::relationships() const {
  double sum = 0;
  for (const Step& step : relations_[0].steps) sum += relationships(step);
  return sum;
}

double LinkReader::relationships(const Step& step) const {
  const auto& context = worker_.context;
  const bool stored = context.entailment == nullptr || context.entailment->isStored(step.type);
  return static_cast<double>(stored ? context.view.relationshipCount(step.type)
                                    : step.adjacency.statistics().relationships);
}

double LinkReader::degrees(const Weights& weights) const {
  double sum = 0;
  if (weights.form == Weights::Form::kList) {
    for (const NodeId node : weights.list.nodes) sum += static_cast<double>(degree(node));
    return sum;
  }
  const auto [low, high] = weights.hull();
  if (low == high) return 0;
  for (const Step& step : relations_[0].steps) {
    sum += step.flat ? static_cast<double>(step.flat->offsets[high] - step.flat->offsets[low]) : relationships(step);
  }
  return sum;
}

}  // namespace plexus::exec
