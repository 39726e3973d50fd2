// How far places of a PathSearch are from one of its ends.
#include <algorithm>

#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/expand/path_search_state.h"

namespace plexus::exec {
namespace {

constexpr std::size_t kNodesAtOnce = 2048;

template <typename Visit>
void forEachPiece(std::span<const NodeId> nodes, Visit visit) {
  for (std::size_t i = 0; i < nodes.size(); i += kNodesAtOnce) {
    visit(nodes.subspan(i, std::min(kNodesAtOnce, nodes.size() - i)));
  }
}

// A relationship, or the list that a relationship of variable length is.
std::uint32_t hopsOf(const Value& value) {
  return value.is(ValueKind::kList) ? static_cast<std::uint32_t>(value.list().size()) : 1;
}

}  // namespace

void PathSearch::Distances::start(bool isBackwards, NodeId from, PathAutomaton::State state, std::size_t states,
                                  std::size_t bound) {
  for (const Level& level : levels) {
    for (const auto& [place, node] : level.places) known[place][node] = kUnknown;
  }
  levels.clear();
  backwards = isBackwards;
  origin = from;
  nodeBound = bound;
  complete = 0;
  exhausted = false;
  known.resize(states);
  reach(state, from, 0);
}

std::vector<PathSearch::Distances::Place> PathSearch::Distances::takeNew(std::uint32_t level,
                                                                         std::size_t& taken) const {
  const auto& places = levels[level].places;
  std::vector<Place> some(places.begin() + static_cast<std::ptrdiff_t>(taken), places.end());
  taken = places.size();
  std::erase_if(some, [&](const Place& place) { return at(place.first, place.second) < level; });
  return some;
}

void PathSearch::Distances::reach(PathAutomaton::State state, NodeId node, std::uint32_t distance) {
  auto& byNode = known[state];
  if (byNode.size() < nodeBound) {
    bytes += (nodeBound - byNode.size()) * sizeof(std::uint32_t);
    memory.grow(bytes);
    byNode.resize(nodeBound, kUnknown);
  }
  if (byNode[node] <= distance) return;
  byNode[node] = distance;
  if (levels.size() <= distance) levels.resize(distance + 1);
  levels[distance].places.emplace_back(state, node);
}

// What is known stays as long as the rows have the same end to measure from.
void PathSearch::chooseOrigin(Worker& worker, Local& state) const {
  const NodeId from = state.from[state.row], to = state.to[state.row];
  Distances& d = state.distances;
  const bool stays = !spec_.readsRow && !worker.context.transaction;
  const bool backwards = state.fromTheEnd;
  if (stays && d.backwards == backwards && d.origin == (backwards ? to : from)) return;
  if (!stays) {
    state.known.clear();
    state.ends.clear();
  }
  if (backwards != d.backwards) state.known.clear();
  d.start(backwards, backwards ? to : from, backwards ? automaton_.last() : automaton_.first(), automaton_.states(),
          worker.context.view.nodeBound());
}

void PathSearch::measure(Worker& worker, Local& state, std::uint32_t length) const {
  Distances& d = state.distances;
  while (d.complete <= length && !d.exhausted) {
    if (worker.context.cancellation) worker.context.cancellation->check();
    if (d.complete > 0) stepLevel(worker, state, d.complete - 1);
    if (d.levels.size() <= d.complete) {
      d.exhausted = true;
      return;
    }
    passLevel(worker, state, d.complete);
    ++d.complete;
  }
}

void PathSearch::measureUntilReached(Worker& worker, Local& state) const {
  const Distances& d = state.distances;
  const auto place = d.backwards ? automaton_.first() : automaton_.last();
  const NodeId node = d.backwards ? state.from[state.row] : state.to[state.row];
  while (!d.exhausted && (d.at(place, node) == Distances::kUnknown || d.at(place, node) >= d.complete)) {
    measure(worker, state, d.complete);
  }
}

// Calls `visit` for each state of the level's places from `first` on with the nodes there.
template <typename Visit>
static void forEachState(std::vector<std::pair<PathAutomaton::State, NodeId>> places, Visit visit) {
  std::sort(places.begin(), places.end());
  std::vector<NodeId> nodes;
  for (std::size_t i = 0; i < places.size();) {
    const PathAutomaton::State state = places[i].first;
    nodes.clear();
    for (; i < places.size() && places[i].first == state; ++i) nodes.push_back(places[i].second);
    visit(state, nodes);
  }
}

void PathSearch::passLevel(Worker& worker, Local& state, std::uint32_t level) const {
  Distances& d = state.distances;
  while (d.levels[level].passed < d.levels[level].places.size()) {
    forEachState(d.takeNew(level, d.levels[level].passed), [&](PathAutomaton::State at, std::span<const NodeId> nodes) {
      for (const Move& move : automaton_.moves(at, d.backwards)) {
        if (!move.step) pass(worker, state, move, nodes, level);
      }
    });
  }
}

// Steps of no relationship at all lead to places of the same level.
void PathSearch::stepLevel(Worker& worker, Local& state, std::uint32_t level) const {
  Distances& d = state.distances;
  while (d.levels[level].stepped < d.levels[level].places.size()) {
    forEachState(d.takeNew(level, d.levels[level].stepped),
                 [&](PathAutomaton::State at, std::span<const NodeId> nodes) {
                   for (const Move& move : automaton_.moves(at, d.backwards)) {
                     if (move.step) step(worker, state, move, nodes, level);
                   }
                 });
    passLevel(worker, state, level);
  }
}

void PathSearch::pass(Worker& worker, Local& state, const Move& move, std::span<const NodeId> nodes,
                      std::uint32_t level) const {
  const auto& check = parts_[move.part].check;
  if (!check) {
    for (const NodeId node : nodes) state.distances.reach(move.to, node, level);
    return;
  }
  const Layout& layout = check->inner.root->layout();
  std::vector<NodeId> scratch;
  Batch rows;
  forEachPiece(nodes, [&](std::span<const NodeId> piece) {
    std::unique_ptr<State>& run = state.checks[move.part];
    startPlan(worker, state, *check, run, piece);
    while (check->inner.root->next(worker, *run, rows)) {
      const auto kept = nodesOf(rows.column(layout.column(check->start)), rows.rows(), scratch);
      for (const NodeId node : kept) state.distances.reach(move.to, node, level);
    }
  });
}

void PathSearch::step(Worker& worker, Local& state, const Move& move, std::span<const NodeId> nodes,
                      std::uint32_t level) const {
  const Part& part = parts_[move.part];
  const bool backwards = state.distances.backwards;
  const NodePlan& plan = backwards ? part.backwards : part.forwards;
  std::unique_ptr<State>& run = (backwards ? state.backwards : state.forwards)[move.part];
  const Layout& layout = plan.inner.root->layout();
  const VariableId end = backwards ? part.pattern.left : part.pattern.right;
  std::vector<NodeId> scratch;
  Batch rows;
  forEachPiece(nodes, [&](std::span<const NodeId> piece) {
    if (worker.context.cancellation) worker.context.cancellation->check();
    startPlan(worker, state, plan, run, piece);
    while (plan.inner.root->next(worker, *run, rows)) {
      const auto ends = nodesOf(rows.column(layout.column(end)), rows.rows(), scratch);
      touch(ends.size());
      for (std::size_t i = 0; i < ends.size(); ++i) {
        std::uint32_t hops = 0;
        for (const VariableId r : part.pattern.relationships) {
          const Column& column = rows.column(layout.column(r));
          hops += column.data->kind() == Vector::Kind::kRelationship ? 1 : hopsOf(column.value(i));
        }
        state.distances.reach(move.to, ends[i], level + hops);
      }
    }
  });
}

void PathSearch::startPlan(Worker& worker, Local& state, const NodePlan& plan, std::unique_ptr<State>& run,
                           std::span<const NodeId> nodes) const {
  Batch arguments{plan.arguments.size()};
  for (ColumnIndex i = 0; i < plan.arguments.size(); ++i) {
    const VariableId v = plan.arguments[i];
    if (v != plan.start) arguments.setColumn(i, state.in.column(input().layout().column(v)));
  }
  arguments.select(std::make_shared<Selection>(nodes.size(), static_cast<RowIndex>(state.row)));
  auto starts = std::make_shared<Vector>(Vector::Kind::kNode, nodes.size());
  std::copy(nodes.begin(), nodes.end(), starts->data<NodeId>().begin());
  const auto place = std::find(plan.arguments.begin(), plan.arguments.end(), plan.start);
  arguments.setColumn(static_cast<ColumnIndex>(place - plan.arguments.begin()), std::move(starts));
  startInner(plan.inner, worker, run, std::move(arguments));
}

}  // namespace plexus::exec
