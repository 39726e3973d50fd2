#include "core/exec/operator/expand/multiway_intersect.h"

#include <bit>

#include "core/exec/operator/expand/trails.h"

namespace plexus::exec {
namespace {

constexpr std::uint8_t kFull = 255;

}  // namespace

// One leg's list of the current row.
struct MultiwayIntersect::Side {
  Neighbourhood ways;
  std::vector<NodeId> fromScratch;
  std::span<const NodeId> from;
  Differing::Rows excluded;

  NodeId node = kNoNode;
  std::size_t length = 0;       // entries of the node's lists, exclusions included
  std::vector<NodeId> without;  // targets of excluded entries
  std::vector<Run> runs;        // made when needed: exclusions cut out
  bool hasRuns = false;
  std::vector<Hop> hops;  // as runs, one list by target

  // How often each node is in the lists of `marked`, exclusions included.
  std::vector<std::uint8_t> marks;
  NodeId marked = kNoNode;
  bool markable = true;

  std::uint32_t markOf(NodeId n) const {
    std::uint32_t count = marks[n];
    for (const NodeId w : without) count -= w == n ? 1 : 0;
    return count;
  }
  void mark(NodeId bound) {
    if (marks.size() < bound) marks.assign(bound, 0);
    unmark();
    marked = node;
    for (const Way& way : ways.ways()) {
      for (const NodeId n : way.neighbours(node)) {
        if (way.skipLoops && n == node) continue;
        if (++marks[n] == kFull) markable = false;
      }
    }
    if (!markable) unmark();
  }
  void unmark() {
    if (marked == kNoNode) return;
    for (const Way& way : ways.ways()) {
      for (const NodeId n : way.neighbours(marked)) marks[n] = 0;
    }
    marked = kNoNode;
  }
  void makeRuns(const NodeSet& targets, std::size_t row) {
    if (hasRuns) return;
    runs.clear();
    ways.runs(node, targets, excluded.of(row), runs);
    hasRuns = true;
  }
  std::uint64_t search(NodeId n) const {
    std::uint64_t count = 0;
    for (const Run& run : runs) {
      const auto [first, last] = std::equal_range(run.neighbours.begin(), run.neighbours.end(), n);
      count += static_cast<std::uint64_t>(last - first);
    }
    return count;
  }
};

struct MultiwayIntersect::Local final : InputState {
  explicit Local(std::size_t legs) : sides(legs), chosen(legs) {}
  bool resolved = false;
  NodeSet targets;
  NodeId bound = 0;
  std::vector<Side> sides;
  Batch in;
  bool hasInput = false;
  std::size_t row = 0;
  // The rows being made.
  std::shared_ptr<Selection> rows;
  std::vector<NodeId> ends;
  std::vector<std::uint64_t> multiplicity;
  std::vector<Relationship> chosen;  // by leg, while combining
  std::vector<std::vector<Relationship>> relationships;
};

MultiwayIntersect::MultiwayIntersect(Common common, VariableId to, NameCondition toLabels, std::vector<Leg> legs)
    : Step{std::move(common)},
      to_{to},
      toLabels_{std::move(toLabels)},
      legs_{std::move(legs)},
      earlierLegs_(legs_.size()),
      carry_{input().layout(), layout()},
      wantsTo_{layout().has(to)} {
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    fromColumns_.push_back(input().layout().column(legs_[i].from));
    differing_.emplace_back(legs_[i].differentFrom, input().layout());
    wantsRelationships_ = wantsRelationships_ || layout().has(legs_[i].relationship);
    for (std::size_t j = 0; j < i; ++j) {
      const auto& different = legs_[i].differentFrom;
      if (std::find(different.begin(), different.end(), legs_[j].relationship) != different.end()) {
        earlierLegs_[i].push_back(j);
      }
    }
  }
}

std::unique_ptr<Operator::State> MultiwayIntersect::open(Worker& worker) const {
  auto state = std::make_unique<Local>(legs_.size());
  openInputs(worker, *state);
  return state;
}

void MultiwayIntersect::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = false;
}

void MultiwayIntersect::resolve(Worker& worker, Local& state) const {
  if (state.resolved && !worker.context.transaction) return;
  state.targets = toLabels_.nodes(worker);
  state.bound = worker.context.view.nodeBound();
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    Side& side = state.sides[i];
    side.marks.clear();
    side.node = side.marked = kNoNode;
    side.ways.bind(worker.context, legs_[i].types.types(worker), legs_[i].direction);
  }
  state.resolved = true;
}

bool MultiwayIntersect::nextInput(Worker& worker, Local& state) const {
  if (!input().next(worker, state.input(), state.in)) return false;
  resolve(worker, state);
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    Side& side = state.sides[i];
    side.from = nodesOf(state.in.column(fromColumns_[i]), state.in.rows(), side.fromScratch);
    side.excluded.read(differing_[i], state.in);
  }
  state.row = 0;
  state.hasInput = true;
  return true;
}

// Looks up the lists of the current row; false if one is empty. A list that the row before had too gets marks.
bool MultiwayIntersect::readRow(Local& state) const {
  for (Side& side : state.sides) {
    const NodeId node = side.from[state.row];
    if (node == kNoNode) return false;
    const bool again = node == side.node;
    side.node = node;
    side.hasRuns = false;
    if (!again) {
      side.length = 0;
      for (const Way& way : side.ways.ways()) side.length += way.neighbours(node).size();
    }
    side.without.clear();
    side.ways.excludedEnds(node, side.excluded.of(state.row), side.without);
    if (side.length == 0) return false;
    if (again && side.marked != node && side.markable) side.mark(state.bound);
  }
  return true;
}

// Two legs can take the same relationship only if they start at the same node (or are loops at it).
bool MultiwayIntersect::legsMayMeet(const Local& state) const {
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    for (const std::size_t j : earlierLegs_[i]) {
      if (state.sides[i].node == state.sides[j].node) return true;
    }
  }
  return false;
}

std::size_t MultiwayIntersect::chooseDriver(const Local& state) const {
  std::size_t best = 0;
  double least = 0;
  for (std::size_t i = 0; i < state.sides.size(); ++i) {
    double probes = 1;
    for (std::size_t j = 0; j < state.sides.size(); ++j) {
      const Side& other = state.sides[j];
      if (j != i && other.marked != other.node) probes += 4.0 * static_cast<double>(std::bit_width(other.length));
    }
    const double cost = probes * static_cast<double>(state.sides[i].length);
    if (i == 0 || cost < least) {
      best = i;
      least = cost;
    }
  }
  return best;
}

// The usual case, without any list of runs: the sum of the marks over the driver's whole lists, less what is excluded
// on either side.
std::uint64_t MultiwayIntersect::countMarked(const Side& driver, const Side& other, const NodeSet& targets) {
  const auto entries = [](std::span<const NodeId> list, NodeId n) {
    const auto [first, last] = std::equal_range(list.begin(), list.end(), n);
    return static_cast<std::uint64_t>(last - first);
  };
  const std::uint8_t* marks = other.marks.data();
  std::uint64_t total = 0;
  for (const Way& way : driver.ways.ways()) {
    const auto list = targets.cut(way.neighbours(driver.node));
    for (const NodeId n : list) total += marks[n];
    if (list.empty()) continue;
    const std::uint64_t loops = way.skipLoops && marks[driver.node] > 0 ? entries(list, driver.node) : 0;
    total -= loops * marks[driver.node];
    for (const NodeId n : other.without) total -= n == driver.node && loops > 0 ? 0 : entries(list, n);
  }
  for (const NodeId n : driver.without) {
    if (targets.contains(n)) total -= other.markOf(n);
  }
  return total;
}

// Goes over the driver's entries; gives them as rows, or returns how many combinations there are.
std::uint64_t MultiwayIntersect::drive(Local& state, std::size_t driver) const {
  touch(state.sides[driver].length);
  const bool test = !state.targets.isRange();
  if (state.sides.size() == 2 && !wantsTo_ && !test) {
    const Side& other = state.sides[1 - driver];
    if (other.marked == other.node) return countMarked(state.sides[driver], other, state.targets);
  }
  for (std::size_t i = 0; i < state.sides.size(); ++i) {
    Side& side = state.sides[i];
    if (i == driver || side.marked != side.node) side.makeRuns(state.targets, state.row);
  }
  std::uint64_t total = 0;
  for (const Run& run : state.sides[driver].runs) {
    for (const NodeId n : run.neighbours) {
      std::uint64_t count = 1;
      for (std::size_t i = 0; i < state.sides.size() && count > 0; ++i) {
        const Side& side = state.sides[i];
        if (i != driver) count *= side.marked == side.node ? side.markOf(n) : side.search(n);
      }
      if (count == 0 || (test && !state.targets.contains(n))) continue;
      total += count;
      if (!wantsTo_) continue;
      state.rows->push_back(static_cast<RowIndex>(state.row));
      state.ends.push_back(n);
      state.multiplicity.push_back(count);
    }
  }
  return total;
}

// All combinations one by one, with their relationships.
void MultiwayIntersect::enumerate(Local& state) const {
  std::size_t least = 0;
  for (std::size_t i = 0; i < state.sides.size(); ++i) {
    Side& side = state.sides[i];
    side.makeRuns(state.targets, state.row);
    side.hops.clear();
    for (const Run& run : side.runs) {
      const auto ids = run.ids();
      for (std::size_t k = 0; k < ids.size(); ++k) {
        side.hops.push_back({run.neighbours[k], run.way->relationship(run.node, run.neighbours[k], ids[k])});
      }
    }
    const auto before = [](const Hop& a, const Hop& b) { return a.to < b.to; };
    touch(side.hops.size());
    if (side.runs.size() > 1) std::stable_sort(side.hops.begin(), side.hops.end(), before);
    if (side.hops.size() < state.sides[least].hops.size()) least = i;
  }
  NodeId last = kNoNode;
  for (const Hop& hop : state.sides[least].hops) {
    if (hop.to != last && state.targets.contains(hop.to)) combine(state, hop.to, 0);
    last = hop.to;
  }
}

void MultiwayIntersect::combine(Local& state, NodeId node, std::size_t leg) const {
  if (leg == legs_.size()) {
    state.rows->push_back(static_cast<RowIndex>(state.row));
    state.ends.push_back(node);
    state.multiplicity.push_back(1);
    for (std::size_t i = 0; i < leg; ++i) state.relationships[i].push_back(state.chosen[i]);
    return;
  }
  const auto& hops = state.sides[leg].hops;
  auto hop = std::lower_bound(hops.begin(), hops.end(), node, [](const Hop& h, NodeId n) { return h.to < n; });
  for (; hop != hops.end() && hop->to == node; ++hop) {
    const auto& earlier = earlierLegs_[leg];
    const auto same = [&](std::size_t i) { return state.chosen[i] == hop->relationship; };
    if (std::any_of(earlier.begin(), earlier.end(), same)) continue;
    state.chosen[leg] = hop->relationship;
    combine(state, node, leg + 1);
  }
}

bool MultiwayIntersect::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  local.rows = std::make_shared<Selection>();
  local.ends.clear();
  local.multiplicity.clear();
  local.relationships.assign(legs_.size(), {});
  for (; local.row < local.in.rows() && local.rows->size() < worker.context.options.batchRows; ++local.row) {
    if (!readRow(local)) continue;
    if (wantsRelationships_ || legsMayMeet(local)) {
      enumerate(local);
      continue;
    }
    const std::uint64_t count = drive(local, chooseDriver(local));
    if (count == 0 || wantsTo_) continue;
    local.rows->push_back(static_cast<RowIndex>(local.row));
    local.multiplicity.push_back(count);
    local.ends.push_back(kNoNode);
  }
  if (local.row == local.in.rows()) local.hasInput = false;
  finish(local, out);
  return true;
}

void MultiwayIntersect::finish(Local& state, Batch& out) const {
  carry_.apply(state.in, out);
  const auto& before = state.in.multiplicity();
  for (std::size_t i = 0; !before.empty() && i < state.multiplicity.size(); ++i) {
    state.multiplicity[i] *= before[(*state.rows)[i]];
  }
  const std::size_t count = state.rows->size();
  out.select(std::exchange(state.rows, nullptr));
  const auto many = [](std::uint64_t m) { return m > 1; };
  const bool repeated = std::any_of(state.multiplicity.begin(), state.multiplicity.end(), many);
  out.setMultiplicity(repeated ? state.multiplicity : std::vector<std::uint64_t>{});
  if (wantsTo_) {
    auto ends = std::make_shared<Vector>(Vector::Kind::kNode, count);
    std::copy(state.ends.begin(), state.ends.end(), ends->data<NodeId>().begin());
    out.setColumn(layout().column(to_), std::move(ends));
  }
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    if (!layout().has(legs_[i].relationship)) continue;
    auto vector = std::make_shared<Vector>(Vector::Kind::kRelationship, count);
    std::copy(state.relationships[i].begin(), state.relationships[i].end(), vector->data<Relationship>().begin());
    out.setColumn(layout().column(legs_[i].relationship), std::move(vector));
  }
}

}  // namespace plexus::exec
