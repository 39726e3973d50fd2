// core/plan/build_pattern.h: operators from the join steps that the enumerator chose. Private to core/plan.
#pragma once

#include <utility>
#include <vector>

#include "core/plan/order/enumerate.h"
#include "core/plan/planning.h"

namespace plexus::plan {

// Rows of a plan that is being built: what they have, and which edges of the query graph they have solved.
struct PartialPlan {
  LogicalPtr root;
  VariableSet variables;
  Elements solved;
  double rows = 1;
};

// `left = right`, each side of which reads one of two parts of a pattern only.
struct Equality {
  ExpressionPtr left, right;
  std::size_t predicate = 0;  // of the query graph
};

// Builds the matches of one query graph. Each predicate is applied as soon as its variables are there, each path built
// when a predicate needs it, or at the end.
class PatternBuilder {
 public:
  PatternBuilder(Planning& planning, QueryGraph graph) : planning_{planning}, graph_{std::move(graph)} {}

  LogicalPtr build(LogicalPtr input, const VariableSet& bound);

 private:
  void solveComponents();
  void solveShortest();
  void finishPaths();

  PartialPlan make(const JoinStep& step);
  PartialPlan makeStart(const JoinStep& step);
  PartialPlan makeRelationship(const JoinStep& step);
  PartialPlan makeExpand(const JoinStep& step);
  // No rows where no node could be at the far end of a long walk.
  void requireFarEnd(PartialPlan& plan, const JoinStep& step) const;
  PartialPlan makeVarLength(const JoinStep& step, PartialPlan plan);
  PartialPlan makeQuantified(const JoinStep& step, PartialPlan plan);
  PartialPlan makeIntersect(const JoinStep& step);
  PartialPlan makeHashJoin(const JoinStep& step);
  // Two parts without a common variable: joined by what must be equal between them, else every pair. `rows` are wanted
  // of it in the end.
  PartialPlan combine(PartialPlan left, PartialPlan right, double rows);
  std::vector<Equality> equalitiesBetween(const VariableSet& left, const VariableSet& right) const;
  VariableId addKey(PartialPlan& left, PartialPlan& right, const Equality& equality);
  double estimatedPairs(double left, double right, const std::vector<Equality>& equalities) const;
  VariableSet variablesOf(const Component& component) const;
  // Estimate: rows of the plan so far with those of a step that does not use them.
  double rowsWith(const Component& component, const JoinStep& step) const;
  void addShortest(const GraphEdge& edge);
  LogicalPtr enumerateShortest(const GraphEdge& edge, std::vector<VariableId>& outer);

  // Puts `op` on top of the plan.
  void put(PartialPlan& plan, LogicalPtr op, double rows) const;
  // Applies what has become possible.
  void settle(PartialPlan& plan, double rows);
  bool reachable(const GraphPredicate& predicate, const VariableSet& there) const;
  void addPath(PartialPlan& plan, const GraphPath& path);
  std::vector<VariableId> differentFrom(std::size_t edge, const Elements& solved) const;
  std::vector<std::pair<VariableId, VariableId>> differentPairs(const Elements& left, const Elements& right) const;

  Planning& planning_;
  QueryGraph graph_;
  PartialPlan plan_;
  std::vector<bool> applied_, built_;  // predicates, paths
  bool empty_ = false;                 // plan_ is a single row without columns
};

}  // namespace plexus::plan
