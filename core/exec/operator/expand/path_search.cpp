#include "core/exec/operator/expand/path_search.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <unordered_set>

#include "core/exec/operator/expand/path_search_state.h"
#include "core/exec/operator/expand/trails.h"

namespace plexus::exec {
namespace {

PathAutomaton automatonOf(const std::vector<PathSearch::Part>& parts) {
  std::vector<PathAutomaton::Part> counts;
  counts.reserve(parts.size());
  for (const auto& part : parts) counts.push_back({part.pattern.length.min, part.pattern.length.max});
  return PathAutomaton{counts};
}

std::vector<VariableId> boundBy(VariableId path, const std::vector<PathSearch::Part>& parts) {
  std::vector<VariableId> variables{path};
  for (const auto& part : parts) {
    for (const auto& group : part.pattern.groups) variables.push_back(group.second);
    variables.push_back(part.pattern.end);
  }
  return variables;
}

// Steps of so many nodes are remembered.
constexpr std::size_t kMostKnown = 100'000;

std::uint64_t keyOf(std::uint32_t part, NodeId node) { return std::uint64_t{part} << 32 | node; }

}  // namespace

PathSearch::PathSearch(Common common, Spec spec, std::vector<Part> parts, Layout whole, Predicates predicates)
    : Step{std::move(common)},
      spec_{spec},
      parts_{std::move(parts)},
      automaton_{automatonOf(parts_)},
      whole_{std::move(whole)},
      predicates_{std::move(predicates)},
      bound_{boundBy(spec_.path, parts_)},
      carry_{input().layout(), layout()} {}

std::unique_ptr<Operator::State> PathSearch::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  state->predicates = predicates_.open(worker);
  state->forwards.resize(parts_.size());
  state->backwards.resize(parts_.size());
  state->checks.resize(parts_.size());
  state->distances.memory.use(worker.context.memory);
  return state;
}

// Arguments of an inner plan around this one may have changed.
void PathSearch::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = false;
  local.distances.origin = kNoNode;
  local.known.clear();
  local.ends.clear();
}

bool PathSearch::nextInput(Worker& worker, Local& state) const {
  if (!input().next(worker, state.input(), state.in)) return false;
  const auto column = [&](VariableId v) -> const Column& { return state.in.column(input().layout().column(v)); };
  state.from = nodesOf(column(spec_.from), state.in.rows(), state.fromScratch);
  state.to = nodesOf(column(spec_.to), state.in.rows(), state.toScratch);
  orderRows(state);
  state.place = 0;
  state.hasInput = true;
  return true;
}

// Distances are measured from the end of which the batch has fewer, once for all rows with the same.
void PathSearch::orderRows(Local& state) const {
  const auto count = [](std::span<const NodeId> nodes) {
    return std::unordered_set<NodeId>{nodes.begin(), nodes.end()}.size();
  };
  state.fromTheEnd = count(state.to) < count(state.from);
  const auto ends = state.fromTheEnd ? state.to : state.from;
  state.order.resize(ends.size());
  std::iota(state.order.begin(), state.order.end(), RowIndex{0});
  std::stable_sort(state.order.begin(), state.order.end(), [&](RowIndex a, RowIndex b) { return ends[a] < ends[b]; });
}

bool PathSearch::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  local.rows = std::make_shared<Selection>();
  local.columns.assign(bound_.size(), {});
  for (; local.place < local.in.rows() && local.rows->size() < worker.context.options.batchRows; ++local.place) {
    local.row = local.order[local.place];
    search(worker, local);
  }
  if (local.place == local.in.rows()) local.hasInput = false;
  finish(local, out);
  return true;
}

void PathSearch::search(Worker& worker, Local& state) const {
  const NodeId from = state.from[state.row], to = state.to[state.row];
  if (from == kNoNode || to == kNoNode) return;
  chooseOrigin(worker, state);
  if (state.known.size() > kMostKnown) state.known.clear();
  measureUntilReached(worker, state);
  const Distances& d = state.distances;
  const std::uint32_t shortest = d.backwards ? d.at(automaton_.first(), from) : d.at(automaton_.last(), to);
  if (shortest == Distances::kUnknown) return;
  std::uint64_t paths = 0, groups = 0;
  for (std::uint32_t length = shortest;; ++length) {
    measure(worker, state, length);
    const std::uint64_t before = paths;
    const bool longer = searchLength(worker, state, length, paths);
    if (paths > before) ++groups;
    if (!longer || paths >= spec_.choice.paths || groups >= spec_.choice.groups) return;
  }
}

// Makes the paths of one length, in the direction against that of the distances; false if there are none that are
// longer.
bool PathSearch::searchLength(Worker& worker, Local& state, std::uint32_t length, std::uint64_t& paths) const {
  const Distances& d = state.distances;
  const bool backwards = !d.backwards;
  const auto goal = backwards ? automaton_.first() : automaton_.last();
  state.length = length;
  state.longer = false;
  state.chosen.clear();
  state.used.clear();
  state.frames.clear();
  state.frames.push_back(
      {backwards ? automaton_.last() : automaton_.first(), (backwards ? state.to : state.from)[state.row]});
  while (!state.frames.empty()) {
    if ((++state.steps & 0xFFF) == 0 && worker.context.cancellation) worker.context.cancellation->check();
    Frame& frame = state.frames.back();
    const bool arrived = !std::exchange(frame.seen, true) && frame.state == goal && frame.node == d.origin &&
                         state.used.size() == length;
    if (arrived && take(worker, state) && ++paths >= spec_.choice.paths) break;
    if (frame.options != nullptr && frame.option < frame.options->size()) {
      tryOption(state, frame);
    } else if (frame.move < automaton_.moves(frame.state, backwards).size()) {
      tryMove(worker, state, frame);
    } else {
      leave(state);
    }
  }
  return state.longer;
}

// Whether the origin can be reached from a place within the length, by so many relationships and the shortest way on.
bool PathSearch::mayEnter(Local& state, PathAutomaton::State place, NodeId node, std::size_t hops) const {
  const std::uint32_t left = state.distances.at(place, node);
  if (left == Distances::kUnknown) {
    state.longer = state.longer || !state.distances.exhausted;
    return false;
  }
  state.longer = state.longer || hops + left > state.length;
  return hops + left <= state.length;
}

// The next repetition of the step that the frame stands before. May invalidate `frame`.
void PathSearch::tryOption(Local& state, Frame& frame) const {
  const Move& move = automaton_.moves(frame.state, !state.distances.backwards)[frame.move - 1];
  const Repetition& repetition = (*frame.options)[frame.option++];
  const auto& more = repetition.relationships;
  const auto isUsed = [&](const Relationship& r) {
    return std::find(state.used.begin(), state.used.end(), r) != state.used.end();
  };
  const bool stands = more.empty() && move.to == frame.state && repetition.end == frame.node;
  if (stands || (!spec_.walks && std::any_of(more.begin(), more.end(), isUsed))) return;
  if (!more.empty() && !mayStand(state, repetition.end)) return;
  if (!mayEnter(state, move.to, repetition.end, state.used.size() + more.size())) return;
  state.used.insert(state.used.end(), more.begin(), more.end());
  state.chosen.emplace_back(move.part, &repetition);
  state.frames.push_back({move.to, repetition.end, true});
}

// The next move of the frame's state. May invalidate `frame`.
void PathSearch::tryMove(Worker& worker, Local& state, Frame& frame) const {
  const Move& move = automaton_.moves(frame.state, !state.distances.backwards)[frame.move++];
  frame.options = nullptr;
  if (move.step) {
    frame.options = &repetitions(worker, state, move.part, frame.node);
    frame.option = 0;
  } else if (mayEnter(state, move.to, frame.node, state.used.size()) && mayEnd(worker, state, move.part, frame.node)) {
    state.frames.push_back({move.to, frame.node});
  }
}

// Whether a step may lead to a node, as far as the ends of the steps before tell.
bool PathSearch::mayStand(const Local& state, NodeId node) const {
  if (spec_.nodes == bind::NodeRule::kAny) return true;
  const NodeId start = state.frames.front().node;
  const bool over = !state.used.empty() && state.frames.back().node == start;
  if (over || (node == start && spec_.nodes == bind::NodeRule::kDistinct)) return false;
  return node == start ||
         std::none_of(state.frames.begin(), state.frames.end(), [&](const Frame& frame) { return frame.node == node; });
}

void PathSearch::leave(Local& state) const {
  if (state.frames.back().byStep) {
    state.used.resize(state.used.size() - state.chosen.back().second->relationships.size());
    state.chosen.pop_back();
  }
  state.frames.pop_back();
}

bool PathSearch::mayEnd(Worker& worker, Local& state, std::uint32_t part, NodeId node) const {
  const auto& check = parts_[part].check;
  if (!check) return true;
  const auto [known, isNew] = state.ends.try_emplace(keyOf(part, node));
  if (!isNew) return known->second;
  std::unique_ptr<State>& run = state.checks[part];
  startPlan(worker, state, *check, run, {&node, 1});
  Batch rows;
  known->second = check->inner.root->next(worker, *run, rows);
  return known->second;
}

const std::vector<PathSearch::Repetition>& PathSearch::repetitions(Worker& worker, Local& state, std::uint32_t part,
                                                                   NodeId node) const {
  const auto known = state.known.find(keyOf(part, node));
  if (known != state.known.end()) return known->second;
  return state.known.emplace(keyOf(part, node), run(worker, state, part, node)).first->second;
}

std::vector<PathSearch::Repetition> PathSearch::run(Worker& worker, Local& state, std::uint32_t part,
                                                    NodeId node) const {
  const auto& pattern = parts_[part].pattern;
  const bool backwards = !state.distances.backwards;
  const NodePlan& plan = backwards ? parts_[part].backwards : parts_[part].forwards;
  std::unique_ptr<State>& inner = (backwards ? state.backwards : state.forwards)[part];
  startPlan(worker, state, plan, inner, {&node, 1});
  const Layout& layout = plan.inner.root->layout();
  std::vector<Repetition> found;
  Batch rows;
  while (plan.inner.root->next(worker, *inner, rows)) {
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      const auto value = [&](VariableId v) { return rows.column(layout.column(v)).value(i); };
      Repetition repetition;
      repetition.end = value(backwards ? pattern.left : pattern.right).node();
      for (const VariableId v : pattern.relationships) {
        const Value r = value(v);
        if (r.is(ValueKind::kRelationship)) repetition.relationships.push_back(r.relationship());
        if (!r.is(ValueKind::kList)) continue;
        for (const Value& element : r.list()) repetition.relationships.push_back(element.relationship());
      }
      for (const auto& group : pattern.groups) repetition.groups.push_back(value(group.first));
      const std::uint64_t times = rows.multiplicity().empty() ? 1 : rows.multiplicity()[i];
      found.insert(found.end(), times, repetition);
    }
  }
  return found;
}

// What the path at hand binds: the path, and part by part its groups and the node after it.
void PathSearch::bindValues(Local& state) const {
  auto chosen = state.chosen;
  if (!state.distances.backwards) std::reverse(chosen.begin(), chosen.end());
  std::vector<Relationship> relationships;
  for (const auto& [part, repetition] : chosen) {
    relationships.insert(relationships.end(), repetition->relationships.begin(), repetition->relationships.end());
  }
  Path path = pathAlong(state.from[state.row], relationships);
  state.values.assign(1, {});
  std::size_t hops = 0, place = 0;  // of the path, in `chosen`
  for (std::uint32_t p = 0; p < parts_.size(); ++p) {
    const std::size_t first = place;
    for (; place < chosen.size() && chosen[place].first == p; ++place) {
      hops += chosen[place].second->relationships.size();
    }
    for (std::size_t g = 0; g < parts_[p].pattern.groups.size(); ++g) {
      List steps;
      for (std::size_t i = first; i < place; ++i) steps.push_back(chosen[i].second->groups[g]);
      state.values.push_back(parts_[p].pattern.repeated ? Value{std::move(steps)} : steps.front());
    }
    state.values.push_back(Value::node(path.nodes[hops]));
  }
  state.values[0] = std::move(path);
}

// The path at hand becomes a row, if it satisfies the conditions.
bool PathSearch::take(Worker& worker, Local& state) const {
  bindValues(state);
  if (!satisfies(worker, state)) return false;
  state.rows->push_back(static_cast<RowIndex>(state.row));
  for (std::size_t i = 0; i < bound_.size(); ++i) {
    if (layout().has(bound_[i])) state.columns[i].push_back(std::move(state.values[i]));
  }
  return true;
}

bool PathSearch::satisfies(Worker& worker, Local& state) const {
  if (predicates_.empty()) return true;
  Batch row{whole_.size()};
  for (ColumnIndex i = 0; i < state.in.columns(); ++i) {
    if (state.in.column(i).data) row.setColumn(i, state.in.column(i));
  }
  row.select(std::make_shared<Selection>(1, static_cast<RowIndex>(state.row)));
  for (std::size_t i = 0; i < bound_.size(); ++i) {
    if (!whole_.has(bound_[i])) continue;
    auto vector = std::make_shared<Vector>(Vector::Kind::kValue, 1);
    vector->set(0, state.values[i]);
    row.setColumn(whole_.column(bound_[i]), std::move(vector));
  }
  predicates_.filter(worker, *state.predicates, row);
  return !row.empty();
}

void PathSearch::finish(Local& state, Batch& out) const {
  carry_.apply(state.in, out);
  const std::size_t count = state.rows->size();
  out.select(std::exchange(state.rows, nullptr));
  for (std::size_t i = 0; i < bound_.size(); ++i) {
    if (!layout().has(bound_[i])) continue;
    auto vector = std::make_shared<Vector>(Vector::Kind::kValue, count);
    std::move(state.columns[i].begin(), state.columns[i].end(), vector->data<Value>().begin());
    out.setColumn(layout().column(bound_[i]), std::move(vector));
  }
}

}  // namespace plexus::exec
