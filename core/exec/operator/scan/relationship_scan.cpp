#include "core/exec/operator/scan/relationship_scan.h"

#include <algorithm>
#include <optional>

#include "core/exec/operator/expand/neighbourhood.h"
#include "core/exec/run/parallel.h"
#include "core/inference/entailment.h"

namespace plexus::exec {
namespace {

constexpr NodeId kBlock = 1024;  // starts in a morsel

std::uint64_t countOf(const ExecContext& context, const Way& way) {
  const bool stored = context.entailment == nullptr || context.entailment->isStored(way.type);
  if (stored && !way.skipLoops) return context.view.relationshipCount(way.type);
  std::uint64_t count = 0;
  for (NodeId node = 0; node < context.view.nodeBound(); ++node) {
    const auto list = way.neighbours(node);
    count += list.size();
    if (!way.skipLoops) continue;
    const auto [first, last] = std::equal_range(list.begin(), list.end(), node);
    count -= static_cast<std::uint64_t>(last - first);
  }
  return count;
}

}  // namespace

struct RelationshipScan::Local final : State {
  std::optional<std::vector<Way>> ways;
  std::uint64_t nextMorsel = 0;
  // Where the current morsel stands.
  const Way* way = nullptr;
  NodeId node = 0, end = 0;
  std::size_t offset = 0;
  // What is being filled: relationship and the end it is entered from.
  std::vector<Relationship> found;
  std::vector<NodeId> from, to;
};

RelationshipScan::RelationshipScan(Common common, Spec spec)
    : Step{std::move(common)},
      spec_{std::move(spec)},
      wantsRelationship_{layout().has(spec_.relationship)},
      wantsFrom_{layout().has(spec_.from)},
      wantsTo_{layout().has(spec_.to)},
      loopsOnly_{spec_.from == spec_.to} {}

std::unique_ptr<Operator::State> RelationshipScan::open(Worker&) const { return std::make_unique<Local>(); }

void RelationshipScan::reset(Worker&, State& state) const { static_cast<Local&>(state) = Local{}; }

bool RelationshipScan::nextMorsel(Worker& worker, Local& state) const {
  const bool shared = worker.pipeline && worker.pipeline->drives(*this);
  const std::uint64_t morsel = shared ? worker.pipeline->takeMorsel() : state.nextMorsel++;
  const NodeId bound = worker.context.view.nodeBound();
  const std::uint64_t blocks = (std::uint64_t{bound} + kBlock - 1) / kBlock;
  if (blocks == 0 || morsel / blocks >= state.ways->size()) return false;
  state.way = &(*state.ways)[morsel / blocks];
  state.node = static_cast<NodeId>(morsel % blocks) * kBlock;
  state.end = std::min<NodeId>(bound, state.node + kBlock);
  state.offset = 0;
  return true;
}

void RelationshipScan::fill(Worker& worker, Local& state) const {
  const std::size_t most = worker.context.options.batchRows;
  const Way* way = state.way;
  while (state.node < state.end && state.from.size() < most) {
    const NodeId node = state.node;
    const auto neighbours = way->neighbours(node);
    const std::size_t end = std::min(neighbours.size(), state.offset + most - state.from.size());
    const auto ids =
        wantsRelationship_ && end > state.offset ? way->adjacency.relationships(node) : std::span<const RelId>{};
    for (std::size_t i = state.offset; i < end; ++i) {
      const NodeId other = neighbours[i];
      if ((way->skipLoops && other == node) || (loopsOnly_ && other != node)) continue;
      state.from.push_back(node);
      state.to.push_back(other);
      if (wantsRelationship_) state.found.push_back(way->relationship(node, other, ids[i]));
    }
    touch(end - state.offset);
    state.offset = end;
    if (end < neighbours.size()) continue;
    ++state.node;
    state.offset = 0;
  }
}

bool RelationshipScan::countOnly(Worker& worker, Local& state, Batch& out) const {
  const bool shared = worker.pipeline && worker.pipeline->drives(*this);
  const std::uint64_t index = shared ? worker.pipeline->takeMorsel() : state.nextMorsel++;
  if (index >= state.ways->size()) return false;
  const std::uint64_t count = countOf(worker.context, (*state.ways)[index]);
  if (count == 0) return true;
  out.setRows(1);
  out.setMultiplicity({count});
  return true;
}

bool RelationshipScan::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  if (!local.ways) local.ways = waysOf(worker.context, spec_.types.types(worker), spec_.direction);
  out = Batch{layout().size()};
  if (!wantsRelationship_ && !wantsFrom_ && !wantsTo_ && !loopsOnly_) return countOnly(worker, local, out);
  local.found.clear();
  local.from.clear();
  local.to.clear();
  while (local.from.size() < worker.context.options.batchRows) {
    if (local.node >= local.end && !nextMorsel(worker, local)) break;
    fill(worker, local);
  }
  if (local.from.empty()) return false;
  out.setRows(local.from.size());
  const auto set = [&](VariableId variable, Vector::Kind kind, const auto& values) {
    using T = std::decay_t<decltype(values[0])>;
    auto vector = std::make_shared<Vector>(kind, values.size());
    std::copy(values.begin(), values.end(), vector->template data<T>().begin());
    out.setColumn(layout().column(variable), std::move(vector));
  };
  if (wantsRelationship_) set(spec_.relationship, Vector::Kind::kRelationship, local.found);
  if (wantsFrom_) set(spec_.from, Vector::Kind::kNode, local.from);
  if (wantsTo_) set(spec_.to, Vector::Kind::kNode, local.to);
  return true;
}

}  // namespace plexus::exec
