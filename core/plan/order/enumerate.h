// core/plan/order/enumerate.h: the order in which a connected pattern is solved: the cheapest tree of join steps.
//
// Up to kExhaustive edges: dynamic programming over sets of edges, with expansions, intersections of neighbour lists
// and hash joins of two parts (O(3^edges)). Beyond: greedy from each start, or from the best ones where the pattern is
// long (O(starts * edges^2)).
#pragma once

#include <bitset>
#include <deque>
#include <vector>

#include "core/plan/order/cardinality.h"
#include "core/plan/order/query_graph.h"
#include "core/plan/order/start_points.h"

namespace plexus::plan {

inline constexpr std::size_t kMostElements = 512;  // nodes, and edges, of one pattern
using Elements = std::bitset<kMostElements>;

struct JoinStep {
  enum class Kind : std::uint8_t {
    kInput,             // the rows given
    kStart,             // candidates of one node; with `input`: for each of its rows
    kRelationshipScan,  // edges[0], both ends new
    kRelationshipEnds,  // edges[0], whose relationship is bound, both ends new
    kExpand,            // along edges[0]; into if both ends are there
    kIntersect,         // `node` from several neighbours
    kHashJoin,          // of `input` and `other`, which is kept in memory
  } kind = Kind::kInput;
  const JoinStep* input = nullptr;
  const JoinStep* other = nullptr;
  StartPoint start;
  std::size_t node = 0;
  std::vector<std::size_t> edges;
  bool fromLeft = true;

  Elements nodes, solved;  // of the query graph, after this step
  bool usesInput = false;
  double rows = 1, cost = 0;
};

// Nodes and edges of a query graph that hang together.
struct Component {
  std::vector<std::size_t> nodes, edges;
};

// Shortest paths are no edges here: they are solved when both ends are there.
std::vector<Component> componentsOf(const QueryGraph& graph);

// What the enumerator may use; all of it but in tests.
struct JoinChoices {
  bool hashJoin = true, intersect = true, relationshipScan = true, indexSeek = true;
  bool cheapest = true;  // else the costliest order wins
};

class JoinEnumerator {
 public:
  static constexpr std::size_t kExhaustive = 10;
  static constexpr std::size_t kGreedySteps = 4096;  // starts * edges, about

  // `input`: the variables of the rows to start from, of which there are `inputRows`.
  JoinEnumerator(const QueryGraph& graph, const Component& component, const Estimator& estimator,
                 const VariableSet& input, double inputRows, const JoinChoices& choices = {});

  // Null if edges read what the input does not have (yet). Steps live as long as *this.
  const JoinStep* best();

 private:
  struct Requirement {
    Elements nodes, edges;
    bool input = false, elsewhere = false;
    double selectivity = 1;
  };

  void require(const GraphPredicate& predicate);
  void requireVariable(VariableId variable, Requirement& out) const;
  std::vector<const JoinStep*> starts();
  void addNodeStarts(std::size_t node, const JoinStep* input, std::vector<const JoinStep*>& out);
  void addRelationshipScan(std::size_t edge, std::vector<const JoinStep*>& out);

  const JoinStep* exhaustive();
  const JoinStep* greedy();
  const JoinStep* greedyFrom(const JoinStep* step);
  const JoinStep* cross(const JoinStep* step);
  const JoinStep* hashJoin(const JoinStep* a, const JoinStep* b);
  const JoinStep* joinedToInput(const JoinStep* step);
  const JoinStep* better(const JoinStep* a, const JoinStep* b) const;

  std::vector<const JoinStep*> extensions(const JoinStep* step);
  const JoinStep* expand(const JoinStep* step, std::size_t edge);
  const JoinStep* intersect(const JoinStep* step, std::size_t node);
  bool walkable(const JoinStep& step, std::size_t edge) const;
  bool mayStart(const StartPoint& start) const;
  bool isBound(const GraphEdge& edge) const { return input_.has(edge.variable); }

  double rows(const Elements& nodes, const Elements& solved, bool usesInput) const;
  const JoinStep* keep(JoinStep step);
  JoinStep after(const JoinStep* step) const;

  const QueryGraph& graph_;
  const Component& component_;
  const Estimator& estimator_;
  const VariableSet& input_;
  double inputRows_;
  JoinChoices choices_;
  std::vector<double> nodeRows_, edgeSelectivity_;  // by index in the graph; of this component only
  std::vector<std::vector<std::size_t>> edgesAt_;   // by node: those that may be walked to it
  std::vector<Requirement> requirements_;
  bool edgesReadInput_ = false;
  std::deque<JoinStep> steps_;
};

}  // namespace plexus::plan
