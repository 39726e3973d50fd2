#include "core/plan/build_path_search.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace plexus::plan {
namespace {

using PathStep = bind::PatternPath::Step;

// Repetitions below this are told apart by the search, each as a state of its own.
constexpr std::uint64_t kMostRepetitions = 1000;

class PathSearchBuilder {
 public:
  PathSearchBuilder(Planning& planning, const GraphEdge& edge, const VariableSet& bound)
      : planning_{planning}, source_{*edge.source}, pattern_{*edge.shortest}, bound_{bound} {}

  LogicalPtr build() {
    if (!isChain()) return nullptr;
    addParts();
    placePredicates();
    auto search = std::make_unique<PathSearch>();
    search->from = source_.nodes[steps().front().index].variable;
    search->to = source_.nodes[steps().back().index].variable;
    search->selector = pattern_.kind;
    search->k = pattern_.k;
    search->path = pattern_.path.variable;
    search->walks = source_.repeatableElements;
    search->pathPredicates = std::move(pathPredicates_);
    for (const Part& part : parts_) {
      search->parts.push_back(part.logical);
      if (part.logical.length.nodes != bind::NodeRule::kAny) search->nodes = part.logical.length.nodes;
    }
    addPlans(*search);
    return search;
  }

 private:
  // One relationship or quantified pattern of the path, and the node after it.
  struct Part {
    PathSearch::Part logical;
    bind::PatternGraph step;  // between its nodes `left` and `right`
    bind::PatternNode end;
    std::vector<ExpressionPtr> endPredicates;
  };

  const std::vector<PathStep>& steps() const { return pattern_.path.steps; }
  bool isChain() const;
  bool isEnd(VariableId node) const;
  void addParts();
  Part relationshipPart(const PathStep& step) const;
  Part quantifiedPart(const PathStep& step) const;
  void placePredicates();
  bool place(const ExpressionPtr& predicate);
  VariableSet ownOf(const Part& part) const;
  void addPlans(PathSearch& search);
  LogicalPtr stepPlan(const bind::PatternGraph& step, VariableId start);
  LogicalPtr checkPlan(const Part& part);

  Planning& planning_;
  const bind::PatternGraph& source_;
  const bind::ShortestPath& pattern_;
  const VariableSet& bound_;
  std::vector<Part> parts_;
  std::vector<ExpressionPtr> pathPredicates_;
};

bool PathSearchBuilder::isEnd(VariableId node) const {
  return node == source_.nodes[steps().front().index].variable || node == source_.nodes[steps().back().index].variable;
}

// Whether all between the ends is new, and named once.
bool PathSearchBuilder::isChain() const {
  std::vector<VariableId> seen;
  for (std::size_t i = 1; i + 1 < steps().size(); ++i) {
    const PathStep& step = steps()[i];
    if (step.kind == PathStep::Kind::kQuantified) {
      const bind::Length& length = source_.quantified[step.index].length;
      if (std::max(length.min, length.max.value_or(0)) > kMostRepetitions) return false;
      continue;
    }
    if (step.kind == PathStep::Kind::kRelationship) {
      const bind::PatternRelationship& r = source_.relationships[step.index];
      if (r.bound || bound_.has(r.variable)) return false;
      if (r.length && std::max(r.length->min, r.length->max.value_or(0)) > kMostRepetitions) return false;
      continue;
    }
    const VariableId node = source_.nodes[step.index].variable;
    if (isEnd(node) || bound_.has(node) || std::find(seen.begin(), seen.end(), node) != seen.end()) return false;
    seen.push_back(node);
  }
  // A node of parentheses that stand beside another node is no place of the path.
  for (const ExpressionPtr& predicate : pattern_.predicates) {
    const VariableSet reads = readsOf(predicate) - bound_;
    for (const auto& node : source_.nodes) {
      const bool elsewhere = std::find(seen.begin(), seen.end(), node.variable) == seen.end() && !isEnd(node.variable);
      if (elsewhere && reads.has(node.variable)) return false;
    }
  }
  return true;
}

void PathSearchBuilder::addParts() {
  for (std::size_t i = 1; i < steps().size(); i += 2) {
    Part& part = parts_.emplace_back(steps()[i].kind == PathStep::Kind::kQuantified ? quantifiedPart(steps()[i])
                                                                                    : relationshipPart(steps()[i]));
    part.end = source_.nodes[steps()[i + 1].index];
    if (i + 2 < steps().size()) part.logical.end = part.end.variable;
  }
}

// A step is the relationship between two nodes: those of the pattern, where it is taken once, for its conditions.
PathSearchBuilder::Part PathSearchBuilder::relationshipPart(const PathStep& step) const {
  const bind::PatternRelationship& source = source_.relationships[step.index];
  Part part;
  bind::PatternRelationship r = source;
  r.length.reset();
  r.inShortest = false;
  r.stepVariable = bind::kNoVariable;
  r.stepPredicates.clear();
  r.left = 0;
  r.right = 1;
  part.logical.length = source.length.value_or(bind::Length{1, 1});
  part.logical.repeated = source.length.has_value();
  if (source.length) {
    part.step.predicates = source.stepPredicates;
    const Type node{TypeKind::kNode};
    part.step.nodes = {{planning_.newVariable("left", node)}, {planning_.newVariable("right", node)}};
    r.variable = source.stepVariable != bind::kNoVariable
                     ? source.stepVariable
                     : planning_.newVariable("step", Type{TypeKind::kRelationship});
  } else {
    part.step.nodes = {{source_.nodes[source.left].variable}, {source_.nodes[source.right].variable}};
    if (part.step.nodes[0].variable == part.step.nodes[1].variable) {
      part.step.nodes.pop_back();
      r.right = 0;
    }
  }
  part.logical.left = part.step.nodes[r.left].variable;
  part.logical.right = part.step.nodes[r.right].variable;
  part.logical.relationships = {r.variable};
  part.logical.groups = {{r.variable, source.variable}};
  part.step.relationships.push_back(std::move(r));
  return part;
}

PathSearchBuilder::Part PathSearchBuilder::quantifiedPart(const PathStep& step) const {
  const bind::QuantifiedPattern& source = source_.quantified[step.index];
  Part part;
  part.step = *source.graph;
  part.logical.length = source.length;
  part.logical.repeated = true;
  part.logical.left = part.step.nodes[source.innerLeft].variable;
  part.logical.right = part.step.nodes[source.innerRight].variable;
  for (const auto& r : part.step.relationships) part.logical.relationships.push_back(r.variable);
  part.logical.groups = source.groups;
  return part;
}

// What the path binds in a part, its ends aside.
VariableSet PathSearchBuilder::ownOf(const Part& part) const {
  VariableSet own;
  for (const auto& group : part.logical.groups) own.add(group.second);
  return own;
}

void PathSearchBuilder::placePredicates() {
  for (const ExpressionPtr& predicate : pattern_.predicates) {
    if (!place(predicate)) pathPredicates_.push_back(predicate);
  }
}

// Conditions on one node or one single relationship with its nodes are met at once.
bool PathSearchBuilder::place(const ExpressionPtr& predicate) {
  const VariableSet reads = readsOf(predicate);
  const VariableSet free = reads - bound_;
  for (Part& part : parts_) {
    if (part.logical.end != bind::kNoVariable && free.within({part.end.variable})) {
      part.endPredicates.push_back(predicate);
      return true;
    }
    VariableSet here = ownOf(part);
    here.add(part.logical.left);
    here.add(part.logical.right);
    if (part.logical.repeated || !free.within(here)) continue;
    part.step.predicates.push_back(predicate);
    return true;
  }
  return false;
}

LogicalPtr PathSearchBuilder::stepPlan(const bind::PatternGraph& step, VariableId start) {
  std::vector<VariableId> arguments = (outerReads(step) & bound_).list();
  arguments.insert(arguments.begin(), start);
  return planning_.planPattern({&step}, {}, Planning::argument(arguments));
}

LogicalPtr PathSearchBuilder::checkPlan(const Part& part) {
  std::vector<ExpressionPtr> conditions = part.endPredicates;
  if (part.end.labels) conditions.push_back(makeLabelCheck(part.end.variable, part.end.labels));
  VariableSet reads;
  for (const auto& condition : conditions) addReads(condition, reads);
  std::vector<VariableId> arguments = ((reads & bound_) - VariableSet{part.end.variable}).list();
  arguments.insert(arguments.begin(), part.end.variable);
  LogicalPtr argument = Planning::argument(arguments);
  return conditions.empty() ? std::move(argument) : planning_.planFilter(std::move(conditions), std::move(argument));
}

void PathSearchBuilder::addPlans(PathSearch& search) {
  for (const Part& part : parts_) search.children.push_back(stepPlan(part.step, part.logical.left));
  for (const Part& part : parts_) search.children.push_back(stepPlan(part.step, part.logical.right));
  for (std::size_t i = 0; i + 1 < parts_.size(); ++i) search.children.push_back(checkPlan(parts_[i]));
}

}  // namespace

LogicalPtr makePathSearch(Planning& planning, const GraphEdge& edge, const VariableSet& bound) {
  return PathSearchBuilder{planning, edge, bound}.build();
}

}  // namespace plexus::plan
