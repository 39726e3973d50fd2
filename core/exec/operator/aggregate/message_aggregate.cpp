#include "core/exec/operator/aggregate/message_aggregate.h"

#include <algorithm>
#include <utility>

#include "core/exec/operator/aggregate/distinct_counts.h"
#include "core/exec/operator/aggregate/pair_groups.h"
#include "core/exec/operator/aggregate/pair_products.h"
#include "core/exec/operator/row/limit.h"

namespace plexus::exec {

namespace {

// Modulo 2^64: in between, counts may be negative; in the end none is, nor more than the first term's.
std::uint64_t plus(std::uint64_t sum, std::uint64_t count, int sign) {
  return sum + static_cast<std::uint64_t>(static_cast<std::int64_t>(sign)) * count;
}

NodeCounts plus(const NodeCounts& a, const NodeCounts& b, int sign) {
  NodeCounts out;
  std::size_t i = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    for (; i < a.size() && a.nodes[i] < b.nodes[j]; ++i) out.add(a.nodes[i], a.counts[i]);
    const bool both = i < a.size() && a.nodes[i] == b.nodes[j];
    const std::uint64_t count = plus(both ? a.counts[i++] : 0, b.counts[j], sign);
    if (count != 0) out.add(b.nodes[j], count);
  }
  for (; i < a.size(); ++i) out.add(a.nodes[i], a.counts[i]);
  return out;
}

NodeCounts plus(NodeCounts a, const NodeCounts& b) {
  if (a.size() == 0) return b;
  NodeCounts out;
  std::size_t i = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    for (; i < a.size() && a.nodes[i] < b.nodes[j]; ++i) out.add(a.nodes[i], a.counts[i]);
    const bool both = i < a.size() && a.nodes[i] == b.nodes[j];
    out.add(b.nodes[j], both ? countSum(a.counts[i++], b.counts[j]) : b.counts[j]);
  }
  for (; i < a.size(); ++i) out.add(a.nodes[i], a.counts[i]);
  return out;
}

// Those that belong together, from the `begin`th.
std::span<const MessageTerm> termsFrom(const std::vector<MessageTerm>& terms, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < terms.size() && !terms[end].opens) ++end;
  return std::span{terms}.subspan(begin, end - begin);
}

// Whether each of so many pattern nodes is one without which nothing matches: it hangs on the root, or the root's core,
// by links that are not optional.
std::vector<bool> neededNodes(std::size_t count, const MessageTerm& term) {
  std::vector<bool> needed(count, false);
  std::vector<std::size_t> groups{0};
  const auto& core = term.core.groups;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::size_t at = groups[i];
    for (const std::size_t node : term.groups[at].nodes) needed[node] = true;
    for (const auto& link : term.groups[at].links) {
      if (!link.optional) groups.push_back(link.child);
    }
    for (const auto& link : term.groups[at].ordered) groups.push_back(link.child);
    if (!core.empty() && core[0] == at) groups.insert(groups.end(), core.begin() + 1, core.end());
  }
  return needed;
}

// The same, with all choices of lengths.
std::vector<bool> neededNodes(std::size_t count, const std::vector<MessageTerm>& terms) {
  std::vector<bool> needed(count, true);
  for (const auto& term : terms) {
    if (!term.opens) continue;
    const auto here = neededNodes(count, term);
    for (std::size_t i = 0; i < count; ++i) needed[i] = needed[i] && here[i];
  }
  return needed;
}

}  // namespace

MessageAggregate::MessageAggregate(Common common, Spec spec)
    : Step{std::move(common)},
      spec_{std::move(spec)},
      wanted_{layout().has(spec_.nodes[0].variable)},
      needed_{neededNodes(spec_.nodes.size(), spec_.terms)} {}

struct MessageAggregate::Pairs {
  std::vector<Weights> nodes;
  std::optional<PairProducts> products;  // nothing: there are no matches
  std::size_t next = 0;                  // start, or group
  NodeSums sums;
  std::optional<GroupedPairs> groups;
  // Of the batch at hand: places of both roots in their columns.
  Selection first, second;
  std::vector<std::uint64_t> counts;
};

struct MessageAggregate::Local final : InputState {
  bool computed = false;
  NodeCounts rows;
  std::uint64_t total = 0;
  std::size_t next = 0;
  RecycledVector nodes{Vector::Kind::kNode};
  std::unique_ptr<Pairs> pairs;

  bool close() override {
    closeOrDrop(inputs);
    computed = false;
    rows = {};
    nodes.close();
    pairs.reset();
    return true;
  }
};

std::unique_ptr<Operator::State> MessageAggregate::open(Worker& worker) const {
  auto local = std::make_unique<Local>();
  start(worker, *local);
  return local;
}

void MessageAggregate::start(Worker& worker, State& state) const { openInputs(worker, static_cast<Local&>(state)); }

void MessageAggregate::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.computed = false;
  local.pairs.reset();
}

// The rows of a source, each node once.
NodeCounts MessageAggregate::read(Worker& worker, Local& local, const Node& node) const {
  const Operator& source = input(node.source);
  const ColumnIndex column = source.layout().column(node.variable);
  std::vector<std::pair<NodeId, std::uint64_t>> met;
  std::vector<NodeId> scratch;
  Batch rows;
  while (source.next(worker, local.input(node.source), rows)) {
    const auto nodes = nodesOf(rows.column(column), rows.rows(), scratch);
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      if (nodes[i] == kNoNode) continue;
      met.emplace_back(nodes[i], rows.multiplicity().empty() ? 1 : rows.multiplicity()[i]);
    }
  }
  if (!std::is_sorted(met.begin(), met.end())) std::sort(met.begin(), met.end());
  NodeCounts out;
  for (const auto& [id, count] : met) {
    if (!out.nodes.empty() && out.nodes.back() == id) {
      out.counts.back() = countSum(out.counts.back(), count);
    } else {
      out.add(id, count);
    }
  }
  return out;
}

Weights MessageAggregate::candidates(Worker& worker, Local& local, const Node& node) const {
  if (node.source != plan::MessageAggregate::kNoSource) return Weights::of(read(worker, local, node));
  Weights out;
  out.members = Members{std::make_shared<const Roaring>(node.labels.bitmap(worker)), node.labels.isNone()};
  return out;
}

std::vector<Weights> MessageAggregate::allCandidates(Worker& worker, Local& local) const {
  std::vector<Weights> nodes;
  for (std::size_t i = 0; i < spec_.nodes.size(); ++i) {
    nodes.push_back(candidates(worker, local, spec_.nodes[i]));
    if (needed_[i] && nodes.back().size() == 0) return {};
  }
  return nodes;
}

NodeCounts MessageAggregate::counts(MessagePassing& passing, Terms terms) const {
  NodeCounts out = asList(passing.run(terms[0]));
  for (const auto& term : terms.subspan(1)) out = plus(out, asList(passing.run(term)), term.sign);
  return out;
}

std::uint64_t MessageAggregate::total(MessagePassing& passing, Terms terms) const {
  std::uint64_t out = 0;
  for (const auto& term : terms) out = plus(out, passing.total(term), term.sign);
  return out;
}

void MessageAggregate::compute(Worker& worker, Local& local) const {
  local.rows = {};
  local.total = 0;
  local.next = 0;
  local.computed = true;
  const std::vector<Weights> nodes = allCandidates(worker, local);
  if (nodes.empty()) return;
  MessagePassing passing{worker, nodes};
  for (std::size_t begin = 0; begin < spec_.terms.size();) {
    const Terms terms = termsFrom(spec_.terms, begin);
    if (wanted_) {
      local.rows = plus(std::move(local.rows), counts(passing, terms));
    } else {
      local.total = countSum(local.total, total(passing, terms));
    }
    begin += terms.size();
  }
  touch(passing.touched());
}

void MessageAggregate::startPairs(Worker& worker, Local& local) const {
  local.pairs = std::make_unique<Pairs>();
  Pairs& pairs = *local.pairs;
  pairs.nodes = allCandidates(worker, local);
  if (spec_.groups) pairs.groups.emplace();
  if (pairs.nodes.empty()) return;
  pairs.products.emplace(worker, pairs.nodes, spec_.terms);
  touch(pairs.products->touched());
  if (spec_.groups) return groupPairs(worker, pairs);
  pairs.products->reach(pairs.sums);
}

void MessageAggregate::groupPairs(Worker& worker, Pairs& pairs) const {
  const auto& [keys, most, distinct] = *spec_.groups;
  if (!distinct) {
    pairs.groups = PairGroups{worker, *pairs.products, rowCount(*most, "LIMIT", worker)}.run(keys);
  } else if (*distinct == 0) {
    pairs.groups = distinctEnds(worker, *pairs.products, keys[1]);
  } else {
    pairs.groups = distinctStarts(worker, *pairs.products, keys[0]);
  }
}

bool MessageAggregate::produceGroups(Worker& worker, Pairs& pairs, Batch& out) const {
  const GroupedPairs& groups = *pairs.groups;
  const std::size_t count = std::min(worker.context.options.batchRows, groups.counts.size() - pairs.next);
  if (count == 0) return false;
  const auto from = static_cast<std::ptrdiff_t>(pairs.next), to = from + static_cast<std::ptrdiff_t>(count);
  out = Batch{layout().size()};
  out.setRows(count);
  out.setMultiplicity({groups.counts.begin() + from, groups.counts.begin() + to});
  const auto column = [&](VariableId variable, const std::vector<NodeId>& nodes) {
    if (!layout().has(variable)) return;
    auto vector = std::make_shared<Vector>(Vector::Kind::kNode, count);
    std::copy(nodes.begin() + from, nodes.begin() + to, vector->data<NodeId>().begin());
    out.setColumn(layout().column(variable), std::move(vector));
  };
  column(spec_.nodes[0].variable, groups.first);
  column(spec_.nodes[1].variable, groups.second);
  pairs.next += count;
  return true;
}

// The pairs of one second root.
void MessageAggregate::addRow(Pairs& pairs, std::size_t start) {
  pairs.products->row(pairs.products->starts()[start], pairs.sums);
  pairs.sums.takeAll([&](NodeId met, std::uint64_t count) {
    pairs.first.push_back(met - pairs.sums.low());
    pairs.second.push_back(static_cast<RowIndex>(start));
    pairs.counts.push_back(count);
  });
}

bool MessageAggregate::producePairs(Worker& worker, Local& local, Batch& out) const {
  constexpr std::size_t kRowsAtATime = 32;  // batches: the more, the fewer times a node's values are computed
  if (!local.pairs) startPairs(worker, local);
  Pairs& pairs = *local.pairs;
  if (spec_.groups) return produceGroups(worker, pairs, out);
  if (!pairs.products) return false;
  const auto& starts = pairs.products->starts();
  while (pairs.next < starts.size() && pairs.counts.size() < kRowsAtATime * worker.context.options.batchRows) {
    addRow(pairs, pairs.next++);
  }
  if (pairs.counts.empty()) return false;
  out = Batch{layout().size()};
  out.setRows(pairs.counts.size());
  const auto column = [&](VariableId variable, Selection& rows, std::size_t size, auto nodeAt) {
    const auto selection = std::make_shared<const Selection>(std::exchange(rows, {}));
    if (!layout().has(variable)) return;
    auto vector = std::make_shared<Vector>(Vector::Kind::kNode, size);
    const auto nodes = vector->data<NodeId>();
    for (std::size_t i = 0; i < size; ++i) nodes[i] = nodeAt(i);
    out.setColumn(layout().column(variable), Column{std::move(vector), selection});
  };
  column(spec_.nodes[0].variable, pairs.first, pairs.sums.size(),
         [&](std::size_t i) { return static_cast<NodeId>(pairs.sums.low() + i); });
  column(spec_.nodes[1].variable, pairs.second, starts.size(), [&](std::size_t i) { return starts[i]; });
  out.setMultiplicity(std::exchange(pairs.counts, {}));
  return true;
}

bool MessageAggregate::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  if (spec_.pairs) return producePairs(worker, local, out);
  if (!local.computed) compute(worker, local);
  if (!wanted_) {
    if (local.total == 0) return false;
    out = Batch{layout().size()};
    out.setRows(1);
    out.setMultiplicity({std::exchange(local.total, 0)});
    return true;
  }
  const std::size_t count = std::min(worker.context.options.batchRows, local.rows.size() - local.next);
  if (count == 0) return false;
  const auto& vector = local.nodes.get(count);
  const auto begin = static_cast<std::ptrdiff_t>(local.next), end = begin + static_cast<std::ptrdiff_t>(count);
  std::copy(local.rows.nodes.begin() + begin, local.rows.nodes.begin() + end, vector->data<NodeId>().begin());
  out = Batch{layout().size()};
  out.setRows(count);
  out.setMultiplicity({local.rows.counts.begin() + begin, local.rows.counts.begin() + end});
  out.setColumn(layout().column(spec_.nodes[0].variable), vector);
  local.next += count;
  return true;
}

}  // namespace plexus::exec
