#include "core/exec/operator/expand/quantified_expand.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/exec/expression/vector_builder.h"
#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/expand/reaching.h"

namespace plexus::exec {

// One row of the inner plan.
struct QuantifiedExpand::Repetition {
  NodeId end = kNoNode;
  std::uint64_t multiplicity = 1;
  std::vector<Relationship> relationships;
  std::vector<Value> groups;  // parallel to Spec::groups
};

struct QuantifiedExpand::Local final : InputState {
  std::unique_ptr<State> inner;
  NodeSet targets;
  Batch in;
  bool hasInput = false;
  std::vector<NodeId> fromScratch, toScratch;
  std::span<const NodeId> from, to;
  Differing::Rows excluded;
  std::unordered_map<NodeId, std::vector<Repetition>> known;  // by start node

  // The search of the current row: the repetitions chosen, and at each depth which one comes next.
  struct Frame {
    const std::vector<Repetition>* choices;
    std::size_t next;
  };
  std::size_t row = 0;
  bool started = false, arrived = false;
  std::vector<Frame> frames;
  std::vector<const Repetition*> path;
  std::vector<Relationship> used;
  Reaching reaching;
  std::uint64_t steps = 0;

  // The rows being made.
  std::shared_ptr<Selection> rows;
  std::vector<std::uint64_t> multiplicity;
  std::vector<NodeId> ends;
  std::vector<Value> relationships;
  std::vector<std::vector<Value>> groups;
};

QuantifiedExpand::QuantifiedExpand(Common common, Spec spec, BuildContext::Inner inner)
    : Step{std::move(common)},
      spec_{std::move(spec)},
      inner_{std::move(inner)},
      carry_{input().layout(), layout()},
      differing_{spec_.differentFrom, input().layout()},
      readsOuter_{spec_.arguments.size() > 1} {}

std::unique_ptr<Operator::State> QuantifiedExpand::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  return state;
}

void QuantifiedExpand::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = false;
  local.known.clear();
}

bool QuantifiedExpand::nextInput(Worker& worker, Local& state) const {
  if (!input().next(worker, state.input(), state.in)) return false;
  state.targets = spec_.toLabels.nodes(worker);
  const auto column = [&](VariableId v) -> const Column& { return state.in.column(input().layout().column(v)); };
  state.from = nodesOf(column(spec_.from), state.in.rows(), state.fromScratch);
  if (spec_.into) state.to = nodesOf(column(spec_.to), state.in.rows(), state.toScratch);
  state.excluded.read(differing_, state.in);
  state.row = 0;
  state.started = false;
  state.hasInput = true;
  return true;
}

// Runs the inner plan from `node`, with the current row's outer variables.
std::vector<QuantifiedExpand::Repetition> QuantifiedExpand::run(Worker& worker, Local& state, NodeId node) const {
  Batch arguments{0};
  const auto row = std::make_shared<Selection>(1, static_cast<RowIndex>(state.row));
  Batch outer = state.in;
  outer.setMultiplicity({});
  outer.select(row);
  for (const VariableId v : spec_.arguments) {
    if (v == spec_.innerFrom) {
      arguments.addColumn(constantColumn(Value::node(node), 1));
    } else {
      arguments.addColumn(outer.column(input().layout().column(v)));
    }
  }
  arguments.setRows(1);
  startInner(inner_, worker, state.inner, std::move(arguments));
  const Layout& layout = inner_.root->layout();
  std::vector<Repetition> found;
  Batch rows;
  while (inner_.root->next(worker, *state.inner, rows)) {
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      const auto value = [&](VariableId v) { return rows.column(layout.column(v)).value(i); };
      Repetition& repetition = found.emplace_back();
      repetition.end = value(spec_.innerTo).node();
      repetition.multiplicity = rows.multiplicity().empty() ? 1 : rows.multiplicity()[i];
      for (const VariableId v : spec_.innerRelationships) {
        const Value r = value(v);
        if (r.is(ValueKind::kRelationship)) repetition.relationships.push_back(r.relationship());
        if (!r.is(ValueKind::kList)) continue;
        for (const Value& element : r.list()) repetition.relationships.push_back(element.relationship());
      }
      for (const auto& [inner, list] : spec_.groups) repetition.groups.push_back(value(inner));
    }
  }
  return found;
}

const std::vector<QuantifiedExpand::Repetition>& QuantifiedExpand::repetitions(Worker& worker, Local& state,
                                                                               NodeId node) const {
  const auto known = state.known.find(node);
  if (known != state.known.end()) return known->second;
  return state.known.emplace(node, run(worker, state, node)).first->second;
}

// Whether a sequence may end there.
bool QuantifiedExpand::isEnd(const Local& state, NodeId node) const {
  return state.targets.contains(node) && (!spec_.into || node == state.to[state.row]);
}

// Whether the ends of repetitions may be nodes of one path.
bool QuantifiedExpand::mayFollow(const Local& state, const Repetition& choice) const {
  if (spec_.nodes == bind::NodeRule::kAny || choice.relationships.empty()) return true;
  const NodeId from = state.from[state.row];
  const bool over = !state.used.empty() && !state.path.empty() && state.path.back()->end == from;
  if (over || (choice.end == from && spec_.nodes == bind::NodeRule::kDistinct)) return false;
  return std::none_of(state.path.begin(), state.path.end(),
                      [&](const Repetition* earlier) { return earlier->end == choice.end; });
}

// Follows the repetitions from the row's start node, each once, and then back from where they may end.
void QuantifiedExpand::lookBack(Worker& worker, Local& state) const {
  if (!spec_.into && state.targets.isAll()) return;
  std::unordered_map<NodeId, std::vector<NodeId>> before{{state.from[state.row], {}}};
  std::vector<NodeId> open{state.from[state.row]}, ends;
  for (std::size_t done = 0; done < open.size(); ++done) {
    const NodeId node = open[done];
    if (worker.context.cancellation) worker.context.cancellation->check();
    if (isEnd(state, node)) ends.push_back(node);
    for (const Repetition& repetition : repetitions(worker, state, node)) {
      const auto [at, isNew] = before.try_emplace(repetition.end);
      if (isNew) open.push_back(repetition.end);
      at->second.push_back(node);
    }
  }
  const auto predecessors = [&](NodeId node, const Reaching::Visit& visit) {
    for (const NodeId previous : before.at(node)) visit(previous);
  };
  state.reaching.compute(worker.context.view.nodeBound(), ends, predecessors, worker.context.cancellation);
}

// Goes on to the next sequence of repetitions of the current row, long enough or not; false when there are no more.
bool QuantifiedExpand::nextPath(Worker& worker, Local& state) const {
  if (!state.started) {
    if (readsOuter_ || worker.context.transaction) state.known.clear();
    state.frames.clear();
    state.path.clear();
    const auto excluded = state.excluded.of(state.row);
    state.used.assign(excluded.begin(), excluded.end());
    state.reaching.reset();
    state.started = true;
    if (state.from[state.row] != kNoNode) return true;  // no repetition at all
    return false;
  }
  static const std::vector<Repetition> kNothing;
  for (;;) {
    if (state.frames.size() == state.path.size()) {
      const NodeId node = state.path.empty() ? state.from[state.row] : state.path.back()->end;
      const bool deeper = state.path.size() < spec_.maximum;
      state.frames.push_back({deeper ? &repetitions(worker, state, node) : &kNothing, 0});
    }
    auto& [choices, next] = state.frames.back();
    while (next < choices->size()) {
      const Repetition& choice = (*choices)[next++];
      if ((++state.steps & 0xFFF) == 0 && worker.context.cancellation) worker.context.cancellation->check();
      if (state.reaching.isTimeToLookBack()) lookBack(worker, state);
      if (!state.reaching.has(choice.end)) continue;
      const auto isUsed = [&](const Relationship& r) {
        return std::find(state.used.begin(), state.used.end(), r) != state.used.end();
      };
      if (!mayFollow(state, choice)) continue;
      if (!spec_.walks && std::any_of(choice.relationships.begin(), choice.relationships.end(), isUsed)) continue;
      state.used.insert(state.used.end(), choice.relationships.begin(), choice.relationships.end());
      state.path.push_back(&choice);
      return true;
    }
    state.frames.pop_back();
    if (state.path.empty()) return false;
    state.used.resize(state.used.size() - state.path.back()->relationships.size());
    state.path.pop_back();
  }
}

// Each end of the current row, once.
void QuantifiedExpand::ends(Worker& worker, Local& state) const {
  if (readsOuter_ || worker.context.transaction) state.known.clear();
  const NodeId start = state.from[state.row];
  if (start == kNoNode) return;
  std::unordered_set<NodeId> reached;
  std::vector<NodeId> level{start}, next;
  const auto reach = [&](NodeId node) {
    if (!reached.insert(node).second) return;
    next.push_back(node);
    if (!isEnd(state, node)) return;
    state.rows->push_back(static_cast<RowIndex>(state.row));
    const auto& before = state.in.multiplicity();
    state.multiplicity.push_back(before.empty() ? 1 : before[state.row]);
    state.ends.push_back(node);
  };
  if (spec_.minimum == 0) reach(start);
  for (std::uint64_t depth = 0; depth < spec_.maximum && !level.empty(); ++depth) {
    if (worker.context.cancellation) worker.context.cancellation->check();
    next.clear();
    for (const NodeId node : level) {
      for (const Repetition& repetition : repetitions(worker, state, node)) reach(repetition.end);
    }
    level.swap(next);
  }
}

// The current sequence as a row, if it is long enough and ends where it may.
void QuantifiedExpand::emit(Local& state) const {
  if (state.path.size() < spec_.minimum) return;
  const NodeId end = state.path.empty() ? state.from[state.row] : state.path.back()->end;
  if (!isEnd(state, end)) return;
  state.reaching.found();
  const auto& before = state.in.multiplicity();
  std::uint64_t count = before.empty() ? 1 : before[state.row];
  for (const Repetition* repetition : state.path) count *= repetition->multiplicity;
  state.rows->push_back(static_cast<RowIndex>(state.row));
  state.multiplicity.push_back(count);
  state.ends.push_back(end);
  std::vector<const Repetition*> inOrder = state.path;
  if (spec_.reversed) std::reverse(inOrder.begin(), inOrder.end());
  if (layout().has(spec_.relationships)) {
    List list;
    for (const Repetition* repetition : inOrder) {
      list.insert(list.end(), repetition->relationships.begin(), repetition->relationships.end());
    }
    state.relationships.emplace_back(std::move(list));
  }
  for (std::size_t g = 0; g < spec_.groups.size(); ++g) {
    List list;
    for (const Repetition* repetition : inOrder) list.push_back(repetition->groups[g]);
    state.groups[g].emplace_back(std::move(list));
  }
}

bool QuantifiedExpand::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  local.rows = std::make_shared<Selection>();
  local.multiplicity.clear();
  local.ends.clear();
  local.relationships.clear();
  local.groups.assign(spec_.groups.size(), {});
  while (local.row < local.in.rows() && local.rows->size() < worker.context.options.batchRows) {
    if (spec_.distinctEnds) {
      ends(worker, local);
      ++local.row;
      continue;
    }
    if (nextPath(worker, local)) {
      emit(local);
      continue;
    }
    local.started = false;
    ++local.row;
    if (worker.context.cancellation) worker.context.cancellation->check();
  }
  if (local.row == local.in.rows()) local.hasInput = false;
  finish(local, out);
  return true;
}

void QuantifiedExpand::finish(Local& state, Batch& out) const {
  carry_.apply(state.in, out);
  const std::size_t count = state.rows->size();
  out.select(std::exchange(state.rows, nullptr));
  const auto many = [](std::uint64_t m) { return m > 1; };
  const bool repeated = std::any_of(state.multiplicity.begin(), state.multiplicity.end(), many);
  out.setMultiplicity(repeated ? state.multiplicity : std::vector<std::uint64_t>{});
  const auto setLists = [&](VariableId variable, std::vector<Value>& values) {
    if (!layout().has(variable)) return;
    auto vector = std::make_shared<Vector>(Vector::Kind::kValue, count);
    std::move(values.begin(), values.end(), vector->data<Value>().begin());
    out.setColumn(layout().column(variable), std::move(vector));
  };
  if (!spec_.into && layout().has(spec_.to)) {
    auto ends = std::make_shared<Vector>(Vector::Kind::kNode, count);
    std::copy(state.ends.begin(), state.ends.end(), ends->data<NodeId>().begin());
    out.setColumn(layout().column(spec_.to), std::move(ends));
  }
  setLists(spec_.relationships, state.relationships);
  for (std::size_t g = 0; g < spec_.groups.size(); ++g) setLists(spec_.groups[g].second, state.groups[g]);
}

}  // namespace plexus::exec
