// core/plan/order/query_graph.h: the pattern of one MATCH, or of several in a row, as the graph whose matches are
// planned together: what must be solved (edges), what must hold (predicates), what is made of it (paths).
//
// Consecutive MATCH clauses share one query graph so that the join order is free across them; each keeps its own rule
// that relationships differ. Nodes of one variable are one node with all the label conditions.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/plan/logical/expression.h"
#include "core/plan/logical/operator.h"
#include "core/plan/order/graph_numbers.h"

namespace plexus::plan {

struct GraphNode {
  VariableId variable = bind::kNoVariable;
  LabelsPtr labels;
  bool bound = false;       // by what comes before: the rows that the plan starts from have it
  bool inShortest = false;  // stands inside of a shortest path, which finds it
};

struct GraphEdge {
  enum class Kind : std::uint8_t { kSimple, kVarLength, kQuantified, kShortest } kind = Kind::kSimple;
  std::size_t left = 0, right = 0;                          // indexes of nodes
  const bind::PatternRelationship* relationship = nullptr;  // kSimple, kVarLength, and kShortest over one relationship
  const bind::QuantifiedPattern* quantified = nullptr;
  const bind::ShortestPath* shortest = nullptr;
  const bind::PatternGraph* source = nullptr;  // the graph that it stands in
  std::size_t clause = 0;
  // What must differ from other edges' relationships: the relationship, or the list of them.
  VariableId variable = bind::kNoVariable;
  std::vector<std::size_t> different;  // edges that may meet the same relationship and must not
  VariableSet needs;                   // variables besides the ends that must be there to walk it
};

struct GraphPredicate {
  ExpressionPtr expression;
  VariableSet reads;
};

struct GraphPath {
  VariableId variable = bind::kNoVariable;
  std::vector<BuildPath::Step> steps;
  VariableSet reads;
};

struct QueryGraph {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  std::vector<GraphPredicate> predicates;
  std::vector<GraphPath> paths;
  std::vector<std::shared_ptr<const bind::PatternRelationship>> steps;  // of edges that stand for a fixed length
  std::vector<VariableId> seekHints;                                    // USING INDEX
  std::vector<VariableId> scanHints;                                    // USING SCAN

  std::size_t nodeOf(VariableId variable) const;  // kNone if there is none
  static constexpr std::size_t kNone = ~std::size_t{0};
};

class Planning;

// A variable-length relationship of a fixed, small length that nobody names becomes as many edges.
// `bound`: variables that the rows to start from have. Quantified patterns whose relationships matter elsewhere get new
// variables from `planning`.
QueryGraph makeQueryGraph(const std::vector<const bind::PatternGraph*>& graphs, const VariableSet& bound,
                          Planning& planning);

// What a pattern reads of variables that it does not have itself.
VariableSet outerReads(const bind::PatternGraph& graph);

// Names of the relation types that satisfy `types`, of those known.
std::vector<std::string> typesOf(const LabelsPtr& types, const GraphNumbers& numbers);
// False only if no relationship can satisfy both, whatever types are added to the graph.
bool mayShareType(const LabelsPtr& a, const LabelsPtr& b, const GraphNumbers& numbers);
// Whether a relationship of the types may lead from either of its ends to the other.
bool mayBeSymmetric(const LabelsPtr& types, const GraphNumbers& numbers);

}  // namespace plexus::plan
