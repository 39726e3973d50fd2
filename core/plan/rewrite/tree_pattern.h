// core/plan/rewrite/tree_pattern.h: the pattern that a part of a plan enumerates, read back from its operators: nodes
// with conditions of their own, edges, and what must differ. The ground of message passing.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/plan/planning.h"

namespace plexus::plan {

class TreePattern {
 public:
  struct Node {
    VariableId variable = bind::kNoVariable;
    LabelsPtr labels;
    std::vector<ExpressionPtr> predicates;  // that read this node alone
    std::vector<Apply*> semiJoins;          // on this node alone
    std::vector<VariableId> aliases;        // other names that predicates and semi-joins use
    LogicalPtr* seek = nullptr;             // the leaf that finds it, where that is no scan
    bool argument = false;                  // the enclosing plan's rows have it
    bool optional = false;                  // of an OPTIONAL MATCH
    bool inUse = true;

    bool isPlain() const { return predicates.empty() && semiJoins.empty() && !seek && !argument; }
  };
  struct Edge {
    std::size_t from = 0, to = 0;
    MessageAggregate::Relation relation;  // seen from `from`
    VariableId variable = bind::kNoVariable;
    bool optional = false;              // and all behind it
    std::uint64_t least = 1, most = 1;  // relationships, one after the other

    bool isSimple() const { return least == 1 && most == 1; }
  };

  // Nothing if the operators do more than match such a pattern. The plan is left as it is; the pattern points into it.
  static std::optional<TreePattern> of(LogicalPtr& root);

  // A condition `lessKey < greaterKey` (`<=`, unless strict) on two nodes, each key a property or id() of one.
  struct Order {
    std::size_t less = 0, greater = 0;
    ExpressionPtr lessKey, greaterKey;
    bool strict = true;
  };

  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Edge> absent;  // that no match has
  std::vector<std::pair<std::size_t, std::size_t>> differentEdges, differentNodes, sameNodes;
  std::vector<Order> orders;

  // The node that a variable means; nothing if it means none.
  std::optional<std::size_t> find(VariableId variable) const;
  bool hasLengths() const;

 private:
  // A variable that both sides of a join have is one node: the join makes them equal.
  bool collect(LogicalPtr& slot);
  bool collectSeek(LogicalPtr& slot, VariableId variable);
  bool collectExpand(Expand& op);
  bool collectWalk(VarLengthExpand& op);
  bool collectIntersect(MultiwayIntersect& op);
  bool collectRelationships(RelationshipScan& op);
  bool collectFilter(Filter& op);
  bool collectProject(Project& op);
  bool collectJoin(LogicalOperator& op, const std::vector<std::pair<VariableId, VariableId>>& different);
  bool collectApply(Apply& op);
  bool addOptional(TreePattern inner, VariableId outer);
  bool addRelated(Apply& op);
  bool addPredicate(const ExpressionPtr& predicate);
  // Whether it is an order of two nodes.
  bool addOrder(const ExpressionPtr& predicate);

  std::optional<std::size_t> known(VariableId variable);
  bool addArgument(VariableId variable);
  std::size_t addNode(VariableId variable, const LabelsPtr& labels);
  bool addEdge(std::size_t from, std::size_t to, MessageAggregate::Relation relation, VariableId variable,
               const std::vector<VariableId>& differentFrom);
  bool addDifferent(VariableId a, VariableId b);

  std::map<VariableId, std::size_t> names_;  // aliases included
  VariableSet arguments_;                    // of the enclosing plan, not yet nodes
};

}  // namespace plexus::plan
