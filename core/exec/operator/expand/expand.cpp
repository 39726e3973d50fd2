#include "core/exec/operator/expand/expand.h"

namespace plexus::exec {

struct Expand::Local final : InputState {
  bool resolved = false;
  Neighbourhood forward, backward;  // backward: for `into` only
  NodeSet targets;

  Batch in;
  bool hasInput = false;
  std::vector<NodeId> fromScratch, toScratch;
  std::vector<Relationship> boundScratch;
  std::span<const NodeId> from, to;
  std::span<const Relationship> bound;
  Differing::Rows excluded;
  // Where enumeration stands: the runs of rows before `row`, of which runs[run] is next, from `offset`.
  std::size_t row = 0, run = 0, offset = 0;
  std::vector<Run> runs;

  // The rows being made.
  std::size_t size = 0;
  RecycledSelection rowsMemory;
  RecycledVector toMemory{Vector::Kind::kNode}, relationshipMemory{Vector::Kind::kRelationship};
  std::shared_ptr<Selection> rows;
  std::shared_ptr<Vector> toVector, relationshipVector;
  std::vector<std::uint64_t> multiplicity;

  bool close() override;
};

bool Expand::Local::close() {
  closeOrDrop(inputs);
  resolved = hasInput = false;
  forward.unbind();
  backward.unbind();
  targets = {};
  in = {};
  keepMemory(fromScratch);
  keepMemory(toScratch);
  keepMemory(boundScratch);
  excluded.close();
  keepMemory(runs);
  rows.reset();
  toVector.reset();
  relationshipVector.reset();
  rowsMemory.close();
  toMemory.close();
  relationshipMemory.close();
  keepMemory(multiplicity);
  return true;
}

Expand::Expand(Common common, Spec spec)
    : Step{std::move(common)},
      spec_{std::move(spec)},
      carry_{input().layout(), layout()},
      differing_{spec_.differentFrom, input().layout()},
      fromColumn_{input().layout().column(spec_.from)},
      wantsTo_{!spec_.into && layout().has(spec_.to)},
      wantsRelationship_{!spec_.relationshipBound && layout().has(spec_.relationship)} {
  if (spec_.into) toColumn_ = input().layout().column(spec_.to);
  if (spec_.relationshipBound) relationshipColumn_ = input().layout().column(spec_.relationship);
}

std::unique_ptr<Operator::State> Expand::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Expand::start(Worker& worker, State& state) const { openInputs(worker, static_cast<Local&>(state)); }

void Expand::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = false;
}

void Expand::resolve(Worker& worker, Local& state) const {
  if (state.resolved) return;
  state.forward.bind(worker.context, spec_.types.types(worker), spec_.direction);
  if (spec_.into) state.backward.bindReverse(worker.context, state.forward);
  state.targets = spec_.toLabels.nodes(worker);
  state.resolved = worker.context.transaction == nullptr;
}

bool Expand::nextInput(Worker& worker, Local& state) const {
  if (!input().next(worker, state.input(), state.in)) return false;
  resolve(worker, state);
  const std::size_t rows = state.in.rows();
  state.from = nodesOf(state.in.column(fromColumn_), rows, state.fromScratch);
  if (spec_.into) state.to = nodesOf(state.in.column(toColumn_), rows, state.toScratch);
  if (spec_.relationshipBound) {
    state.bound = relationshipsOf(state.in.column(relationshipColumn_), rows, state.boundScratch);
  }
  state.excluded.read(differing_, state.in);
  state.row = state.run = state.offset = 0;
  state.runs.clear();
  state.hasInput = true;
  return true;
}

bool Expand::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  if (spec_.relationshipBound) {
    check(local, out);
  } else if (spec_.into) {
    touch(local.in.rows());
    into(local, out);
  } else if (wantsTo_ || wantsRelationship_) {
    enumerate(local, worker.context.options.batchRows, out);
  } else {
    touch(local.in.rows());
    count(local, out);
  }
  return true;
}

// Copies what is left of runs[run], as far as there is room.
void Expand::copyRun(Local& state, std::size_t most) const {
  const Run& run = state.runs[state.run];
  const std::size_t count = std::min(most - state.size, run.neighbours.size() - state.offset);
  const NodeId* neighbours = run.neighbours.data() + state.offset;
  RowIndex* rows = state.rows->data();
  const auto row = static_cast<RowIndex>(state.row - 1);
  const bool test = !state.targets.isRange();
  std::size_t size = state.size;
  if (wantsTo_) {
    NodeId* to = state.toVector->data<NodeId>().data();
    for (std::size_t i = 0; i < count; ++i) {
      to[size] = neighbours[i];
      rows[size] = row;
      size += !test || state.targets.contains(neighbours[i]) ? 1 : 0;
    }
  }
  if (wantsRelationship_) {
    Relationship* relationships = state.relationshipVector->data<Relationship>().data();
    const auto ids = run.ids().subspan(state.offset, count);
    size = state.size;
    for (std::size_t i = 0; i < count; ++i) {
      relationships[size] = run.way->relationship(run.node, neighbours[i], ids[i]);
      rows[size] = row;
      size += !test || state.targets.contains(neighbours[i]) ? 1 : 0;
    }
  }
  state.size = size;
  state.offset += count;
  touch(count);
  if (state.offset < run.neighbours.size()) return;
  ++state.run;
  state.offset = 0;
}

// A few rows are counted first: most queries that begin at a node need no memory for a whole batch. One more than
// there can be, so that the end of the input is met.
std::size_t Expand::bound(const Local& state, std::size_t most) const {
  constexpr std::size_t kCounted = 32;  // rows
  if (state.in.rows() - state.row > kCounted) return most;
  std::size_t left = 1;
  for (std::size_t r = state.run; r < state.runs.size(); ++r) left += state.runs[r].neighbours.size();
  for (std::size_t row = state.row; row < state.in.rows(); ++row) {
    for (const Way& way : state.forward.ways()) left += way.neighbours(state.from[row]).size();
  }
  return std::min(left, most);
}

void Expand::enumerate(Local& state, std::size_t most, Batch& out) const {
  most = bound(state, most);
  state.size = 0;
  state.rows = state.rowsMemory.get(most);
  if (wantsTo_) state.toVector = state.toMemory.get(most);
  if (wantsRelationship_) state.relationshipVector = state.relationshipMemory.get(most);
  while (state.size < most) {
    if (state.run < state.runs.size()) {
      copyRun(state, most);
      continue;
    }
    if (state.row == state.in.rows()) {
      state.hasInput = false;
      break;
    }
    state.runs.clear();
    state.run = 0;
    state.forward.runs(state.from[state.row], state.targets, state.excluded.of(state.row), state.runs);
    ++state.row;
  }
  carry_.apply(state.in, out);
  finish(state, out);
}

// The rows chosen, with the new columns beside them.
void Expand::finish(Local& state, Batch& out) const {
  state.rows->resize(state.size);
  out.select(std::exchange(state.rows, nullptr));
  if (wantsTo_) {
    state.toVector->resize(state.size);
    out.setColumn(layout().column(spec_.to), std::exchange(state.toVector, nullptr));
  }
  if (wantsRelationship_) {
    state.relationshipVector->resize(state.size);
    out.setColumn(layout().column(spec_.relationship), std::exchange(state.relationshipVector, nullptr));
  }
}

void Expand::count(Local& state, Batch& out) const {
  const std::size_t rows = state.in.rows();
  const auto& before = state.in.multiplicity();
  state.hasInput = false;
  state.rows = state.rowsMemory.get(rows);
  state.multiplicity.clear();
  state.size = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint64_t degree = state.forward.count(state.from[row], state.targets, state.excluded.of(row));
    if (degree == 0) continue;
    (*state.rows)[state.size++] = static_cast<RowIndex>(row);
    state.multiplicity.push_back(before.empty() ? degree : degree * before[row]);
  }
  carry_.apply(state.in, out);
  finish(state, out);
  out.setMultiplicity(state.multiplicity);
}

void Expand::into(Local& state, Batch& out) const {
  const std::size_t rows = state.in.rows();
  const auto& before = state.in.multiplicity();
  state.hasInput = false;
  state.rows = state.rowsMemory.get(0);
  state.multiplicity.clear();
  std::vector<Relationship> relationships;
  bool repeated = !before.empty();
  for (std::size_t row = 0; row < rows; ++row) {
    const NodeId from = state.from[row], to = state.to[row];
    if (to == kNoNode || !state.targets.contains(to)) continue;
    state.runs.clear();
    for (std::size_t i = 0; i < state.forward.ways().size(); ++i) {
      const Way& forward = state.forward.ways()[i];
      const Way& backward = state.backward.ways()[i];
      const bool shorter = backward.neighbours(to).size() < forward.neighbours(from).size();
      Neighbourhood::between(shorter ? backward : forward, shorter ? to : from, shorter ? from : to,
                             state.excluded.of(row), state.runs);
    }
    std::uint64_t found = 0;
    for (const Run& run : state.runs) {
      found += run.neighbours.size();
      if (!wantsRelationship_) continue;
      const auto ids = run.ids();
      for (std::size_t i = 0; i < ids.size(); ++i) {
        relationships.push_back(run.way->relationship(run.node, run.neighbours[i], ids[i]));
        state.rows->push_back(static_cast<RowIndex>(row));
      }
    }
    if (found == 0 || wantsRelationship_) continue;
    state.rows->push_back(static_cast<RowIndex>(row));
    state.multiplicity.push_back(before.empty() ? found : found * before[row]);
    repeated = repeated || found > 1;
  }
  state.size = state.rows->size();
  if (wantsRelationship_) {
    state.relationshipVector = state.relationshipMemory.get(state.size);
    std::copy(relationships.begin(), relationships.end(), state.relationshipVector->data<Relationship>().begin());
  }
  carry_.apply(state.in, out);
  finish(state, out);
  if (repeated && !wantsRelationship_) out.setMultiplicity(state.multiplicity);
}

void Expand::check(Local& state, Batch& out) const {
  const std::size_t rows = state.in.rows();
  state.hasInput = false;
  state.rows = state.rowsMemory.get(rows);
  if (wantsTo_) state.toVector = state.toMemory.get(rows);
  state.size = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    const Relationship& r = state.bound[row];
    const NodeId to = state.forward.end(state.from[row], r);
    if (to == kNoNode || !state.targets.contains(to) || (spec_.into && to != state.to[row])) continue;
    const auto excluded = state.excluded.of(row);
    if (std::find(excluded.begin(), excluded.end(), r) != excluded.end()) continue;
    if (wantsTo_) state.toVector->data<NodeId>()[state.size] = to;
    (*state.rows)[state.size++] = static_cast<RowIndex>(row);
  }
  carry_.apply(state.in, out);
  finish(state, out);
}

}  // namespace plexus::exec
