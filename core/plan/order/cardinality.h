// core/plan/order/cardinality.h: how many rows patterns and predicates leave, from counts by label, type and value.
//
// The estimate of a pattern is the product of its nodes' counts, its edges' selectivities (relationships of the types
// between the labels, over the pairs of such nodes) and its predicates' selectivities: independent of the order in
// which the pattern is solved, so that plans of one pattern compare fairly.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/plan/logical/expression.h"
#include "core/plan/order/graph_numbers.h"
#include "core/plan/order/query_graph.h"

namespace plexus::plan {

class Estimator {
 public:
  explicit Estimator(const GraphNumbers& numbers) : numbers_{numbers} {}
  const GraphNumbers& numbers() const { return numbers_; }

  // What is known of a variable's labels from patterns planned before, by which bound nodes are judged.
  void learn(VariableId variable, const LabelsPtr& labels);
  LabelsPtr known(VariableId variable) const;

  // Nodes that satisfy `labels`; at least a little, so that nothing is ever free.
  double nodes(const LabelsPtr& labels) const;
  // The name of the rarest label that all these nodes have; empty if none is sure.
  std::string rarestLabel(const LabelsPtr& labels) const;

  // Relationships of the types between such nodes, `direction` seen from `left`; kBoth counts both ways.
  double relationships(const LabelsPtr& left, const LabelsPtr& types, Direction direction,
                       const LabelsPtr& right) const;
  // Relationships of such nodes, whatever is at the other end, per node.
  double degree(const LabelsPtr& labels, const LabelsPtr& types, Direction direction) const;

  // Share of the pairs of nodes (left, right) that the edge joins, times how often.
  double selectivity(const QueryGraph& graph, const GraphEdge& edge) const;
  // Relationships touched when the edge is walked from one node of that side.
  double fanOut(const QueryGraph& graph, const GraphEdge& edge, bool fromLeft) const;

  // Share of rows for which the predicate holds.
  double selectivity(const ExpressionPtr& predicate) const;

 private:
  double comparison(const ExpressionPtr& a, const ExpressionPtr& b) const;
  // How many walks a node has by one more step: at first, and then.
  struct Growth {
    double first, next;
  };
  Growth growth(const LabelsPtr& from, const LabelsPtr& types, Direction direction) const;
  double repeated(Growth growth, const bind::Length& length) const;
  double walks(const GraphEdge& edge, const LabelsPtr& left, const LabelsPtr& right) const;
  double innerDegree(const bind::PatternGraph& graph, bool fromLeft) const;

  const GraphNumbers& numbers_;
  std::unordered_map<VariableId, LabelsPtr> known_;
};

}  // namespace plexus::plan
