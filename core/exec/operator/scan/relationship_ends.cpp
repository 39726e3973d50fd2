#include "core/exec/operator/scan/relationship_ends.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/inference/entailment.h"

namespace plexus::exec {

struct RelationshipEnds::Local final : InputState {
  std::optional<std::vector<RelTypeId>> types;
  std::map<RelTypeId, Neighbourhood> symmetric;  // as of now
  Batch in;
  std::vector<Relationship> scratch;
};

std::unique_ptr<Operator::State> RelationshipEnds::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  return state;
}

void RelationshipEnds::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.types.reset();
  local.symmetric.clear();
}

const Neighbourhood* RelationshipEnds::eitherWay(Worker& worker, Local& state, RelTypeId type) const {
  const auto* entailment = worker.context.entailment.get();
  if (entailment == nullptr || !entailment->symmetric(type)) return nullptr;
  const auto [place, isNew] = state.symmetric.try_emplace(type);
  if (isNew) place->second.bind(worker.context, std::span{&type, 1}, spec_.direction);
  return &place->second;
}

bool RelationshipEnds::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!input().next(worker, local.input(), local.in)) return false;
  if (!local.types || worker.context.transaction) {
    local.types = spec_.types.types(worker);
    local.symmetric.clear();
  }
  const Column& column = local.in.column(input().layout().column(spec_.relationship));
  const auto relationships = relationshipsOf(column, local.in.rows(), local.scratch);
  auto rows = std::make_shared<Selection>();
  std::vector<NodeId> from, to;
  const auto add = [&](std::size_t row, NodeId a, NodeId b) {
    rows->push_back(static_cast<RowIndex>(row));
    from.push_back(a);
    to.push_back(b);
  };
  for (std::size_t row = 0; row < relationships.size(); ++row) {
    const Relationship& r = relationships[row];
    if (r.type == kNoId || !std::binary_search(local.types->begin(), local.types->end(), r.type)) continue;
    const bool loop = r.start == r.end;
    if (spec_.from == spec_.to && !loop) continue;
    if (const auto* ways = eitherWay(worker, local, r.type)) {
      if (ways->end(r.start, r) != kNoNode) add(row, r.start, r.end);
      if (!loop && ways->end(r.end, r) != kNoNode) add(row, r.end, r.start);
      continue;
    }
    if (spec_.direction != Direction::kIn) add(row, r.start, r.end);
    if (spec_.direction == Direction::kIn || (spec_.direction == Direction::kBoth && !loop)) add(row, r.end, r.start);
  }
  carry_.apply(local.in, out);
  out.select(std::move(rows));
  const auto set = [&](VariableId variable, const std::vector<NodeId>& nodes) {
    if (!layout().has(variable)) return;
    auto vector = std::make_shared<Vector>(Vector::Kind::kNode, nodes.size());
    std::copy(nodes.begin(), nodes.end(), vector->data<NodeId>().begin());
    out.setColumn(layout().column(variable), std::move(vector));
  };
  set(spec_.from, from);
  set(spec_.to, to);
  return true;
}

}  // namespace plexus::exec
