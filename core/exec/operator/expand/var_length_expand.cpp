#include "core/exec/operator/expand/var_length_expand.h"

#include "core/exec/operator/expand/reaching.h"

namespace plexus::exec {

struct VarLengthExpand::Local final : InputState {
  StepRule::Walker walker;
  bool bound = false;
  NodeSet targets;

  Batch in;
  bool hasInput = false;
  std::vector<NodeId> fromScratch, toScratch;
  std::span<const NodeId> from, to;
  Differing::Rows excluded;
  std::size_t row = 0;

  bool searching = false;  // `search` is at work on `row`
  TrailSearch search;
  Reaching reaching;
  std::uint64_t steps = 0;
  // Breadth-first search: marks of nodes, the nodes reached, which of them were given.
  std::vector<std::uint64_t> marks;
  std::vector<NodeId> reached;
  std::vector<NodeId> found;
  std::size_t given = 0;
  std::vector<Hop> hops;

  // The rows being made.
  std::shared_ptr<Selection> rows;
  std::vector<NodeId> ends;
  std::vector<Value> lists;
  std::vector<std::uint64_t> multiplicity;
};

VarLengthExpand::VarLengthExpand(Common common, Spec spec, StepRule rule)
    : Step{std::move(common)},
      spec_{std::move(spec)},
      rule_{std::move(rule)},
      carry_{input().layout(), layout()},
      differing_{spec_.differentFrom, input().layout()},
      fromColumn_{input().layout().column(spec_.from)},
      wantsTo_{!spec_.into && layout().has(spec_.to)},
      wantsRelationships_{!spec_.relationshipsBound && layout().has(spec_.relationships)} {
  if (spec_.into) toColumn_ = input().layout().column(spec_.to);
  if (spec_.relationshipsBound) relationshipsColumn_ = input().layout().column(spec_.relationships);
}

std::unique_ptr<Operator::State> VarLengthExpand::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  state->walker.open(rule_, worker);
  return state;
}

void VarLengthExpand::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = local.searching = false;
}

bool VarLengthExpand::nextInput(Worker& worker, Local& state) const {
  if (!input().next(worker, state.input(), state.in)) return false;
  if (!state.bound || worker.context.transaction) {
    state.walker.bind(worker);
    state.targets = spec_.toLabels.nodes(worker);
    state.bound = true;
  }
  state.from = nodesOf(state.in.column(fromColumn_), state.in.rows(), state.fromScratch);
  if (spec_.into) state.to = nodesOf(state.in.column(toColumn_), state.in.rows(), state.toScratch);
  state.excluded.read(differing_, state.in);
  if (worker.context.transaction) state.reaching.reset();
  state.row = 0;
  state.searching = false;
  state.hasInput = true;
  return true;
}

bool VarLengthExpand::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  local.rows = std::make_shared<Selection>();
  local.ends.clear();
  local.lists.clear();
  local.multiplicity.clear();
  if (spec_.relationshipsBound) {
    check(worker, local, out);
  } else if (spec_.distinctEnds && !wantsRelationships_) {
    ends(worker, local, out);
  } else {
    trails(worker, local, out);
  }
  finish(local, out);
  return true;
}

void VarLengthExpand::finish(Local& state, Batch& out) const {
  carry_.apply(state.in, out);
  const auto& before = state.in.multiplicity();
  for (std::size_t i = 0; !before.empty() && i < state.multiplicity.size(); ++i) {
    state.multiplicity[i] *= before[(*state.rows)[i]];
  }
  const std::size_t count = state.rows->size();
  out.select(std::exchange(state.rows, nullptr));
  if (!state.multiplicity.empty()) out.setMultiplicity(state.multiplicity);
  if (wantsTo_) {
    auto ends = std::make_shared<Vector>(Vector::Kind::kNode, count);
    std::copy(state.ends.begin(), state.ends.end(), ends->data<NodeId>().begin());
    out.setColumn(layout().column(spec_.to), std::move(ends));
  }
  if (wantsRelationships_) {
    auto lists = std::make_shared<Vector>(Vector::Kind::kValue, count);
    std::move(state.lists.begin(), state.lists.end(), lists->data<Value>().begin());
    out.setColumn(layout().column(spec_.relationships), std::move(lists));
  }
}

bool VarLengthExpand::isEnd(const Local& state, std::size_t row, NodeId end) const {
  return state.targets.contains(end) && (!spec_.into || end == state.to[row]);
}

void VarLengthExpand::lookBack(Worker& worker, Local& state) const {
  if (!spec_.into && state.targets.isAll()) return;
  const NodeId bound = worker.context.view.nodeBound();
  std::vector<NodeId> ends;
  if (spec_.into) {
    if (isEnd(state, state.row, state.to[state.row])) ends.push_back(state.to[state.row]);
  } else {
    for (NodeId node = 0; node < bound; ++node) {
      if (state.targets.contains(node)) ends.push_back(node);
    }
  }
  const auto predecessors = [&](NodeId node, const Reaching::Visit& visit) {
    for (const Way& way : state.walker.backward(worker).ways()) {
      for (const NodeId before : way.neighbours(node)) visit(before);
    }
  };
  state.reaching.compute(bound, ends, predecessors, worker.context.cancellation);
}

// The next trail of the current row that ends where it may.
bool VarLengthExpand::nextTrail(Worker& worker, Local& state) const {
  if (!state.searching) {
    state.search.start(state.from[state.row], spec_.minimum, spec_.maximum, spec_.walks, spec_.nodes);
    if (spec_.into) state.reaching.reset();
  }
  state.searching = true;
  const auto hops = [&](NodeId node, std::vector<Hop>& out) {
    state.walker.hops(worker, state.in, state.row, node, false, state.excluded.of(state.row), out);
  };
  const auto enter = [&](const Hop& hop, std::size_t) {
    if ((++state.steps & 0xFFFF) == 0 && worker.context.cancellation) worker.context.cancellation->check();
    if (state.reaching.isTimeToLookBack()) lookBack(worker, state);
    return state.reaching.has(hop.to);
  };
  while (state.search.next(hops, enter)) {
    if (!isEnd(state, state.row, state.search.end())) continue;
    state.reaching.found();
    return true;
  }
  state.searching = false;
  return false;
}

void VarLengthExpand::trails(Worker& worker, Local& state, Batch& out) const {
  out = Batch{};
  const bool enumerate = wantsTo_ || wantsRelationships_;
  while (state.rows->size() < worker.context.options.batchRows) {
    if (state.row == state.in.rows()) {
      state.hasInput = false;
      return;
    }
    if (!enumerate) {
      std::uint64_t count = 0;
      while (nextTrail(worker, state)) ++count;
      if (count > 0) {
        state.rows->push_back(static_cast<RowIndex>(state.row));
        state.multiplicity.push_back(count);
      }
      ++state.row;
      continue;
    }
    if (!nextTrail(worker, state)) {
      ++state.row;
      continue;
    }
    state.rows->push_back(static_cast<RowIndex>(state.row));
    state.ends.push_back(state.search.end());
    if (!wantsRelationships_) continue;
    const auto trail = state.search.relationships();
    List list{trail.begin(), trail.end()};
    if (spec_.reversed) std::reverse(list.begin(), list.end());
    state.lists.emplace_back(std::move(list));
  }
}

// Whether some trail leads over relationships of either direction from the start back to it, within the longest length:
// over a loop, two relationships to one node, or nodes that are reached over different first relationships and meet.
// O(edges reached), to the first such meeting.
bool VarLengthExpand::returns(Worker& worker, Local& state, std::size_t row) const {
  struct Place {
    NodeId branch;  // the first node on the way from the start
    std::uint64_t depth;
  };
  const NodeId start = state.from[row];
  std::unordered_map<NodeId, Place> places;
  std::vector<NodeId> open;
  const auto hops = [&](NodeId node) -> const std::vector<Hop>& {
    state.hops.clear();
    state.walker.hops(worker, state.in, row, node, false, {}, state.hops);
    return state.hops;
  };
  for (const Hop& hop : hops(start)) {
    const bool isNew = hop.to != start && places.try_emplace(hop.to, Place{hop.to, 1}).second;
    if (!isNew && spec_.maximum >= (hop.to == start ? 1U : 2U)) return true;
    if (isNew) open.push_back(hop.to);
  }
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Place here = places.at(open[i]);
    if (here.depth > spec_.maximum / 2) return false;
    if ((i & 0xFFF) == 0 && worker.context.cancellation) worker.context.cancellation->check();
    for (const Hop& hop : hops(open[i])) {
      if (hop.to == start) continue;
      const auto [known, isNew] = places.try_emplace(hop.to, Place{here.branch, here.depth + 1});
      if (isNew) open.push_back(hop.to);
      const bool meets = !isNew && known->second.branch != here.branch;
      if (meets && here.depth + known->second.depth + 1 <= spec_.maximum) return true;
    }
  }
  return false;
}

// All ends of the row into `found`, each once. With a minimum of 1 the start is one if a relationship leads back to it.
void VarLengthExpand::reach(Worker& worker, Local& state, std::size_t row) const {
  state.found.clear();
  state.given = 0;
  const NodeId start = state.from[row];
  if (start == kNoNode || spec_.minimum > spec_.maximum) return;
  state.marks.resize(worker.context.view.nodeBound() / 64 + 1);
  const auto mark = [&](NodeId node) {
    std::uint64_t& word = state.marks[node >> 6];
    const std::uint64_t bit = std::uint64_t{1} << (node & 63);
    if ((word & bit) != 0) return;
    word |= bit;
    state.reached.push_back(node);
  };
  state.reached.clear();
  // Back over what led away is no trail: then the start is not found here.
  const bool eitherWay = rule_.direction() == Direction::kBoth && spec_.minimum == 1 && !spec_.walks;
  if (spec_.minimum == 0 || eitherWay) mark(start);
  if (eitherWay) state.reached.clear();
  const auto expand = [&](NodeId node) {
    if (rule_.hasPredicates()) {
      state.hops.clear();
      state.walker.hops(worker, state.in, row, node, false, {}, state.hops);
      for (const Hop& hop : state.hops) mark(hop.to);
      return;
    }
    for (const Way& way : state.walker.forward().ways()) {
      for (const NodeId to : way.neighbours(node)) mark(to);
    }
  };
  std::size_t begin = 0;
  if (spec_.maximum > 0) expand(start);
  for (std::uint64_t depth = 1; depth < spec_.maximum && begin < state.reached.size(); ++depth) {
    if (worker.context.cancellation) worker.context.cancellation->check();
    const std::size_t end = state.reached.size();
    for (; begin < end; ++begin) expand(state.reached[begin]);
  }
  state.marks[start >> 6] = 0;
  for (const NodeId node : state.reached) {
    state.marks[node >> 6] = 0;
    if (isEnd(state, row, node)) state.found.push_back(node);
  }
  if (eitherWay && isEnd(state, row, start) && returns(worker, state, row)) state.found.push_back(start);
}

void VarLengthExpand::ends(Worker& worker, Local& state, Batch& out) const {
  out = Batch{};
  const std::size_t most = worker.context.options.batchRows;
  while (state.rows->size() < most) {
    if (state.row == state.in.rows()) {
      state.hasInput = false;
      return;
    }
    if (!state.searching) reach(worker, state, state.row);
    state.searching = true;
    if (!wantsTo_) state.given = state.found.empty() ? 0 : state.found.size() - 1;  // once is enough
    const std::size_t count = std::min(most - state.rows->size(), state.found.size() - state.given);
    state.rows->insert(state.rows->end(), count, static_cast<RowIndex>(state.row));
    const auto first = state.found.begin() + static_cast<std::ptrdiff_t>(state.given);
    state.ends.insert(state.ends.end(), first, first + static_cast<std::ptrdiff_t>(count));
    state.given += count;
    if (state.given < state.found.size()) return;
    state.searching = false;
    ++state.row;
  }
}

// Whether the row's list of relationships is a trail from its start, and where it ends.
bool VarLengthExpand::isTrail(Worker& worker, Local& state, std::size_t row, NodeId& end) const {
  const Value value = state.in.column(relationshipsColumn_).value(row);
  end = state.from[row];
  if (!value.is(ValueKind::kList) || end == kNoNode) return false;
  const List& list = value.list();
  if (list.size() < spec_.minimum || list.size() > spec_.maximum) return false;
  const auto excluded = state.excluded.of(row);
  state.hops.clear();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value& element = list[spec_.reversed ? list.size() - 1 - i : i];
    if (!element.is(ValueKind::kRelationship)) return false;
    const Relationship r = element.relationship();
    const auto same = [&](const Hop& hop) { return hop.relationship == r; };
    if (!spec_.walks && std::any_of(state.hops.begin(), state.hops.end(), same)) return false;
    if (std::find(excluded.begin(), excluded.end(), r) != excluded.end()) return false;
    end = state.walker.forward().end(end, r);
    if (end == kNoNode) return false;
    state.hops.push_back({end, r});
  }
  state.walker.filter(worker, state.in, row, state.hops, 0);
  return state.hops.size() == list.size() && isEnd(state, row, end);
}

void VarLengthExpand::check(Worker& worker, Local& state, Batch& out) const {
  out = Batch{};
  state.hasInput = false;
  for (std::size_t row = 0; row < state.in.rows(); ++row) {
    NodeId end = kNoNode;
    if (!isTrail(worker, state, row, end)) continue;
    state.rows->push_back(static_cast<RowIndex>(row));
    state.ends.push_back(end);
  }
}

}  // namespace plexus::exec
