#include "core/plan/order/query_graph.h"

#include <algorithm>

#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

using PathStep = bind::PatternPath::Step;

VariableSet stepNeeds(const bind::PatternRelationship& r) {
  VariableSet needs;
  for (const auto& predicate : r.stepPredicates) addReads(predicate, needs);
  addReads(r.types, needs);
  needs.remove(r.stepVariable);
  return needs;
}

// Copies one pattern graph into the query graph.
class Merger {
 public:
  Merger(QueryGraph& out, const bind::PatternGraph& graph, std::size_t clause, const VariableSet& bound,
         Planning& planning)
      : out_{out}, graph_{graph}, clause_{clause}, bound_{bound}, planning_{planning} {}

  void run() {
    for (const auto& node : graph_.nodes) nodeAt_.push_back(addNode(node));
    for (const auto& relationship : graph_.relationships) {
      relationshipAt_.push_back(isFixedWalk(relationship) ? addSteps(relationship) : addRelationship(relationship));
    }
    for (const auto& quantified : graph_.quantified) quantifiedAt_.push_back(addQuantified(quantified));
    for (const auto& shortest : graph_.shortest) addShortest(shortest);
    for (const auto& path : graph_.paths) addPath(path);
    for (const auto& predicate : graph_.predicates) out_.predicates.push_back({predicate, readsOf(predicate)});
    if (!graph_.repeatableElements) addDifferences();
  }

 private:
  std::size_t addNode(const bind::PatternNode& node) {
    const std::size_t known = out_.nodeOf(node.variable);
    if (known != QueryGraph::kNone) {
      out_.nodes[known].labels = conjunction({out_.nodes[known].labels, node.labels});
      return known;
    }
    out_.nodes.push_back({node.variable, node.labels, bound_.has(node.variable)});
    return out_.nodes.size() - 1;
  }

  std::size_t addRelationship(const bind::PatternRelationship& r) {
    if (r.inShortest) return QueryGraph::kNone;
    GraphEdge edge;
    edge.kind = r.length ? GraphEdge::Kind::kVarLength : GraphEdge::Kind::kSimple;
    edge.left = nodeAt_[r.left];
    edge.right = nodeAt_[r.right];
    edge.relationship = &r;
    edge.variable = r.variable;
    edge.needs = stepNeeds(r);
    if (bound_.has(r.variable)) edge.needs.add(r.variable);
    return add(std::move(edge));
  }

  // A fixed, small number of relationships that nobody names.
  bool isFixedWalk(const bind::PatternRelationship& r) const {
    constexpr std::uint64_t kMostSteps = 4;
    if (!r.length || r.length->walks || r.bound || r.inShortest || graph_.repeatableElements) return false;
    if (r.length->min < 1 || r.length->min > kMostSteps || r.length->max != r.length->min) return false;
    return r.stepPredicates.empty() && planning_.isAnonymous(r.variable) && !isInPath(r) &&
           planning_.enabled("fixed-length");
  }

  bool isInPath(const bind::PatternRelationship& r) const {
    return std::any_of(graph_.paths.begin(), graph_.paths.end(), [&](const bind::PatternPath& path) {
      return std::any_of(path.steps.begin(), path.steps.end(), [&](const PathStep& step) {
        return step.kind == PathStep::Kind::kRelationship && &graph_.relationships[step.index] == &r;
      });
    });
  }

  // An edge for each relationship of a fixed walk, over nodes of our own: then all that is known of edges (orders,
  // intersections, messages) holds for it.
  std::size_t addSteps(const bind::PatternRelationship& r) {
    std::size_t from = nodeAt_[r.left];
    for (std::uint64_t i = 1; i <= r.length->min; ++i) {
      auto step = std::make_shared<bind::PatternRelationship>(r);
      step->length.reset();
      step->variable = planning_.newVariable("step", Type{TypeKind::kRelationship});
      const std::size_t to =
          i == r.length->min ? nodeAt_[r.right] : addNode({planning_.newVariable("stop", Type{TypeKind::kNode})});
      GraphEdge edge;
      edge.left = from;
      edge.right = to;
      edge.relationship = step.get();
      edge.variable = step->variable;
      edge.needs = stepNeeds(*step);
      out_.steps.push_back(std::move(step));
      add(std::move(edge));
      from = to;
    }
    return QueryGraph::kNone;
  }

  std::size_t addQuantified(const bind::QuantifiedPattern& q) {
    if (q.inShortest) return QueryGraph::kNone;
    GraphEdge edge;
    edge.kind = GraphEdge::Kind::kQuantified;
    edge.left = nodeAt_[q.left];
    edge.right = nodeAt_[q.right];
    edge.quantified = &q;
    edge.variable = planning_.newVariable("relationships", Type::list(Type{TypeKind::kRelationship}));
    edge.needs = outerReads(*q.graph);
    return add(std::move(edge));
  }

  void addShortest(const bind::ShortestPath& s) {
    const auto& steps = s.path.steps;
    GraphEdge edge;
    edge.kind = GraphEdge::Kind::kShortest;
    edge.left = nodeAt_[steps.front().index];
    edge.right = nodeAt_[steps.back().index];
    edge.shortest = &s;
    if (steps.size() == 3 && steps[1].kind == PathStep::Kind::kRelationship) {
      edge.relationship = &graph_.relationships[steps[1].index];
      edge.variable = edge.relationship->variable;
    }
    for (const auto& predicate : s.predicates) addReads(predicate, edge.needs);
    for (const auto& step : steps) {
      if (step.kind == PathStep::Kind::kNode) addReads(graph_.nodes[step.index].labels, edge.needs);
      if (step.kind == PathStep::Kind::kRelationship) edge.needs |= stepNeeds(graph_.relationships[step.index]);
      if (step.kind == PathStep::Kind::kQuantified) edge.needs |= outerReads(*graph_.quantified[step.index].graph);
    }
    edge.needs -= shortestOwn(s);
    for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
      if (steps[i].kind != PathStep::Kind::kNode) continue;
      const std::size_t node = nodeAt_[steps[i].index];
      if (node != edge.left && node != edge.right) out_.nodes[node].inShortest = true;
    }
    add(std::move(edge));
  }

  VariableSet shortestOwn(const bind::ShortestPath& s) const {
    VariableSet own{s.path.variable};
    for (const auto& step : s.path.steps) {
      if (step.kind == PathStep::Kind::kNode) own.add(graph_.nodes[step.index].variable);
      if (step.kind == PathStep::Kind::kRelationship) own.add(graph_.relationships[step.index].variable);
      if (step.kind != PathStep::Kind::kQuantified) continue;
      for (const auto& group : graph_.quantified[step.index].groups) own.add(group.second);
    }
    return own;
  }

  std::size_t add(GraphEdge edge) {
    edge.source = &graph_;
    edge.clause = clause_;
    out_.edges.push_back(std::move(edge));
    return out_.edges.size() - 1;
  }

  void addPath(const bind::PatternPath& path) {
    GraphPath made{path.variable, {}, {}};
    for (const auto& step : path.steps) {
      BuildPath::Step out{BuildPath::Step::Kind::kNode, bind::kNoVariable, step.reversed};
      switch (step.kind) {
        case PathStep::Kind::kNode:
          out.variable = graph_.nodes[step.index].variable;
          break;
        case PathStep::Kind::kRelationship:
          out.variable = graph_.relationships[step.index].variable;
          out.kind = graph_.relationships[step.index].length ? BuildPath::Step::Kind::kRelationshipList
                                                             : BuildPath::Step::Kind::kRelationship;
          break;
        case PathStep::Kind::kQuantified:
          out.variable = out_.edges[quantifiedAt_[step.index]].variable;
          out.kind = BuildPath::Step::Kind::kRelationshipList;
          break;
      }
      made.reads.add(out.variable);
      made.steps.push_back(out);
    }
    out_.paths.push_back(std::move(made));
  }

  static LabelsPtr typesOfEdge(const GraphEdge& edge) { return edge.relationship ? edge.relationship->types : nullptr; }

  // Shortest paths stand beside the other relationships: nothing need differ from theirs.
  void addDifferences() {
    for (std::size_t i = 0; i < out_.edges.size(); ++i) {
      GraphEdge& a = out_.edges[i];
      if (a.clause != clause_ || a.kind == GraphEdge::Kind::kShortest) continue;
      for (std::size_t j = i + 1; j < out_.edges.size(); ++j) {
        GraphEdge& b = out_.edges[j];
        if (b.clause != clause_ || b.kind == GraphEdge::Kind::kShortest) continue;
        if (!mayShareType(typesOfEdge(a), typesOfEdge(b), planning_.numbers())) continue;
        a.different.push_back(j);
        b.different.push_back(i);
      }
    }
  }

  QueryGraph& out_;
  const bind::PatternGraph& graph_;
  std::size_t clause_;
  const VariableSet& bound_;
  Planning& planning_;
  std::vector<std::size_t> nodeAt_, relationshipAt_, quantifiedAt_;  // of graph_ -> of out_
};

// Of a relationship that answers to these names.
bool satisfies(const bind::BoundLabels& types, const std::vector<std::string>& names) {
  using Kind = bind::BoundLabels::Kind;
  switch (types.kind) {
    case Kind::kName:
      return std::find(names.begin(), names.end(), types.name) != names.end();
    case Kind::kAny:
    case Kind::kDynamic:
      return true;
    case Kind::kNot: {
      const auto& operand = *types.operands[0];
      return operand.kind == Kind::kDynamic || !satisfies(operand, names);
    }
    case Kind::kAnd:
      return std::all_of(types.operands.begin(), types.operands.end(),
                         [&](const LabelsPtr& t) { return satisfies(*t, names); });
    case Kind::kOr:
      return std::any_of(types.operands.begin(), types.operands.end(),
                         [&](const LabelsPtr& t) { return satisfies(*t, names); });
  }
  return true;
}

// The names if the condition is a plain choice among them.
bool plainNames(const bind::BoundLabels& types, std::vector<std::string>& names) {
  using Kind = bind::BoundLabels::Kind;
  if (types.kind == Kind::kName) {
    names.push_back(types.name);
    return true;
  }
  if (types.kind != Kind::kOr) return false;
  return std::all_of(types.operands.begin(), types.operands.end(),
                     [&](const LabelsPtr& t) { return plainNames(*t, names); });
}

std::vector<std::string> allNames(const std::string& type, const GraphNumbers& numbers) {
  std::vector<std::string> names = numbers.superTypes(type);
  names.push_back(type);
  return names;
}

}  // namespace

std::size_t QueryGraph::nodeOf(VariableId variable) const {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].variable == variable) return i;
  }
  return kNone;
}

VariableSet outerReads(const bind::PatternGraph& graph) {
  VariableSet reads, own;
  for (const auto& predicate : graph.predicates) addReads(predicate, reads);
  for (const auto& node : graph.nodes) {
    addReads(node.labels, reads);
    own.add(node.variable);
  }
  for (const auto& r : graph.relationships) {
    reads |= stepNeeds(r);
    own.add(r.variable);
  }
  for (const auto& path : graph.paths) own.add(path.variable);
  return reads - own;
}

QueryGraph makeQueryGraph(const std::vector<const bind::PatternGraph*>& graphs, const VariableSet& bound,
                          Planning& planning) {
  QueryGraph out;
  for (std::size_t i = 0; i < graphs.size(); ++i) Merger{out, *graphs[i], i, bound, planning}.run();
  return out;
}

std::vector<std::string> typesOf(const LabelsPtr& types, const GraphNumbers& numbers) {
  std::vector<std::string> names;
  if (types && !numbers.hasTraits() && plainNames(*types, names)) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }
  names.clear();
  for (const auto& name : numbers.types()) {
    if (!types || satisfies(*types, allNames(name, numbers))) names.push_back(name);
  }
  return names;
}

bool mayBeSymmetric(const LabelsPtr& types, const GraphNumbers& numbers) {
  if (!numbers.hasTraits()) return false;
  const auto names = typesOf(types, numbers);
  return std::any_of(names.begin(), names.end(), [&](const std::string& n) { return numbers.symmetric(n); });
}

bool mayShareType(const LabelsPtr& a, const LabelsPtr& b, const GraphNumbers& numbers) {
  std::vector<std::string> names;
  if (a && b && numbers.hasTraits()) {
    for (const auto& type : numbers.types()) {
      const auto all = allNames(type, numbers);
      if (satisfies(*a, all) && satisfies(*b, all)) return true;
    }
  }
  if (a && plainNames(*a, names)) {
    return !b || std::any_of(names.begin(), names.end(), [&](const std::string& n) { return satisfies(*b, {n}); });
  }
  names.clear();
  if (b && plainNames(*b, names)) {
    return !a || std::any_of(names.begin(), names.end(), [&](const std::string& n) { return satisfies(*a, {n}); });
  }
  return true;
}

}  // namespace plexus::plan
