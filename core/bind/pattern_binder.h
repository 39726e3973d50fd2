// core/bind/pattern_binder.h: path patterns as a PatternGraph.
//
// In two steps, because a pattern's conditions may read variables that it introduces further right: declare() makes
// nodes and relationships and puts new names in the scope; bindConditions() then turns property maps, inline WHEREs and
// the clause's WHERE into predicates. One PatternBinder serves one clause.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/bind/binding.h"
#include "core/bind/scope.h"
#include "core/parse/ast/statement.h"

namespace plexus::bind {

class PatternBinder {
 public:
  // What a name that stands in the pattern may mean.
  enum class Naming : std::uint8_t {
    kIntroduce,  // a known variable, or a new one
    kBoundOnly,  // a known variable (pattern predicates)
    kOwnOnly,    // a new variable, or one of this pattern (inside a quantified pattern)
  };

  // New names go into `scope`.
  PatternBinder(Binding& binding, Scope& scope, Naming naming = Naming::kIntroduce)
      : binding_{binding}, scope_{scope}, naming_{naming} {}

  // REPEATABLE ELEMENTS: relationships may come again. Before declare().
  void allowRepeats() { repeatable_ = true; }
  void declare(const ast::PathPattern& path);
  void declare(const ast::Pattern& pattern);
  // Property maps and inline WHEREs, then `where` (may be null), split at its ANDs.
  void bindConditions(const ast::Expression* where);

  PatternGraph take() { return std::move(graph_); }

 private:
  using Step = PatternPath::Step;

  // Where the walk along one path pattern stands.
  struct Walk {
    PatternPath path;
    std::optional<std::size_t> last;                         // the node that was reached
    const ast::RelationshipPattern* relationship = nullptr;  // seen after `last`, its right end not yet
    const ast::QuantifiedPath* quantified = nullptr;         // likewise
    std::vector<const ast::Expression*> wheres;              // of parenthesised parts
  };
  // What bindConditions() has to do for one element.
  struct NodeConditions {
    const ast::NodePattern* source;
    VariableId variable;
    std::optional<std::size_t> shortest;  // of graph_: the path with a selector in which it stands
  };
  struct RelationshipConditions {
    const ast::RelationshipPattern* source;
    std::size_t relationship;
    std::optional<std::size_t> shortest;
  };

  // bind_path.cpp
  void walk(const std::vector<ast::PatternElement>& elements, Walk& walk);
  void reachNode(const ast::NodePattern& node, Walk& walk);
  void reach(std::size_t node, Walk& walk);
  Length lengthOf(const ast::Quantity& written, Span span) const;
  void enterQuantified(const ast::QuantifiedPath& quantified, Walk& walk);
  void addQuantified(const ast::QuantifiedPath& source, std::size_t left, std::size_t right, Walk& walk);
  void nameGroups(const Scope& inner, QuantifiedPattern& quantified);
  void finishPath(const ast::PathPattern& source, Walk walk);
  VariableId declarePath(const ast::PathPattern& source);
  void select(const ast::PathPattern& source, Walk walk);
  void requireMode(const ast::PathPattern& source, PatternPath& path);
  void requireOwnNodes() const;

  // bind_pattern.cpp
  std::size_t addNode(const ast::NodePattern& node);
  LabelsPtr labelsOf(LabelsPtr labels, VariableId variable, std::vector<ExpressionPtr>& predicates);
  std::size_t addAnonymousNode();
  std::size_t addRelationship(const ast::RelationshipPattern& source, const std::optional<Length>& length,
                              std::size_t left, std::size_t right);
  VariableId nameRelationship(const ast::RelationshipPattern& source, const Type& type, bool& bound);
  std::optional<VariableId> find(const ast::Name& name) const;
  VariableId introduce(const ast::Name& name, const Type& type);

  // bind_condition.cpp
  void bindRelationshipConditions(const RelationshipConditions& conditions);
  void addPropertyConditions(const ast::Expression& map, VariableId variable, const Scope& scope,
                             std::vector<ExpressionPtr>& predicates);
  void addPredicate(const ast::Expression& where, const Scope& scope, std::vector<ExpressionPtr>& predicates);
  // Where the conditions go that stand inside of a path: to its search, if it has a selector.
  std::vector<ExpressionPtr>& predicatesWithin(std::optional<std::size_t> shortest);
  void moveOutOfShortest();
  void spreadOverSteps(ShortestPath& shortest);
  bool spread(const ExpressionPtr& predicate, const ShortestPath& shortest);
  void moveIntoShortest();

  Binding& binding_;
  Scope& scope_;
  Naming naming_;
  PatternGraph graph_;
  std::map<VariableId, std::size_t> nodes_;        // of named nodes of this pattern
  std::vector<VariableId> relationshipVariables_;  // named in this pattern
  std::vector<NodeConditions> nodeConditions_;
  std::vector<RelationshipConditions> relationshipConditions_;
  std::vector<std::pair<const ast::Expression*, std::optional<std::size_t>>> wheres_;  // of parts; of shortest[i]
  bool repeatable_ = false;
  bool walking_ = false;                                     // the path being declared is a walk
  bool selected_ = false;                                    // ... has a selector that stops the search
  std::optional<std::size_t> shortest_;                      // ... has any selector: its place in graph_
  std::size_t paths_ = 0;                                    // declared so far
  std::map<VariableId, std::map<std::size_t, Span>> named_;  // nodes: in which of them, and where first
  NodeRule nodeRule_ = NodeRule::kAny;                       // of the path being declared
  std::optional<bool> walks_;                                // whether the paths so far are WALKs
};

// Two conditions on the same thing; either may be null.
LabelsPtr bothLabels(const LabelsPtr& a, const LabelsPtr& b);
// A parameter may not stand for the property map of a pattern that is looked for.
void requireNoParameter(const ast::Expression* properties);
// The variable of a name that is in scope; throws VariableTypeConflict if it cannot be of `type`.
void requireKind(const Binding& binding, const ast::Name& name, VariableId variable, const Type& type);
// Adds the conjuncts of a condition, left to right.
void splitConjunction(const ExpressionPtr& condition, std::vector<ExpressionPtr>& conjuncts);

}  // namespace plexus::bind
