#include "core/plan/build_pattern.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/plan/build_path_search.h"

namespace plexus::plan {

namespace {

LogicalPtr emptyRow() { return Planning::argument({}); }

bool isWithin(const VariableSet& reads, const VariableSet& variables) {
  return !reads.empty() && reads.within(variables);
}

// A key is computed once for each row of its side, before the sides meet.
bool mayBeKey(const ExpressionPtr& e) {
  bool plain = isDeterministic(e);
  forEachSubquery(e, [&](const bind::Subquery&) { plain = false; });
  return plain;
}

// All candidates can only be made where there is an end to them.
void requireEnd(const bind::PatternGraph& graph, const bind::PatternPath& path) {
  using Kind = bind::PatternPath::Step::Kind;
  for (const auto& step : path.steps) {
    const bind::Length* length = nullptr;
    if (step.kind == Kind::kQuantified) length = &graph.quantified[step.index].length;
    if (step.kind == Kind::kRelationship && graph.relationships[step.index].length) {
      length = &*graph.relationships[step.index].length;
    }
    if (length == nullptr || !length->walks || length->max) continue;
    throw Error{ErrorType::kSemanticError, Phase::kCompile, "",
                "a walk may repeat relationships without end, and here all walks between the ends have to be made: "
                "give an upper bound, as in {1,5}, or name nothing between the ends that is bound before"};
  }
}

// Whether the paths are those of a PathSearch. Over a single relationship pattern the shortest ones are found from both
// ends at once; but not the next longer ones.
bool isSearched(const GraphEdge& edge) {
  using Kind = ast::PathSelectorKind;
  if (!edge.relationship) return true;
  const bind::ShortestPath& pattern = *edge.shortest;
  if (pattern.kind == Kind::kShortestPathFunction || pattern.kind == Kind::kAllShortestPathsFunction) return false;
  const bool several = pattern.kind == Kind::kShortestGroups || pattern.k > 1;
  return several || edge.relationship->length.value_or(bind::Length{}).min > 1;
}

std::vector<VariableId> commonVariables(const PartialPlan& a, const PartialPlan& b) {
  return (a.variables & b.variables).list();
}

}  // namespace

LogicalPtr PatternBuilder::build(LogicalPtr input, const VariableSet& bound) {
  applied_.assign(graph_.predicates.size(), false);
  built_.assign(graph_.paths.size(), false);
  plan_ = {std::move(input), bound, {}, 1};
  plan_.rows = plan_.root->estimatedRows;
  settle(plan_, plan_.rows);
  empty_ = plan_.root->kind() == LogicalKind::kArgument && bound.empty();
  solveComponents();
  solveShortest();
  finishPaths();
  return std::move(plan_.root);
}

// The component that leaves the fewest rows comes first: it may give others something to seek by.
void PatternBuilder::solveComponents() {
  std::vector<Component> left = componentsOf(graph_);
  while (!left.empty()) {
    std::size_t chosen = 0;
    std::unique_ptr<JoinEnumerator> bestOrder;
    const JoinStep* best = nullptr;
    double least = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      auto order = std::make_unique<JoinEnumerator>(graph_, left[i], planning_.estimator(), plan_.variables, plan_.rows,
                                                    planning_.joinChoices());
      const JoinStep* step = order->best();
      if (!step) continue;  // it reads what another component finds
      const double rows = step->usesInput ? step->rows : rowsWith(left[i], *step);
      if (best && step->cost + rows >= least) continue;
      least = step->cost + rows;
      best = step;
      bestOrder = std::move(order);
      chosen = i;
    }
    if (!best) {
      throw Error{ErrorType::kSemanticError, Phase::kCompile, "",
                  "parts of the pattern read variables of each other: neither can be matched first"};
    }
    const double rows = rowsWith(left[chosen], *best);
    PartialPlan made = make(*best);
    if (best->usesInput || empty_) {
      plan_ = std::move(made);
      settle(plan_, plan_.rows);
    } else {
      plan_ = combine(std::move(plan_), std::move(made), rows);
    }
    empty_ = false;
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
}

VariableSet PatternBuilder::variablesOf(const Component& component) const {
  VariableSet out;
  for (auto n : component.nodes) out.add(graph_.nodes[n].variable);
  for (auto e : component.edges) {
    const GraphEdge& edge = graph_.edges[e];
    out.add(edge.variable);
    if (!edge.quantified) continue;
    for (const auto& group : edge.quantified->groups) out.add(group.second);
  }
  return out;
}

double PatternBuilder::rowsWith(const Component& component, const JoinStep& step) const {
  return estimatedPairs(plan_.rows, step.rows, equalitiesBetween(plan_.variables, variablesOf(component)));
}

// --- Steps ----------------------------------------------------------------------------------------------------------

void PatternBuilder::put(PartialPlan& plan, LogicalPtr op, double rows) const {
  if (plan.root) op->children.insert(op->children.begin(), std::move(plan.root));
  op->estimatedRows = rows;
  plan.variables |= introducedBy(*op);
  plan.root = std::move(op);
  plan.rows = rows;
}

PartialPlan PatternBuilder::make(const JoinStep& step) {
  switch (step.kind) {
    case JoinStep::Kind::kInput: {
      PartialPlan plan = std::move(plan_);
      plan_ = {};
      return plan;
    }
    case JoinStep::Kind::kStart:
      return makeStart(step);
    case JoinStep::Kind::kRelationshipScan:
    case JoinStep::Kind::kRelationshipEnds:
      return makeRelationship(step);
    case JoinStep::Kind::kExpand:
      return makeExpand(step);
    case JoinStep::Kind::kIntersect:
      return makeIntersect(step);
    case JoinStep::Kind::kHashJoin:
      return makeHashJoin(step);
  }
  return {};
}

PartialPlan PatternBuilder::makeStart(const JoinStep& step) {
  const StartPoint& start = step.start;
  const GraphNode& node = graph_.nodes[step.node];
  PartialPlan plan;
  if (step.input) plan = make(*step.input);
  if (start.kind == StartPoint::Kind::kScan) {
    auto scan = std::make_unique<NodeScan>();
    scan->variable = node.variable;
    scan->labels = node.labels;
    PartialPlan leaf;
    put(leaf, std::move(scan), start.rows);
    if (!plan.root) {
      settle(leaf, step.rows);
      return leaf;
    }
    return combine(std::move(plan), std::move(leaf), step.rows);
  }
  if (!plan.root) plan.root = emptyRow();
  const double found = std::max(1e-3, plan.rows * start.rows);
  if (start.kind == StartPoint::Kind::kId) {
    auto seek = std::make_unique<NodeByIdSeek>();
    seek->variable = node.variable;
    seek->ids = start.low;
    put(plan, std::move(seek), found);
  } else {
    auto seek = std::make_unique<IndexSeek>();
    seek->seek = start.seek;
    seek->variable = node.variable;
    seek->index = start.index.id;
    seek->indexName = start.index.name;
    seek->label = start.label;
    seek->properties = start.index.properties;
    seek->values = start.values;
    seek->low = start.low;
    seek->high = start.high;
    seek->lowInclusive = start.lowInclusive;
    seek->highInclusive = start.highInclusive;
    for (auto p : start.consumed) applied_[p] = true;
    put(plan, std::move(seek), found);
  }
  const bool exact = start.kind == StartPoint::Kind::kIndex && node.labels->kind == bind::BoundLabels::Kind::kName;
  if (node.labels && !exact) {
    plan.root = planning_.planFilter({makeLabelCheck(node.variable, node.labels)}, std::move(plan.root));
  }
  settle(plan, step.rows);
  return plan;
}

PartialPlan PatternBuilder::makeRelationship(const JoinStep& step) {
  const GraphEdge& edge = graph_.edges[step.edges[0]];
  PartialPlan plan;
  if (step.input) plan = make(*step.input);
  auto scan = std::make_unique<RelationshipScan>();
  scan->relationship = edge.variable;
  scan->from = graph_.nodes[edge.left].variable;
  scan->to = graph_.nodes[edge.right].variable;
  scan->types = edge.relationship->types;
  scan->direction = edge.relationship->direction;
  scan->bound = step.kind == JoinStep::Kind::kRelationshipEnds;
  const double rows =
      scan->bound ? plan.rows : planning_.estimator().relationships(nullptr, scan->types, scan->direction, nullptr);
  put(plan, std::move(scan), rows);
  plan.solved.set(step.edges[0]);
  std::vector<ExpressionPtr> labels;
  for (auto n : {edge.left, edge.right}) {
    if (graph_.nodes[n].labels) labels.push_back(makeLabelCheck(graph_.nodes[n].variable, graph_.nodes[n].labels));
  }
  if (!labels.empty()) plan.root = planning_.planFilter(std::move(labels), std::move(plan.root));
  settle(plan, step.rows);
  return plan;
}

PartialPlan PatternBuilder::makeExpand(const JoinStep& step) {
  PartialPlan plan = make(*step.input);
  const GraphEdge& edge = graph_.edges[step.edges[0]];
  if (edge.kind == GraphEdge::Kind::kVarLength) return makeVarLength(step, std::move(plan));
  if (edge.kind == GraphEdge::Kind::kQuantified) return makeQuantified(step, std::move(plan));
  const GraphNode& from = graph_.nodes[step.fromLeft ? edge.left : edge.right];
  const GraphNode& to = graph_.nodes[step.fromLeft ? edge.right : edge.left];
  auto expand = std::make_unique<Expand>();
  expand->from = from.variable;
  expand->to = to.variable;
  expand->relationship = edge.variable;
  expand->into = plan.variables.has(to.variable);
  expand->relationshipBound = plan.variables.has(edge.variable);
  expand->types = edge.relationship->types;
  expand->direction = step.fromLeft ? edge.relationship->direction : reverse(edge.relationship->direction);
  if (!expand->into) expand->toLabels = to.labels;
  expand->differentFrom = differentFrom(step.edges[0], plan.solved);
  put(plan, std::move(expand), step.rows);
  plan.solved.set(step.edges[0]);
  settle(plan, step.rows);
  return plan;
}

// The operators know labels of the far end, so this is for other conditions: one scan, up to the first node that will
// do, where more steps than that are to be expected.
void PatternBuilder::requireFarEnd(PartialPlan& plan, const JoinStep& step) const {
  const GraphEdge& edge = graph_.edges[step.edges[0]];
  const GraphNode& to = graph_.nodes[step.fromLeft ? edge.right : edge.left];
  VariableSet labelReads;
  addReads(to.labels, labelReads);
  std::vector<ExpressionPtr> conditions;
  for (std::size_t i = 0; i < graph_.predicates.size(); ++i) {
    const GraphPredicate& predicate = graph_.predicates[i];
    if (!applied_[i] && isWithin(predicate.reads, {to.variable}) && mayBeKey(predicate.expression)) {
      conditions.push_back(predicate.expression);
    }
  }
  const double candidates = planning_.estimator().nodes(to.labels);
  const double steps = plan.rows * planning_.estimator().fanOut(graph_, edge, step.fromLeft);
  if (conditions.empty() || !labelReads.empty() || plan.variables.has(to.variable) || steps < candidates) return;
  auto scan = std::make_unique<NodeScan>();
  scan->variable = to.variable;
  scan->labels = to.labels;
  scan->estimatedRows = candidates;
  auto first = std::make_unique<Limit>();
  first->limit = makeInteger(1);
  first->children.push_back(planning_.planFilter(std::move(conditions), std::move(scan)));
  auto hidden = std::make_unique<Distinct>();  // without keys: a row without columns, if there is one
  hidden->children.push_back(std::move(first));
  auto product = std::make_unique<CartesianProduct>();
  product->children.push_back(std::move(hidden));
  put(plan, std::move(product), plan.rows);
}

PartialPlan PatternBuilder::makeVarLength(const JoinStep& step, PartialPlan plan) {
  requireFarEnd(plan, step);
  const GraphEdge& edge = graph_.edges[step.edges[0]];
  const GraphNode& from = graph_.nodes[step.fromLeft ? edge.left : edge.right];
  const GraphNode& to = graph_.nodes[step.fromLeft ? edge.right : edge.left];
  auto expand = std::make_unique<VarLengthExpand>();
  expand->from = from.variable;
  expand->to = to.variable;
  expand->relationships = edge.variable;
  expand->into = plan.variables.has(to.variable);
  expand->relationshipsBound = plan.variables.has(edge.variable);
  expand->reversed = !step.fromLeft;
  expand->types = edge.relationship->types;
  expand->direction = step.fromLeft ? edge.relationship->direction : reverse(edge.relationship->direction);
  expand->length = *edge.relationship->length;
  if (!expand->into) expand->toLabels = to.labels;
  expand->stepVariable = edge.relationship->stepVariable;
  expand->stepPredicates = edge.relationship->stepPredicates;
  expand->differentFrom = differentFrom(step.edges[0], plan.solved);
  put(plan, std::move(expand), step.rows);
  plan.solved.set(step.edges[0]);
  settle(plan, step.rows);
  return plan;
}

PartialPlan PatternBuilder::makeQuantified(const JoinStep& step, PartialPlan plan) {
  requireFarEnd(plan, step);
  const GraphEdge& edge = graph_.edges[step.edges[0]];
  const bind::QuantifiedPattern& pattern = *edge.quantified;
  const GraphNode& from = graph_.nodes[step.fromLeft ? edge.left : edge.right];
  const GraphNode& to = graph_.nodes[step.fromLeft ? edge.right : edge.left];
  const auto& inner = pattern.graph->nodes;
  auto expand = std::make_unique<QuantifiedExpand>();
  expand->from = from.variable;
  expand->to = to.variable;
  expand->into = plan.variables.has(to.variable);
  expand->innerFrom = inner[step.fromLeft ? pattern.innerLeft : pattern.innerRight].variable;
  expand->innerTo = inner[step.fromLeft ? pattern.innerRight : pattern.innerLeft].variable;
  expand->length = pattern.length;
  for (const auto& r : pattern.graph->relationships) expand->innerRelationships.push_back(r.variable);
  expand->groups = pattern.groups;
  expand->relationships = edge.variable;
  expand->reversed = !step.fromLeft;
  if (!expand->into) expand->toLabels = to.labels;
  expand->differentFrom = differentFrom(step.edges[0], plan.solved);
  expand->outer = (edge.needs & plan.variables).list();
  std::vector<VariableId> outer = expand->outer;
  outer.insert(outer.begin(), expand->innerFrom);
  LogicalPtr repetition = planning_.planPattern({pattern.graph.get()}, {}, Planning::argument(outer));
  expand->children.push_back(std::move(repetition));
  put(plan, std::move(expand), step.rows);
  plan.solved.set(step.edges[0]);
  settle(plan, step.rows);
  return plan;
}

PartialPlan PatternBuilder::makeIntersect(const JoinStep& step) {
  PartialPlan plan = make(*step.input);
  auto intersect = std::make_unique<MultiwayIntersect>();
  intersect->to = graph_.nodes[step.node].variable;
  intersect->toLabels = graph_.nodes[step.node].labels;
  Elements solved = plan.solved;
  for (auto e : step.edges) {
    const GraphEdge& edge = graph_.edges[e];
    const bool fromLeft = edge.right == step.node;
    MultiwayIntersect::Leg leg;
    leg.from = graph_.nodes[fromLeft ? edge.left : edge.right].variable;
    leg.relationship = edge.variable;
    leg.types = edge.relationship->types;
    leg.direction = fromLeft ? edge.relationship->direction : reverse(edge.relationship->direction);
    leg.differentFrom = differentFrom(e, solved);
    solved.set(e);
    intersect->legs.push_back(std::move(leg));
  }
  put(plan, std::move(intersect), step.rows);
  plan.solved = solved;
  settle(plan, step.rows);
  return plan;
}

PartialPlan PatternBuilder::makeHashJoin(const JoinStep& step) {
  PartialPlan left = make(*step.input);
  PartialPlan right = make(*step.other);
  auto join = std::make_unique<HashJoin>();
  join->keys = commonVariables(left, right);
  join->different = differentPairs(left.solved, right.solved);
  join->children.push_back(std::move(right.root));
  put(left, std::move(join), step.rows);
  left.variables |= right.variables;
  left.solved |= right.solved;
  settle(left, step.rows);
  return left;
}

std::vector<Equality> PatternBuilder::equalitiesBetween(const VariableSet& left, const VariableSet& right) const {
  std::vector<Equality> out;
  if (!planning_.joinChoices().hashJoin) return out;
  for (std::size_t i = 0; i < graph_.predicates.size(); ++i) {
    const bind::Function* call = applied_[i] ? nullptr : asCall(graph_.predicates[i].expression, "=");
    if (!call || !mayBeKey(graph_.predicates[i].expression)) continue;
    const ExpressionPtr &a = call->arguments[0], &b = call->arguments[1];
    const VariableSet readsA = readsOf(a), readsB = readsOf(b);
    if (isWithin(readsA, left) && isWithin(readsB, right)) {
      out.push_back({a, b, i});
    } else if (isWithin(readsB, left) && isWithin(readsA, right)) {
      out.push_back({b, a, i});
    }
  }
  return out;
}

// At least one side's keys are taken to differ, if statistics do not tell more.
double PatternBuilder::estimatedPairs(double left, double right, const std::vector<Equality>& equalities) const {
  if (equalities.empty()) return left * right;
  double share = 1 / std::max(1.0, std::min(left, right));
  for (const Equality& equality : equalities) {
    share = std::min(share, planning_.estimator().selectivity(graph_.predicates[equality.predicate].expression));
  }
  return left * right * share;
}

// One variable for both sides' values: what the join's key is.
VariableId PatternBuilder::addKey(PartialPlan& left, PartialPlan& right, const Equality& equality) {
  const VariableId key = planning_.newVariable("key", equality.left->type.common(equality.right->type));
  for (auto [plan, expression] : {std::pair{&left, equality.left}, std::pair{&right, equality.right}}) {
    auto project = std::make_unique<Project>();
    project->items.push_back({expression, key});
    put(*plan, std::move(project), plan->rows);
  }
  applied_[equality.predicate] = true;
  return key;
}

PartialPlan PatternBuilder::combine(PartialPlan left, PartialPlan right, double rows) {
  const auto different = differentPairs(left.solved, right.solved);
  const auto equalities = equalitiesBetween(left.variables, right.variables);
  const double pairs = estimatedPairs(left.rows, right.rows, equalities);
  LogicalPtr combined;
  if (equalities.empty()) {
    auto product = std::make_unique<CartesianProduct>();
    product->different = different;
    combined = std::move(product);
  } else {
    auto join = std::make_unique<HashJoin>();
    join->different = different;
    for (const Equality& equality : equalities) join->keys.push_back(addKey(left, right, equality));
    combined = std::move(join);
  }
  combined->children.push_back(std::move(right.root));
  put(left, std::move(combined), pairs);
  left.variables |= right.variables;
  left.solved |= right.solved;
  settle(left, rows);
  return left;
}

// --- Shortest paths -------------------------------------------------------------------------------------------------

void PatternBuilder::solveShortest() {
  for (const auto& edge : graph_.edges) {
    if (edge.kind == GraphEdge::Kind::kShortest) addShortest(edge);
  }
}

void PatternBuilder::addShortest(const GraphEdge& edge) {
  if (isSearched(edge) && planning_.enabled("path-search")) {
    if (LogicalPtr search = makePathSearch(planning_, edge, plan_.variables)) {
      put(plan_, std::move(search), plan_.rows);
      return settle(plan_, plan_.rows);
    }
  }
  const bind::ShortestPath& pattern = *edge.shortest;
  auto shortest = std::make_unique<ShortestPath>();
  shortest->from = graph_.nodes[edge.left].variable;
  shortest->to = graph_.nodes[edge.right].variable;
  shortest->selector = pattern.kind;
  shortest->k = pattern.k;
  shortest->path = pattern.path.variable;
  if (edge.relationship) {
    const bind::PatternRelationship& r = *edge.relationship;
    const bool turned = pattern.path.steps[1].reversed;
    shortest->relationships = r.variable;
    shortest->types = r.types;
    shortest->direction = turned ? reverse(r.direction) : r.direction;
    shortest->length = r.length.value_or(bind::Length{1, 1});
    shortest->single = !r.length;
    shortest->stepVariable = r.stepVariable;
    shortest->stepPredicates = r.stepPredicates;
    shortest->pathPredicates = pattern.predicates;
  } else {
    if (shortest->path == bind::kNoVariable) {
      shortest->path = planning_.newVariable("path", Type{TypeKind::kPath});
    }
    bind::ShortestPath named = pattern;
    named.path.variable = shortest->path;
    GraphEdge candidates = edge;
    candidates.shortest = &named;
    shortest->children.push_back(enumerateShortest(candidates, shortest->outer));
  }
  put(plan_, std::move(shortest), plan_.rows);
  settle(plan_, plan_.rows);
}

// All paths of the pattern between the two ends, which the operator chooses from.
LogicalPtr PatternBuilder::enumerateShortest(const GraphEdge& edge, std::vector<VariableId>& outer) {
  bind::PatternGraph inside = *edge.source;
  requireEnd(inside, edge.shortest->path);
  inside.shortest.clear();
  inside.paths = {edge.shortest->path};
  inside.predicates = edge.shortest->predicates;
  std::vector<bool> relationships(inside.relationships.size()), quantified(inside.quantified.size());
  for (const auto& step : edge.shortest->path.steps) {
    if (step.kind == bind::PatternPath::Step::Kind::kRelationship) relationships[step.index] = true;
    if (step.kind == bind::PatternPath::Step::Kind::kQuantified) quantified[step.index] = true;
  }
  // What does not belong to this path is turned off, so that indexes stay as they are.
  for (std::size_t i = 0; i < relationships.size(); ++i) inside.relationships[i].inShortest = !relationships[i];
  for (std::size_t i = 0; i < quantified.size(); ++i) inside.quantified[i].inShortest = !quantified[i];
  VariableSet ends{graph_.nodes[edge.left].variable, graph_.nodes[edge.right].variable};
  for (const auto& node : inside.nodes) {
    if (plan_.variables.has(node.variable)) ends.add(node.variable);
  }
  outer = (ends | (edge.needs & plan_.variables)).list();
  return planning_.planPattern({&inside}, {}, Planning::argument(outer));
}

// --- Predicates and paths -------------------------------------------------------------------------------------------

bool PatternBuilder::reachable(const GraphPredicate& predicate, const VariableSet& there) const {
  VariableSet reads = predicate.reads - there;
  for (const auto& path : graph_.paths) {
    if (reads.has(path.variable) && path.reads.within(there)) reads.remove(path.variable);
  }
  return reads.empty();
}

void PatternBuilder::addPath(PartialPlan& plan, const GraphPath& path) {
  auto build = std::make_unique<BuildPath>();
  build->path = path.variable;
  build->steps = path.steps;
  put(plan, std::move(build), plan.rows);
}

void PatternBuilder::settle(PartialPlan& plan, double rows) {
  std::vector<ExpressionPtr> ready;
  double share = 1;
  for (std::size_t i = 0; i < graph_.predicates.size(); ++i) {
    const GraphPredicate& predicate = graph_.predicates[i];
    if (applied_[i] || !reachable(predicate, plan.variables)) continue;
    for (std::size_t p = 0; p < graph_.paths.size(); ++p) {
      if (built_[p] || !predicate.reads.has(graph_.paths[p].variable)) continue;
      addPath(plan, graph_.paths[p]);
      built_[p] = true;
    }
    applied_[i] = true;
    ready.push_back(predicate.expression);
    share *= planning_.estimator().selectivity(predicate.expression);
  }
  if (ready.empty()) {
    plan.rows = rows;
    plan.root->estimatedRows = rows;
    return;
  }
  plan.root->estimatedRows = std::max(plan.root->estimatedRows, rows / std::max(share, 1e-6));
  plan.root = planning_.planFilter(std::move(ready), std::move(plan.root));
  plan.root->estimatedRows = rows;
  plan.rows = rows;
}

void PatternBuilder::finishPaths() {
  for (std::size_t p = 0; p < graph_.paths.size(); ++p) {
    if (!built_[p]) addPath(plan_, graph_.paths[p]);
    built_[p] = true;
  }
  settle(plan_, plan_.rows);
}

// --- Differences ----------------------------------------------------------------------------------------------------

std::vector<VariableId> PatternBuilder::differentFrom(std::size_t edge, const Elements& solved) const {
  // A component that starts from the rows so far must also differ from what those have solved.
  std::vector<VariableId> out;
  for (auto other : graph_.edges[edge].different) {
    if (solved.test(other)) out.push_back(graph_.edges[other].variable);
  }
  return out;
}

std::vector<std::pair<VariableId, VariableId>> PatternBuilder::differentPairs(const Elements& left,
                                                                              const Elements& right) const {
  std::vector<std::pair<VariableId, VariableId>> out;
  for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
    if (!left.test(e)) continue;
    for (auto other : graph_.edges[e].different) {
      if (right.test(other)) out.emplace_back(graph_.edges[e].variable, graph_.edges[other].variable);
    }
  }
  return out;
}

}  // namespace plexus::plan
