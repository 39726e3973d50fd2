// core/bind/bound_query.h: a statement after binding: clauses over numbered variables, patterns as query graphs.
//
// Scopes are gone: a clause that projects maps old variables to new ones. Anonymous pattern elements have variables too
// (their names start with a blank, so that no query can write them).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/bind/bound_expression.h"
#include "core/parse/ast/statement.h"

namespace plexus::function {
struct AggregateEntry;
struct ProcedureEntry;
}  // namespace plexus::function

namespace plexus::bind {

// --- Patterns -------------------------------------------------------------------------------------------------------

struct PatternNode {
  VariableId variable = kNoVariable;
  LabelsPtr labels;    // may be null. Of a bound node: an additional condition
  bool bound = false;  // was in scope before this clause
};

// Which nodes of a path may come again: ACYCLIC, none; SIMPLE, only the first as the last.
enum class NodeRule : std::uint8_t { kAny, kDistinct, kDistinctButEnds };

struct Length {
  std::uint64_t min = 1;
  std::optional<std::uint64_t> max;
  bool walks = false;               // relationships may come again, within this repetition too
  NodeRule nodes = NodeRule::kAny;  // of the path it is a part of: what cannot be need not be walked
};

struct PatternRelationship {
  VariableId variable = kNoVariable;  // with `length`: a list of relationships
  LabelsPtr types;
  Direction direction = Direction::kBoth;  // seen from `left`
  std::size_t left = 0, right = 0;         // indexes of PatternGraph::nodes
  std::optional<Length> length;            // nothing: exactly one relationship
  bool bound = false;
  // Conditions on each single relationship of a variable-length one; they read `stepVariable`.
  VariableId stepVariable = kNoVariable;
  std::vector<ExpressionPtr> stepPredicates;
  bool inShortest = false;  // belongs to a ShortestPath below: not matched on its own
};

struct PatternGraph;

// ((a)-[r]->(b) WHERE ...){min,max} between two nodes of the outer graph. Inside it has its own graph and variables;
// outside, each of them is a list (`groups`: inner variable -> outer list variable; only those that are read).
struct QuantifiedPattern {
  std::shared_ptr<const PatternGraph> graph;  // predicates included
  std::size_t innerLeft = 0, innerRight = 0;  // nodes of `graph` that coincide with `left` and `right` at the ends
  std::size_t left = 0, right = 0;            // nodes of the outer graph
  Length length;
  std::vector<std::pair<VariableId, VariableId>> groups;
  bool inShortest = false;
};

// A named path (or one whose length or elements are needed): its elements in order of traversal.
struct PatternPath {
  VariableId variable = kNoVariable;
  struct Step {
    enum class Kind : std::uint8_t { kNode, kRelationship, kQuantified } kind;
    std::size_t index;      // in nodes, relationships, quantified
    bool reversed = false;  // a relationship or quantified pattern written right to left relative to left/right
  };
  std::vector<Step> steps;
};

// shortestPath(), allShortestPaths(), SHORTEST k, ANY, ALL SHORTEST...: selects among the matches of one path pattern
// per pair of end nodes. The path's relationships and quantified patterns have inShortest set.
struct ShortestPath {
  ast::PathSelectorKind kind = ast::PathSelectorKind::kNone;
  std::uint64_t k = 1;
  PatternPath path;                       // variable may be kNoVariable
  std::vector<ExpressionPtr> predicates;  // that read what is between the ends, and must be met while searching
};

struct PatternGraph {
  std::vector<PatternNode> nodes;
  std::vector<PatternRelationship> relationships;
  std::vector<QuantifiedPattern> quantified;
  std::vector<PatternPath> paths;
  std::vector<ShortestPath> shortest;
  // Conditions, AND-ed: WHERE split at its ANDs, property maps (`n.key = value`), inline WHEREs.
  std::vector<ExpressionPtr> predicates;
  // Pairs of relationships that must differ are all pairs of this graph, unless:
  bool repeatableElements = false;
};

// --- Clauses --------------------------------------------------------------------------------------------------------

struct BoundMatch {
  bool optional = false;
  PatternGraph graph;
  std::vector<ast::Hint::Kind> hintKinds;  // parallel to hintVariables
  std::vector<std::vector<VariableId>> hintVariables;
};

struct BoundUnwind {
  ExpressionPtr list;
  VariableId variable = kNoVariable;
};

struct ProjectionItem {
  ExpressionPtr expression;
  VariableId variable = kNoVariable;  // the new variable
};
struct BoundAggregate {
  const function::AggregateEntry* function = nullptr;  // null pointer: count(*)
  bool distinct = false;
  std::vector<ExpressionPtr> arguments;
  VariableId variable = kNoVariable;
  Span span;
};
struct SortKey {
  ExpressionPtr expression;  // over the variables after projection (items and hidden items)
  bool descending = false;
};
// Steps in this order: [group by `groupBy`, computing `aggregates`, if `aggregating`]; compute `items` and `hidden`
// (over the group keys' and aggregates' variables if aggregating, else over the incoming ones); distinct over `items`;
// sort; skip; limit; drop `hidden`; filter by `where`. Only the items' variables exist afterwards.
struct BoundProjection {
  bool isReturn = false;
  bool aggregating = false;
  std::vector<ProjectionItem> groupBy;
  std::vector<BoundAggregate> aggregates;
  std::vector<ProjectionItem> items;
  std::vector<ProjectionItem> hidden;  // what ORDER BY needs besides
  bool distinct = false;
  std::vector<SortKey> orderBy;
  ExpressionPtr skip, limit, where;  // may be null pointers
};

struct CreateNode {
  VariableId variable = kNoVariable;
  std::vector<std::string> labels;
  std::vector<ExpressionPtr> dynamicLabels;
  ExpressionPtr properties;  // a map; may be null
};
struct CreateRelationship {
  VariableId variable = kNoVariable;
  std::string type;
  ExpressionPtr dynamicType;  // instead of `type`
  VariableId start = kNoVariable, end = kNoVariable;
  ExpressionPtr properties;
  Span span;
};
// In order of creation: nodes as they first appear, each relationship after its ends. `paths` are bound at the end;
// their steps index `pathNodes`/`pathRelationships`.
struct BoundCreate {
  std::vector<std::variant<CreateNode, CreateRelationship>> elements;
  struct NamedPath {
    VariableId variable;
    std::vector<VariableId> nodes, relationships;
  };
  std::vector<NamedPath> paths;
};

struct SetItem {
  ast::SetItem::Kind kind = ast::SetItem::Kind::kProperty;
  ExpressionPtr entity;      // node or relationship (a map for nothing: error at run time)
  std::string key;           // kProperty
  ExpressionPtr dynamicKey;  // kDynamicProperty
  ExpressionPtr value;
  std::vector<std::string> labels;
  std::vector<ExpressionPtr> dynamicLabels;
};
struct BoundSet {
  std::vector<SetItem> items;
};

struct BoundMerge {
  PatternGraph graph;  // what to look for, properties as predicates
  BoundCreate create;  // what to make if nothing is found (bound nodes excluded)
  std::vector<SetItem> onCreate, onMatch;
};

struct RemoveItem {
  ExpressionPtr entity;
  std::string key;
  ExpressionPtr dynamicKey;
  std::vector<std::string> labels;
  std::vector<ExpressionPtr> dynamicLabels;
};
struct BoundRemove {
  std::vector<RemoveItem> items;
};

struct BoundDelete {
  bool detach = false;
  std::vector<ExpressionPtr> targets;
};

struct BoundClause;
struct BoundForeach {
  VariableId variable = kNoVariable;
  ExpressionPtr list;
  std::vector<BoundClause> body;
};

struct BoundCallProcedure {
  const function::ProcedureEntry* procedure = nullptr;
  std::vector<ExpressionPtr> arguments;                   // complete: defaults filled in
  std::vector<std::pair<std::size_t, VariableId>> yield;  // (output column of the procedure, variable)
  ExpressionPtr where;
  bool optional = false;
};

struct BoundCallSubquery {
  std::shared_ptr<const BoundQuery> query;
  std::vector<VariableId> outer;  // imported; same ids inside
  bool optional = false;
  bool returns = false;  // false: a unit subquery, which leaves its input rows as they are
  struct InTransactions {
    ExpressionPtr batchRows;
    ast::InTransactions::OnError onError = ast::InTransactions::OnError::kFail;
    VariableId status = kNoVariable;
  };
  std::optional<InTransactions> inTransactions;
};

struct BoundLoadCsv {
  ExpressionPtr url;
  bool withHeaders = false;
  char fieldTerminator = ',';
  VariableId variable = kNoVariable;
  VariableId line = kNoVariable, file = kNoVariable;  // of linenumber() and file()
};

struct BoundFinish {};

struct BoundClause {
  std::variant<BoundMatch, BoundUnwind, BoundProjection, BoundCreate, BoundMerge, BoundSet, BoundRemove, BoundDelete,
               BoundForeach, BoundCallProcedure, BoundCallSubquery, BoundLoadCsv, BoundFinish>
      node;
  Span span;
};

// --- Queries --------------------------------------------------------------------------------------------------------

struct BoundSingleQuery {
  std::vector<BoundClause> clauses;
  std::vector<VariableId> outputs;  // of its RETURN, in order of the columns; empty without RETURN
};

struct OutputColumn {
  std::string name;
  VariableId variable = kNoVariable;  // of the result: the first part's outputs for a query without UNION
};

struct BoundQuery {
  std::vector<BoundSingleQuery> parts;
  std::vector<bool> unionAll;
  std::vector<OutputColumn> columns;
  std::vector<VariableId> outer;  // variables that exist before the first clause (of a subquery)
  bool writes = false;            // has an updating clause anywhere, or calls a procedure that writes
};

struct VariableInfo {
  std::string name;  // no name, or one that begins with a blank: no query can write it
  Type type;
  bool isAnonymous() const { return name.empty() || name[0] == ' '; }
};

struct BoundStatement {
  BoundQuery query;
  std::vector<VariableInfo> variables;  // by VariableId; subqueries' variables included
  std::vector<std::string> parameters;  // that the query reads
  std::vector<Span> parameterSpans;     // parallel: where each is read first
  std::vector<std::string> warnings;    // unknown labels, types, property keys, with did-you-mean
};

}  // namespace plexus::bind
