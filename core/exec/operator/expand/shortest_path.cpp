#include "core/exec/operator/expand/shortest_path.h"

#include <algorithm>
#include <limits>

#include "core/base/error.h"

namespace plexus::exec {
namespace {

constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint32_t kUnreached = std::numeric_limits<std::uint32_t>::max();

// The hops from a node to some others, or only one of them: the shorter of both lists is sought in the other.
void hopsInto(std::span<const Way> ways, NodeId node, std::span<const NodeId> ends, bool all, std::vector<Hop>& out) {
  for (const Way& way : ways) {
    const auto list = way.neighbours(node);
    const auto add = [&](std::size_t place) {
      out.push_back({list[place], way.relationship(node, list[place], way.adjacency.relationships(node)[place])});
    };
    if (ends.size() < list.size()) {
      for (const NodeId end : ends) {
        const auto [first, last] = std::equal_range(list.begin(), list.end(), end);
        for (auto at = first; at != last; ++at) {
          add(static_cast<std::size_t>(at - list.begin()));
          if (!all) return;
        }
      }
      continue;
    }
    for (std::size_t place = 0; place < list.size(); ++place) {
      if (!std::binary_search(ends.begin(), ends.end(), list[place])) continue;
      add(place);
      if (!all) return;
    }
  }
}

}  // namespace

PathChoice PathChoice::of(ast::PathSelectorKind selector, std::uint64_t k) {
  using Kind = ast::PathSelectorKind;
  switch (selector) {
    case Kind::kAllShortest:
      return {kAny, 1, false};
    case Kind::kAllShortestPathsFunction:
      return {kAny, 1, true};
    case Kind::kShortestK:
      return {k, kAny, false};
    case Kind::kShortestGroups:
      return {kAny, k, false};
    case Kind::kShortestPathFunction:
      return {1, 1, true};
    case Kind::kAny:  // any will do, so the shortest
      if (k > 1) return {k, kAny, false};
      return {1, 1, false};
    case Kind::kAnyShortest:
      return {1, 1, false};
    case Kind::kNone:
    case Kind::kAll:
      return {kAny, kAny, false};
  }
  return {1, 1, false};
}

struct ShortestPath::Local final : InputState {
  StepRule::Walker walker;
  std::unique_ptr<Predicates::Scratch> predicates;
  ShortestSearch bothWays;
  bool bound = false;
  Batch in;
  bool hasInput = false;
  std::vector<NodeId> fromScratch, toScratch;
  std::span<const NodeId> from, to;
  std::size_t row = 0;

  TrailSearch trails;
  std::vector<std::uint32_t> distance;  // to the end, while searching by length
  std::vector<NodeId> measured;

  // The rows being made.
  std::shared_ptr<Selection> rows;
  std::vector<Value> relationships, paths;
};

ShortestPath::ShortestPath(Common common, Spec spec, StepRule rule, Layout layout, Predicates predicates)
    : Step{std::move(common)},
      spec_{spec},
      rule_{std::move(rule)},
      predicateLayout_{std::move(layout)},
      predicates_{std::move(predicates)},
      carry_{input().layout(), this->layout()} {}

std::unique_ptr<Operator::State> ShortestPath::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  state->walker.open(rule_, worker);
  state->predicates = predicates_.open(worker);
  return state;
}

void ShortestPath::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = false;
}

bool ShortestPath::nextInput(Worker& worker, Local& state) const {
  if (!input().next(worker, state.input(), state.in)) return false;
  if (!state.bound || worker.context.transaction) state.walker.bind(worker);
  state.bound = true;
  const auto column = [&](VariableId v) -> const Column& { return state.in.column(input().layout().column(v)); };
  state.from = nodesOf(column(spec_.from), state.in.rows(), state.fromScratch);
  state.to = nodesOf(column(spec_.to), state.in.rows(), state.toScratch);
  state.row = 0;
  state.hasInput = true;
  return true;
}

bool ShortestPath::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  local.rows = std::make_shared<Selection>();
  local.relationships.clear();
  local.paths.clear();
  for (; local.row < local.in.rows() && local.rows->size() < worker.context.options.batchRows; ++local.row) {
    search(worker, local);
  }
  if (local.row == local.in.rows()) local.hasInput = false;
  finish(local, out);
  return true;
}

void ShortestPath::search(Worker& worker, Local& state) const {
  const NodeId from = state.from[state.row], to = state.to[state.row];
  if (from == kNoNode || to == kNoNode) return;
  Taken taken;
  if (from == to && spec_.minimum == 0 && satisfies(worker, state, {})) {
    emit(state, {});
    taken = {1, 1};
    if (spec_.choice.paths == 1 || spec_.choice.groups == 1) return;
  }
  if (from == to && spec_.choice.isFunction && spec_.minimum > 0) {
    throwRuntime(ErrorType::kArgumentError, "InvalidArgumentValue",
                 "shortestPath() needs two different nodes: exclude equal ones (`WHERE a <> b`), or use `SHORTEST 1`, "
                 "which finds cycles too");
  }
  if (from == to && spec_.choice.isFunction) return;
  if (from != to && spec_.choice.groups == 1 && spec_.minimum <= 1 && predicates_.empty()) {
    searchBothWays(worker, state, from, to);
  } else {
    searchByLength(worker, state, taken);
  }
}

void ShortestPath::searchBothWays(Worker& worker, Local& state, NodeId from, NodeId to) const {
  std::vector<Hop> scratch;
  const auto tested = [&](NodeId node, bool backwards) -> const std::vector<Hop>& {
    scratch.clear();
    state.walker.hops(worker, state.in, state.row, node, backwards, {}, scratch);
    return scratch;
  };
  const auto ways = [&](bool backwards) {
    return (backwards ? state.walker.backward(worker) : state.walker.forward()).ways();
  };
  const auto hops = [&](NodeId node, bool backwards, std::span<const NodeId> ends, std::vector<Hop>& out) {
    if (!rule_.hasPredicates()) return hopsInto(ways(backwards), node, ends, spec_.choice.paths > 1, out);
    for (const Hop& hop : tested(node, backwards)) {
      if (std::binary_search(ends.begin(), ends.end(), hop.to)) out.push_back(hop);
    }
  };
  const auto neighbours = [&](NodeId node, bool backwards, const ShortestSearch::Visit& visit) {
    if (rule_.hasPredicates()) {
      for (const Hop& hop : tested(node, backwards)) visit({&hop.to, 1});
      return;
    }
    for (const Way& way : ways(backwards)) {
      if (const auto list = way.neighbours(node); !list.empty()) visit(list);
    }
  };
  const auto found =
      state.bothWays.find(from, to, spec_.maximum, spec_.choice.paths > 1, worker.context.view.nodeBound(), neighbours,
                          hops, worker.context.cancellation);
  for (const Trail& trail : found) emit(state, trail);
}

// The distance of every node to `to`, up to the longest path allowed.
void ShortestPath::measure(Worker& worker, Local& state, NodeId to) const {
  state.distance.resize(worker.context.view.nodeBound(), kUnreached);
  for (const NodeId node : state.measured) state.distance[node] = kUnreached;
  state.measured.assign(1, to);
  state.distance[to] = 0;
  std::vector<Hop> hops;
  for (std::size_t i = 0; i < state.measured.size(); ++i) {
    const NodeId node = state.measured[i];
    const std::uint32_t next = state.distance[node] + 1;
    if (next > spec_.maximum) break;
    hops.clear();
    state.walker.hops(worker, state.in, state.row, node, true, {}, hops);
    for (const Hop& hop : hops) {
      if (state.distance[hop.to] != kUnreached) continue;
      state.distance[hop.to] = next;
      state.measured.push_back(hop.to);
    }
  }
}

// All trails of one length; false if there is none that is longer.
bool ShortestPath::searchLength(Worker& worker, Local& state, std::uint64_t length, std::uint64_t& paths) const {
  const NodeId to = state.to[state.row];
  bool longer = false;
  std::size_t steps = 0;
  const auto hops = [&](NodeId node, std::vector<Hop>& out) {
    state.walker.hops(worker, state.in, state.row, node, false, {}, out);
  };
  const auto enter = [&](const Hop& hop, std::size_t depth) {
    if ((++steps & 0xFFFF) == 0 && worker.context.cancellation) worker.context.cancellation->check();
    const std::uint32_t left = state.distance[hop.to];
    if (left == kUnreached) return false;
    longer = longer || depth + left > length || depth == length;
    return depth + left <= length;
  };
  state.trails.start(state.from[state.row], length, length, spec_.walks, spec_.nodes);
  while (paths < spec_.choice.paths && state.trails.next(hops, enter)) {
    if (state.trails.end() != to) continue;
    const auto found = state.trails.relationships();
    const Trail trail{found.begin(), found.end()};
    if (!satisfies(worker, state, trail)) continue;
    emit(state, trail);
    ++paths;
  }
  return longer;
}

void ShortestPath::searchByLength(Worker& worker, Local& state, Taken taken) const {
  const NodeId from = state.from[state.row], to = state.to[state.row];
  measure(worker, state, to);
  if (state.distance[from] == kUnreached) return;
  const std::uint64_t shortest = std::max<std::uint64_t>({spec_.minimum, state.distance[from], 1});
  for (std::uint64_t length = shortest; length <= spec_.maximum; ++length) {
    const std::uint64_t before = taken.paths;
    const bool longer = searchLength(worker, state, length, taken.paths);
    if (taken.paths > before) ++taken.groups;
    if (!longer || taken.paths >= spec_.choice.paths || taken.groups >= spec_.choice.groups) return;
  }
}

Value ShortestPath::relationshipsOf(const Trail& trail) const {
  return spec_.single ? Value{trail.front()} : Value{List{trail.begin(), trail.end()}};
}

bool ShortestPath::satisfies(Worker& worker, Local& state, const Trail& trail) const {
  if (predicates_.empty()) return true;
  Batch row{predicateLayout_.size()};
  for (ColumnIndex i = 0; i < state.in.columns(); ++i) {
    if (state.in.column(i).data) row.setColumn(i, state.in.column(i));
  }
  row.select(std::make_shared<Selection>(1, static_cast<RowIndex>(state.row)));
  const auto set = [&](VariableId variable, const Value& value) {
    if (!predicateLayout_.has(variable)) return;
    auto vector = std::make_shared<Vector>(Vector::Kind::kValue, 1);
    vector->set(0, value);
    row.setColumn(predicateLayout_.column(variable), std::move(vector));
  };
  set(spec_.relationships, relationshipsOf(trail));
  set(spec_.path, pathAlong(state.from[state.row], trail));
  predicates_.filter(worker, *state.predicates, row);
  return !row.empty();
}

void ShortestPath::emit(Local& state, const Trail& trail) const {
  state.rows->push_back(static_cast<RowIndex>(state.row));
  if (layout().has(spec_.relationships)) state.relationships.push_back(relationshipsOf(trail));
  if (layout().has(spec_.path)) state.paths.emplace_back(pathAlong(state.from[state.row], trail));
}

void ShortestPath::finish(Local& state, Batch& out) const {
  carry_.apply(state.in, out);
  const std::size_t count = state.rows->size();
  out.select(std::exchange(state.rows, nullptr));
  const auto set = [&](VariableId variable, std::vector<Value>& values) {
    if (!layout().has(variable)) return;
    auto vector = std::make_shared<Vector>(Vector::Kind::kValue, count);
    std::move(values.begin(), values.end(), vector->data<Value>().begin());
    out.setColumn(layout().column(variable), std::move(vector));
  };
  set(spec_.relationships, state.relationships);
  set(spec_.path, state.paths);
}

}  // namespace plexus::exec
