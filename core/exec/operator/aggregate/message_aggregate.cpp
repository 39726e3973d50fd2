#include "core/exec/operator/aggregate/message_aggregate.h"

#include <algorithm>
#include <utility>

namespace plexus::exec {

namespace {

NodeCounts asList(Weights weights) {
  if (!weights.uniform) return std::move(weights.list);
  NodeCounts out;
  for (const NodeId node : *weights.members.bitmap) out.add(node, 1);
  return out;
}

// Modulo 2^64: in between, counts may be negative; in the end none is, nor more than the first term's.
std::uint64_t plus(std::uint64_t sum, std::uint64_t count, int sign) { return sign > 0 ? sum + count : sum - count; }

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

}  // namespace

struct MessageAggregate::Local final : InputState {
  bool computed = false;
  NodeCounts rows;
  std::uint64_t total = 0;
  std::size_t next = 0;
  RecycledVector nodes{Vector::Kind::kNode};
};

std::unique_ptr<Operator::State> MessageAggregate::open(Worker& worker) const {
  auto local = std::make_unique<Local>();
  openInputs(worker, *local);
  return local;
}

void MessageAggregate::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.computed = false;
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
  Weights out;
  if (node.source != plan::MessageAggregate::kNoSource) {
    out.uniform = false;
    out.list = read(worker, local, node);
    return out;
  }
  out.members.bitmap = std::make_shared<const Roaring>(node.labels.bitmap(worker));
  out.members.set = NodeSet::of(*out.members.bitmap);
  return out;
}

void MessageAggregate::compute(Worker& worker, Local& local) const {
  std::vector<Weights> nodes;
  for (const auto& node : spec_.nodes) nodes.push_back(candidates(worker, local, node));
  MessagePassing passing{worker, nodes};
  local.rows = {};
  local.total = 0;
  bool first = true;
  for (const auto& term : spec_.terms) {
    NodeCounts counts = asList(passing.run(term));
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts.counts) total = first ? countSum(total, count) : total + count;
    local.total = plus(local.total, total, term.sign);
    if (wanted_) local.rows = first ? std::move(counts) : plus(local.rows, counts, term.sign);
    first = false;
  }
  local.next = 0;
  local.computed = true;
}

bool MessageAggregate::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
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
