#include "core/plan/order/enumerate.h"

#include <algorithm>
#include <limits>

#include "core/plan/order/cost.h"

namespace plexus::plan {

namespace {

constexpr double kLeastRows = 1e-3;

std::size_t find(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

}  // namespace

std::vector<Component> componentsOf(const QueryGraph& graph) {
  std::vector<std::size_t> parent(graph.nodes.size());
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = i;
  for (const auto& edge : graph.edges) {
    if (edge.kind != GraphEdge::Kind::kShortest) parent[find(parent, edge.left)] = find(parent, edge.right);
  }
  std::vector<Component> out;
  std::vector<std::size_t> at(parent.size(), QueryGraph::kNone);
  for (std::size_t i = 0; i < parent.size(); ++i) {
    const std::size_t root = find(parent, i);
    if (at[root] == QueryGraph::kNone) {
      at[root] = out.size();
      out.emplace_back();
    }
    out[at[root]].nodes.push_back(i);
  }
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    if (graph.edges[e].kind == GraphEdge::Kind::kShortest) continue;
    out[at[find(parent, graph.edges[e].left)]].edges.push_back(e);
  }
  std::erase_if(out, [&](const Component& c) { return c.edges.empty() && graph.nodes[c.nodes[0]].inShortest; });
  return out;
}

JoinEnumerator::JoinEnumerator(const QueryGraph& graph, const Component& component, const Estimator& estimator,
                               const VariableSet& input, double inputRows, const JoinChoices& choices)
    : graph_{graph},
      component_{component},
      estimator_{estimator},
      input_{input},
      inputRows_{inputRows},
      choices_{choices},
      nodeRows_(graph.nodes.size(), 1),
      edgeSelectivity_(graph.edges.size(), 1),
      edgesAt_(graph.nodes.size()) {
  for (auto n : component.nodes) nodeRows_[n] = estimator.nodes(graph.nodes[n].labels);
  for (auto e : component.edges) {
    const GraphEdge& edge = graph.edges[e];
    edgesReadInput_ = edgesReadInput_ || edge.needs.meets(input);
    edgeSelectivity_[e] = estimator.selectivity(graph, edge);
    if (!isBound(edge)) {
      edgesAt_[edge.left].push_back(e);
      if (edge.left != edge.right) edgesAt_[edge.right].push_back(e);
      continue;
    }
    edgeSelectivity_[e] = 1;  // its ends are given
    for (auto n : {edge.left, edge.right}) {
      if (!graph.nodes[n].bound) edgeSelectivity_[e] /= nodeRows_[n];
    }
  }
  for (const auto& predicate : graph.predicates) require(predicate);
}

void JoinEnumerator::requireVariable(VariableId variable, Requirement& out) const {
  for (auto n : component_.nodes) {
    if (graph_.nodes[n].variable == variable) {
      out.nodes.set(n);
      return;
    }
  }
  for (auto e : component_.edges) {
    const GraphEdge& edge = graph_.edges[e];
    bool own = edge.variable == variable;
    if (edge.quantified) {
      for (const auto& group : edge.quantified->groups) own = own || group.second == variable;
    }
    if (own) {
      out.edges.set(e);
      return;
    }
  }
  (input_.has(variable) ? out.input : out.elsewhere) = true;
}

void JoinEnumerator::require(const GraphPredicate& predicate) {
  VariableSet reads = predicate.reads;
  for (const auto& path : graph_.paths) {
    if (!reads.has(path.variable)) continue;
    reads.remove(path.variable);
    reads |= path.reads;
  }
  Requirement out;
  for (auto v : reads.list()) requireVariable(v, out);
  if (out.elsewhere || (out.nodes.none() && out.edges.none())) return;
  out.selectivity = estimator_.selectivity(predicate.expression);
  requirements_.push_back(out);
}

double JoinEnumerator::rows(const Elements& nodes, const Elements& solved, bool usesInput) const {
  double product = usesInput ? inputRows_ : 1;
  for (auto n : component_.nodes) {
    if (nodes.test(n) && !(usesInput && graph_.nodes[n].bound)) product *= nodeRows_[n];
  }
  for (auto e : component_.edges) {
    if (solved.test(e)) product *= edgeSelectivity_[e];
  }
  for (const auto& r : requirements_) {
    if ((r.nodes & nodes) == r.nodes && (r.edges & solved) == r.edges && (usesInput || !r.input)) {
      product *= r.selectivity;
    }
  }
  return std::max(kLeastRows, product);
}

const JoinStep* JoinEnumerator::keep(JoinStep step) {
  step.rows = rows(step.nodes, step.solved, step.usesInput);
  steps_.push_back(std::move(step));
  return &steps_.back();
}

JoinStep JoinEnumerator::after(const JoinStep* step) const {
  JoinStep next;
  next.input = step;
  next.nodes = step->nodes;
  next.solved = step->solved;
  next.usesInput = step->usesInput;
  next.cost = step->cost;
  return next;
}

// --- Where to start -------------------------------------------------------------------------------------------------

std::vector<const JoinStep*> JoinEnumerator::starts() {
  std::vector<const JoinStep*> out;
  JoinStep input;
  input.usesInput = true;
  bool anyBound = false;
  for (auto n : component_.nodes) {
    if (graph_.nodes[n].bound) input.nodes.set(n);
  }
  for (auto e : component_.edges) anyBound = anyBound || isBound(graph_.edges[e]);
  const bool fromInput = anyBound || input.nodes.any();
  const JoinStep* inputStep = keep(std::move(input));
  if (fromInput) out.push_back(inputStep);
  for (auto n : component_.nodes) {
    if (graph_.nodes[n].bound) continue;
    addNodeStarts(n, nullptr, out);
    if (!fromInput) addNodeStarts(n, inputStep, out);
  }
  for (auto e : component_.edges) addRelationshipScan(e, out);
  return out;
}

bool JoinEnumerator::mayStart(const StartPoint& start) const {
  const auto& hints = graph_.seekHints;
  return choices_.indexSeek || start.kind != StartPoint::Kind::kIndex ||
         std::find(hints.begin(), hints.end(), graph_.nodes[start.node].variable) != hints.end();
}

// Without `input`: what stands alone. With it: what reads its rows; scans only where nothing else would do.
void JoinEnumerator::addNodeStarts(std::size_t node, const JoinStep* input, std::vector<const JoinStep*>& out) {
  for (auto& start : startPoints(graph_, node, estimator_)) {
    if (!mayStart(start)) continue;
    const bool scan = start.kind == StartPoint::Kind::kScan;
    const bool reads = !start.reads.empty();
    if (reads && (!input || !start.reads.within(input_))) continue;
    if (!reads && input && !(scan && edgesReadInput_)) continue;
    JoinStep step = input ? after(input) : JoinStep{};
    step.kind = JoinStep::Kind::kStart;
    step.node = node;
    step.nodes.set(node);
    const double inputs = input ? inputRows_ : 1;
    step.cost += scan ? cost::product(inputs, cost::scan(start.rows)) : cost::seek(inputs, inputs * start.rows);
    step.start = std::move(start);
    out.push_back(keep(std::move(step)));
  }
}

void JoinEnumerator::addRelationshipScan(std::size_t e, std::vector<const JoinStep*>& out) {
  const GraphEdge& edge = graph_.edges[e];
  if (!choices_.relationshipScan) return;
  if (edge.kind != GraphEdge::Kind::kSimple || edge.left == edge.right || !edge.needs.empty()) return;
  if (graph_.nodes[edge.left].bound || graph_.nodes[edge.right].bound) return;
  JoinStep step;
  step.kind = JoinStep::Kind::kRelationshipScan;
  step.edges = {e};
  step.nodes.set(edge.left);
  step.nodes.set(edge.right);
  step.solved.set(e);
  const double touched =
      estimator_.relationships(nullptr, edge.relationship->types, edge.relationship->direction, nullptr);
  double labels = 0;
  for (auto n : {edge.left, edge.right}) labels += graph_.nodes[n].labels ? 1 : 0;
  step.cost = 2 * cost::scan(touched) + cost::filter(touched, 2 * labels);
  out.push_back(keep(std::move(step)));
}

// --- One step further -----------------------------------------------------------------------------------------------

bool JoinEnumerator::walkable(const JoinStep& step, std::size_t e) const {
  const GraphEdge& edge = graph_.edges[e];
  if (step.solved.test(e)) return false;
  if (isBound(edge) && !step.usesInput) return false;
  const bool anchored = step.nodes.test(edge.left) || step.nodes.test(edge.right);
  if (!anchored && !(isBound(edge) && edge.kind == GraphEdge::Kind::kSimple)) return false;
  if (edge.needs.empty()) return true;
  VariableSet there = step.usesInput ? input_ : VariableSet{};
  for (auto n : component_.nodes) {
    if (step.nodes.test(n)) there.add(graph_.nodes[n].variable);
  }
  for (auto other : component_.edges) {
    if (step.solved.test(other)) there.add(graph_.edges[other].variable);
  }
  return edge.needs.within(there);
}

const JoinStep* JoinEnumerator::expand(const JoinStep* step, std::size_t e) {
  const GraphEdge& edge = graph_.edges[e];
  JoinStep next = after(step);
  next.edges = {e};
  const bool left = step->nodes.test(edge.left), right = step->nodes.test(edge.right);
  next.kind = left || right ? JoinStep::Kind::kExpand : JoinStep::Kind::kRelationshipEnds;
  const double fromLeft = estimator_.fanOut(graph_, edge, true), fromRight = estimator_.fanOut(graph_, edge, false);
  next.fromLeft = left && (!right || fromLeft <= fromRight);
  next.nodes.set(edge.left);
  next.nodes.set(edge.right);
  next.solved.set(e);
  const double fan = next.fromLeft ? fromLeft : fromRight;
  const double out = rows(next.nodes, next.solved, next.usesInput);
  if (isBound(edge)) {
    next.cost += 2 * step->rows;
  } else if (left && right && edge.kind == GraphEdge::Kind::kSimple) {
    next.cost += cost::expandInto(step->rows, std::min(fromLeft, fromRight));
  } else {
    next.cost += cost::expand(step->rows, step->rows * fan, out);
  }
  return keep(std::move(next));
}

// All simple edges between `node` and nodes that are there, if there are two or more of them, to different nodes.
const JoinStep* JoinEnumerator::intersect(const JoinStep* step, std::size_t node) {
  if (edgesAt_[node].size() < 2) return nullptr;
  JoinStep next = after(step);
  Elements ends;
  double shortest = std::numeric_limits<double>::infinity();
  for (auto e : edgesAt_[node]) {
    const GraphEdge& edge = graph_.edges[e];
    if (edge.kind != GraphEdge::Kind::kSimple || edge.left == edge.right || !walkable(*step, e)) continue;
    const std::size_t other = edge.left == node ? edge.right : edge.left;
    if (ends.test(other)) continue;
    ends.set(other);
    next.edges.push_back(e);
    next.solved.set(e);
    shortest = std::min(shortest, estimator_.fanOut(graph_, edge, edge.left == other));
  }
  if (next.edges.size() < 2) return nullptr;
  next.kind = JoinStep::Kind::kIntersect;
  next.node = node;
  next.nodes.set(node);
  const double out = rows(next.nodes, next.solved, next.usesInput);
  next.cost += cost::intersect(step->rows, static_cast<double>(next.edges.size()), shortest, out);
  return keep(std::move(next));
}

std::vector<const JoinStep*> JoinEnumerator::extensions(const JoinStep* step) {
  std::vector<const JoinStep*> out;
  for (auto e : component_.edges) {
    if (walkable(*step, e)) out.push_back(expand(step, e));
  }
  for (auto n : component_.nodes) {
    if (step->nodes.test(n) || !choices_.intersect) continue;
    if (const JoinStep* next = intersect(step, n)) out.push_back(next);
  }
  return out;
}

const JoinStep* JoinEnumerator::hashJoin(const JoinStep* a, const JoinStep* b) {
  if ((a->nodes & b->nodes).none() || (a->usesInput && b->usesInput)) return nullptr;
  if (a->rows < b->rows) std::swap(a, b);
  JoinStep next = after(a);
  next.kind = JoinStep::Kind::kHashJoin;
  next.other = b;
  next.nodes |= b->nodes;
  next.solved |= b->solved;
  next.usesInput = a->usesInput || b->usesInput;
  next.cost += b->cost + cost::hashJoin(a->rows, b->rows, rows(next.nodes, next.solved, next.usesInput));
  return keep(std::move(next));
}

// --- Search ---------------------------------------------------------------------------------------------------------

const JoinStep* JoinEnumerator::better(const JoinStep* a, const JoinStep* b) const {
  if (!a || !b) return a ? a : b;
  return (b->cost < a->cost) == choices_.cheapest ? b : a;
}

const JoinStep* JoinEnumerator::exhaustive() {
  const std::size_t edges = component_.edges.size(), sets = std::size_t{1} << edges;
  std::vector<const JoinStep*> table[2] = {std::vector<const JoinStep*>(sets), std::vector<const JoinStep*>(sets)};
  const auto setOf = [&](const JoinStep& step) {
    std::size_t set = 0;
    for (std::size_t i = 0; i < edges; ++i) set |= step.solved.test(component_.edges[i]) ? std::size_t{1} << i : 0;
    return set;
  };
  const auto offer = [&](const JoinStep* step) {
    if (!step) return;
    const JoinStep*& slot = table[step->usesInput ? 1 : 0][setOf(*step)];
    slot = better(slot, step);
  };
  for (const JoinStep* start : starts()) {
    if (start->solved.any() || edges == 0) {
      offer(start);
      continue;
    }
    for (const JoinStep* next : extensions(start)) offer(next);
  }
  for (std::size_t set = 1; set < sets; ++set) {
    for (std::size_t part = (set - 1) & set; part > 0 && choices_.hashJoin; part = (part - 1) & set) {
      const JoinStep* independent = table[0][set ^ part];
      if (!independent) continue;
      if (table[1][part]) offer(hashJoin(table[1][part], independent));
      if (table[0][part] && part < (set ^ part)) offer(hashJoin(table[0][part], independent));
    }
    for (const auto& side : table) {
      if (!side[set] || set + 1 == sets) continue;
      for (const JoinStep* next : extensions(side[set])) offer(next);
    }
  }
  const JoinStep* alone = joinedToInput(table[0][sets - 1]);
  const JoinStep* withInput = table[1][sets - 1];
  if (!alone || !withInput) return alone ? alone : withInput;
  const double product = alone->cost + (alone->usesInput ? 0 : cost::product(inputRows_, alone->rows));
  return (product < withInput->cost) == choices_.cheapest ? alone : withInput;
}

// What was found without the input rows holds only where it meets the nodes that those have.
const JoinStep* JoinEnumerator::joinedToInput(const JoinStep* step) {
  if (!step || step->usesInput) return step;
  JoinStep input;
  input.usesInput = true;
  for (auto n : component_.nodes) {
    if (graph_.nodes[n].bound) input.nodes.set(n);
  }
  return input.nodes.none() ? step : hashJoin(keep(std::move(input)), step);
}

const JoinStep* JoinEnumerator::cross(const JoinStep* step) {
  const JoinStep* best = nullptr;
  for (auto n : component_.nodes) {
    if (step->nodes.test(n)) continue;
    for (auto& start : startPoints(graph_, n, estimator_)) {
      if (start.kind != StartPoint::Kind::kScan) continue;
      JoinStep next = after(step);
      next.kind = JoinStep::Kind::kStart;
      next.node = n;
      next.nodes.set(n);
      next.cost += cost::product(step->rows, cost::scan(start.rows));
      next.start = std::move(start);
      best = better(best, keep(std::move(next)));
    }
  }
  return best;
}

const JoinStep* JoinEnumerator::greedyFrom(const JoinStep* step) {
  while (step->solved.count() < component_.edges.size()) {
    const JoinStep* next = nullptr;
    for (const JoinStep* candidate : extensions(step)) {
      const auto weight = [](const JoinStep* s) { return s->cost + s->rows; };
      if (!next || weight(candidate) < weight(next)) next = candidate;
    }
    if (!next) next = cross(step);
    if (!next) return nullptr;
    step = next;
  }
  return step;
}

const JoinStep* JoinEnumerator::greedy() {
  std::vector<const JoinStep*> from = starts();
  std::erase_if(from, [&](const JoinStep* start) { return !start->usesInput && edgesReadInput_; });
  std::stable_sort(from.begin(), from.end(),
                   [](const JoinStep* a, const JoinStep* b) { return a->cost + a->rows < b->cost + b->rows; });
  const JoinStep* best = nullptr;
  std::size_t steps = 0;
  for (const JoinStep* start : from) {
    const JoinStep* found = joinedToInput(greedyFrom(start));
    if (found) steps += component_.edges.size();
    best = better(best, found);
    if (steps > kGreedySteps) break;
  }
  return best;
}

const JoinStep* JoinEnumerator::best() {
  const JoinStep* found = component_.edges.size() <= kExhaustive ? exhaustive() : greedy();
  return found ? found : greedy();
}

}  // namespace plexus::plan
