// core/plan/logical/operator.h: what a query does, as a tree of relational and graph operators; how is decided in
// exec/.
//
// Rows flow from the leaves to the root. Each operator lists the variables that exist above it (`output`); the planner
// has pruned what nobody above reads. Rows are a bag with multiplicities: an Expand whose neighbour is not in `output`
// only repeats rows, which exec/ does by counting.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/bind/bound_query.h"

namespace plexus::plan {

using bind::ExpressionPtr;
using bind::LabelsPtr;
using bind::VariableId;

struct LogicalOperator;
using LogicalPtr = std::unique_ptr<LogicalOperator>;

enum class LogicalKind : std::uint8_t {
  // leaves
  kArgument,
  kNodeScan,
  kNodeByIdSeek,
  kIndexSeek,
  kRelationshipScan,
  // graph
  kExpand,
  kMultiwayIntersect,
  kVarLengthExpand,
  kQuantifiedExpand,
  kShortestPath,
  kPathSearch,
  kBuildPath,
  // relational
  kFilter,
  kProject,
  kAggregate,
  kMessageAggregate,
  kDistinct,
  kSort,
  kLimit,
  kUnwind,
  kUnion,
  kEager,
  // combining
  kApply,
  kHashJoin,
  kCartesianProduct,
  // calls
  kProcedureCall,
  kLoadCsv,
  // writing
  kCreate,
  kMerge,
  kSet,
  kRemove,
  kDelete,
  kForeach,
  // end
  kEmptyResult,
};

struct LogicalOperator {
  virtual ~LogicalOperator() = default;
  LogicalKind kind() const { return kind_; }
  template <typename T>
  const T& as() const {
    return static_cast<const T&>(*this);
  }
  template <typename T>
  T& as() {
    return static_cast<T&>(*this);
  }
  // EXPLAIN's name ("Expand") and details ("(c)-[:BINDS_CbG]->(g:Gene)"), with variables' names from `variables`.
  virtual std::string name() const = 0;
  virtual std::string details(const std::vector<bind::VariableInfo>& variables) const = 0;

  std::vector<LogicalPtr> children;
  std::vector<VariableId> output;
  double estimatedRows = 1;

 protected:
  explicit LogicalOperator(LogicalKind kind) : kind_{kind} {}

 private:
  LogicalKind kind_;
};

template <LogicalKind kKind>
struct LogicalOf : LogicalOperator {
  static constexpr LogicalKind kKindOf = kKind;
  LogicalOf() : LogicalOperator{kKind} {}
  std::string name() const override;
  std::string details(const std::vector<bind::VariableInfo>& variables) const override;
};

// --- Leaves ---------------------------------------------------------------------------------------------------------

// The rows of the enclosing Apply (or of a Subquery expression's scope): `output` are its variables. Outside of one: a
// single row without columns.
struct Argument : LogicalOf<LogicalKind::kArgument> {};

// All nodes that satisfy `labels` (null: all nodes), in order of id.
struct NodeScan : LogicalOf<LogicalKind::kNodeScan> {
  VariableId variable = bind::kNoVariable;
  LabelsPtr labels;
};

// The nodes with the ids that `ids` yields (an integer, or a list of them, or elementId strings). Has one child.
struct NodeByIdSeek : LogicalOf<LogicalKind::kNodeByIdSeek> {
  VariableId variable = bind::kNoVariable;
  ExpressionPtr ids;
};

// Nodes by an index; one child, whose variables `values` may read. kEqual: one value a column; kAny: a list, each
// element of which is sought once; kRange: low and high may be null pointers; kPrefix: STARTS WITH.
struct IndexSeek : LogicalOf<LogicalKind::kIndexSeek> {
  enum class Seek : std::uint8_t { kEqual, kAny, kRange, kPrefix } seek = Seek::kEqual;
  VariableId variable = bind::kNoVariable;
  IndexId index = kNoId;
  std::string indexName, label;
  std::vector<std::string> properties;
  std::vector<ExpressionPtr> values;
  ExpressionPtr low, high;
  bool lowInclusive = true, highInclusive = true;
};

// All relationships of the types, by type and start. Undirected (kBoth): each one twice, with its ends exchanged
// (a loop once). With `bound` there is no scan but a child whose rows have `relationship`: its ends are added in the
// same way (no row if it is null or its type does not fit).
struct RelationshipScan : LogicalOf<LogicalKind::kRelationshipScan> {
  VariableId relationship = bind::kNoVariable, from = bind::kNoVariable, to = bind::kNoVariable;
  LabelsPtr types;
  Direction direction = Direction::kOut;
  bool bound = false;
};

// --- Graph ----------------------------------------------------------------------------------------------------------

// From a bound node over one relationship. `to` is new, or, with `into`, bound already: then rows are kept (and
// repeated) as often as the two are related. kBoth follows both directions, a loop once.
struct Expand : LogicalOf<LogicalKind::kExpand> {
  VariableId from = bind::kNoVariable, to = bind::kNoVariable;
  VariableId relationship = bind::kNoVariable;  // in `output` only if somebody reads it
  bool into = false;
  bool relationshipBound = false;  // `relationship` is bound: rows where it joins the ends as the pattern says
  LabelsPtr types;
  Direction direction = Direction::kOut;
  LabelsPtr toLabels;                     // condition on `to`, applied on the way
  std::vector<VariableId> differentFrom;  // bound relationships, or lists of them, that this one must differ from
};

// A new node that is a neighbour of several bound ones: the intersection of their sorted neighbour lists. Parallel
// relationships multiply.
struct MultiwayIntersect : LogicalOf<LogicalKind::kMultiwayIntersect> {
  struct Leg {
    VariableId from = bind::kNoVariable, relationship = bind::kNoVariable;
    LabelsPtr types;
    Direction direction = Direction::kOut;
    std::vector<VariableId> differentFrom;  // bound ones and earlier legs'
  };
  VariableId to = bind::kNoVariable;
  LabelsPtr toLabels;
  std::vector<Leg> legs;  // two or more
};

// Paths of min..max relationships without repeating one. `relationships` is a list, in order from `from`; with
// `reversed` (`from` is the pattern's right end) in order towards `from`. A bound list is in that same order.
struct VarLengthExpand : LogicalOf<LogicalKind::kVarLengthExpand> {
  VariableId from = bind::kNoVariable, to = bind::kNoVariable;
  VariableId relationships = bind::kNoVariable;
  bool into = false;
  bool relationshipsBound = false;  // `relationships` is a bound list that must be such a path
  bool reversed = false;
  LabelsPtr types;
  Direction direction = Direction::kOut;
  bind::Length length;
  LabelsPtr toLabels;
  VariableId stepVariable = bind::kNoVariable;
  std::vector<ExpressionPtr> stepPredicates;
  std::vector<VariableId> differentFrom;
  // Nobody counts paths: each (row, to) once is enough, by breadth-first search. Only with min <= 1 and without
  // differentFrom. With min == 1 and kBoth, rows whose `to` is `from` are dropped above: they may be given or not.
  bool distinctEnds = false;
};

// `children[1]` is one repetition: from Argument {innerFrom, and outer variables it reads} to innerTo. With `reversed`
// it was walked from the pattern's right end: lists are then turned round, so that they are always in pattern order.
struct QuantifiedExpand : LogicalOf<LogicalKind::kQuantifiedExpand> {
  VariableId from = bind::kNoVariable, to = bind::kNoVariable;
  bool into = false;
  VariableId innerFrom = bind::kNoVariable, innerTo = bind::kNoVariable;
  bind::Length length;
  std::vector<VariableId> innerRelationships;             // that may not repeat over all repetitions
  std::vector<std::pair<VariableId, VariableId>> groups;  // inner variable -> outer list
  // If not kNoVariable: a new list of all relationships walked, of all repetitions, in pattern order.
  VariableId relationships = bind::kNoVariable;
  bool reversed = false;
  std::vector<VariableId> differentFrom;
  LabelsPtr toLabels;
  bool distinctEnds = false;      // each end is wanted once: how it is reached and how often is not
  std::vector<VariableId> outer;  // of the row, that children[1] reads beside innerFrom
};

// Between two bound nodes: the selected paths. The relationship list and, if wanted, the path are new.
// With a second child the pattern is more than one relationship: children[1] gives every candidate for the row's two
// ends (its Argument: `outer`) with `path` bound, and all variables of the pattern; the selector picks among them by
// length. The fields from `relationships` to `pathPredicates`, but for `path`, are then unused.
struct ShortestPath : LogicalOf<LogicalKind::kShortestPath> {
  VariableId from = bind::kNoVariable, to = bind::kNoVariable;
  ast::PathSelectorKind selector = ast::PathSelectorKind::kAnyShortest;
  std::uint64_t k = 1;
  VariableId relationships = bind::kNoVariable, path = bind::kNoVariable;
  LabelsPtr types;
  Direction direction = Direction::kOut;
  bind::Length length;
  bool single = false;  // `relationships` is one relationship, not a list
  VariableId stepVariable = bind::kNoVariable;
  std::vector<ExpressionPtr> stepPredicates;
  std::vector<ExpressionPtr> pathPredicates;  // read `path` or `relationships`: the shortest that satisfies them
  std::vector<VariableId> outer;              // of children[1]
};

// Between two bound nodes: the selected paths of a pattern of several parts, by a search over the places in the pattern
// and the nodes there, which stops when it has found as many as are wanted.
// children: the input; then for each part the plan of one step of it from its left end (Argument: `left`, and variables
// of the row), for each part that of one step from its right end, and for each part but the last the plan that keeps
// those of its Argument's nodes (`end`, ...) where the part may end.
struct PathSearch : LogicalOf<LogicalKind::kPathSearch> {
  struct Part {
    bind::Length length;    // how many steps
    bool repeated = false;  // what a step binds is collected in lists; else there is one step
    VariableId left = bind::kNoVariable, right = bind::kNoVariable;  // the ends of a step, in its plans
    std::vector<VariableId> relationships;                           // of a step, from left to right
    std::vector<std::pair<VariableId, VariableId>> groups;           // variable of a step -> of the path
    VariableId end = bind::kNoVariable;                              // the node after it; none for the last part
  };
  std::size_t forwards(std::size_t part) const { return 1 + part; }
  std::size_t backwards(std::size_t part) const { return 1 + parts.size() + part; }
  std::size_t check(std::size_t part) const { return 1 + 2 * parts.size() + part; }

  VariableId from = bind::kNoVariable, to = bind::kNoVariable;
  ast::PathSelectorKind selector = ast::PathSelectorKind::kAnyShortest;
  std::uint64_t k = 1;
  VariableId path = bind::kNoVariable;
  bool walks = false;  // relationships may come again
  bind::NodeRule nodes = bind::NodeRule::kAny;
  std::vector<Part> parts;
  std::vector<ExpressionPtr> pathPredicates;  // read what several parts bind: choose among those that satisfy them
  std::vector<VariableId> outer;              // of the row, that plans of steps read
};

// A path value from its elements, in order; `reversed` steps are walked against their direction of expansion.
struct BuildPath : LogicalOf<LogicalKind::kBuildPath> {
  struct Step {
    enum class Kind : std::uint8_t { kNode, kRelationship, kRelationshipList } kind;
    VariableId variable = bind::kNoVariable;
    bool reversed = false;
  };
  VariableId path = bind::kNoVariable;
  std::vector<Step> steps;
};

// --- Relational -----------------------------------------------------------------------------------------------------

struct Filter : LogicalOf<LogicalKind::kFilter> {
  std::vector<ExpressionPtr> predicates;  // cheapest and most selective first
};

// Adds the items; variables of the child that are in `output` stay.
struct Project : LogicalOf<LogicalKind::kProject> {
  std::vector<bind::ProjectionItem> items;
};

// Output: the groupBy and aggregate variables. Without groupBy: exactly one row.
struct Aggregate : LogicalOf<LogicalKind::kAggregate> {
  std::vector<bind::ProjectionItem> groupBy;
  std::vector<bind::BoundAggregate> aggregates;
};

// How often a pattern matches, for each candidate of its root node, by messages along the pattern's edges instead of
// enumeration: a node's count is the product over its links of the sum of the linked nodes' counts. Costs the
// relationships, not the matches. Where the pattern has cycles, these are counted (its core), with messages from all
// that hangs on them.
//
// Rows: with nodes[0].variable in `output`, each node that is the root of at least one match, with the number of
// matches as the batch's multiplicity; else a single row with the total as multiplicity (no row if it is 0). So
// whatever is above (aggregates over the root's properties, DISTINCT, ...) works as on the enumerated rows.
//
// Conditions that properties of nodes with a common neighbour, or of neighbours, come in an order (`a.id < b.id`) are
// counted by sums over the neighbours in that order.
//
// Conditions that two nodes or relationships differ are counted by inclusion and exclusion: the matches are the sum
// over `terms` of sign * matches of the term, in which nodes that must not be equal (or are ends of relationships that
// must not be equal) are made to coincide, and pairs of nodes that must not be related are related. A walk of varying
// length (`*1..2`) is one of so many relationships for each choice of lengths, whose matches add up: each has terms of
// its own. Counts are exact; Error{kArithmeticError} if one does not fit 63 bits.
struct MessageAggregate : LogicalOf<LogicalKind::kMessageAggregate> {
  static constexpr std::size_t kNoSource = ~std::size_t{0};
  struct Node {
    VariableId variable = bind::kNoVariable;
    LabelsPtr labels;
    // The child whose rows are the candidates (repeated rows count as often); all nodes with `labels` otherwise.
    std::size_t source = kNoSource;
  };
  struct Relation {
    LabelsPtr types;
    Direction direction = Direction::kOut;  // seen from the parent; kBoth meets a loop once
    bool exists = false;                    // joins a pair once at most, however many relationships there are
  };
  // Between two groups; with several relations, pairs count as often as the product of their numbers of relationships.
  struct Link {
    std::size_t parent = 0, child = 0;
    std::vector<Relation> relations;
    bool optional = false;  // where there is none it counts as one
    double rows = 0;        // estimate: relationships to touch when pushed from the child
  };
  // What is left when all trees are cut off: links between groups, `parent` and `child` in no order. Trees hang on its
  // groups; it hangs by groups[0] on the tree that has the root (which may be that group).
  struct Core {
    std::vector<std::size_t> groups;
    std::vector<Link> links;
  };
  // A condition `lessKey < greaterKey` on nodes of two groups outside of the core: children of the same one, or one the
  // other's child. Each key is an expression of one variable. Orders between the children of a group form no cycles.
  struct Order {
    std::size_t less = 0, greater = 0;
    ExpressionPtr lessKey, greaterKey;
    VariableId lessVariable = bind::kNoVariable, greaterVariable = bind::kNoVariable;
    bool strict = true;  // else `<=`
  };
  struct Term {
    int sign = 1;                                         // how often it counts; any number but 0
    bool opens = false;                                   // the first of the terms of one choice of lengths
    std::vector<std::vector<std::size_t>> groups;         // nodes that coincide; the first is the root of the links
    std::vector<Link> links;                              // parents before children
    std::vector<std::pair<std::size_t, Relation>> loops;  // of a group: counts as often as it is joined to itself
    Core core;                                            // empty: the term is a tree
    // Links of one parent taken together, since their nodes come in an order (see Order).
    std::vector<Order> orders;
    std::size_t counted = 0;  // the group of nodes[0]: the first, or one below that, where the orders want another root
  };
  std::vector<Node> nodes;  // nodes[0] is the root
  std::vector<Term> terms;
  // Rows are pairs: nodes[0] with nodes[1]. No term has a core then.
  bool pairs = false;
  // Of pairs: those alike in all keys are one row, with any pair of them. Either no more groups are wanted than have
  // the highest counts, but for those that count the same as the last of them; or a group counts as often as there are
  // different nodes of one root in its pairs.
  struct Groups {
    std::array<std::vector<ExpressionPtr>, 2> keys;  // that read nodes[0], nodes[1]
    ExpressionPtr most;                              // without variables; null: all
    std::optional<std::size_t> distinct;             // of nodes[0] or nodes[1], which then has no keys
  };
  std::optional<Groups> groups;
};

struct Distinct : LogicalOf<LogicalKind::kDistinct> {
  std::vector<VariableId> keys;
};

// With `limit` (an expression without variables) only the first so many are kept (top-k); a null pointer: all.
struct Sort : LogicalOf<LogicalKind::kSort> {
  std::vector<bind::SortKey> keys;
  ExpressionPtr limit;
};

// Pulls its child at least once even if the limit is 0: writes below must happen.
struct Limit : LogicalOf<LogicalKind::kLimit> {
  ExpressionPtr skip, limit;  // either may be null
};

struct Unwind : LogicalOf<LogicalKind::kUnwind> {
  ExpressionPtr list;
  VariableId variable = bind::kNoVariable;
};

// children[i] yields inputs[i] in the order of `output`. `all` false: duplicates are removed.
struct Union : LogicalOf<LogicalKind::kUnion> {
  std::vector<std::vector<VariableId>> inputs;
  bool all = true;
};

// Takes all rows of its child before it gives the first: what is below has read all it reads before what is above
// writes.
struct Eager : LogicalOf<LogicalKind::kEager> {};

// --- Combining ------------------------------------------------------------------------------------------------------

// For each row of children[0], the rows of children[1], whose Argument sees it: each Argument below (outside of nested
// inner plans) has `output` == `outer`. The same holds for Merge, Foreach (there `outer` and then `variable`),
// QuantifiedExpand and ShortestPath.
struct Apply : LogicalOf<LogicalKind::kApply> {
  enum class Mode : std::uint8_t {
    kInner,     // left row x right rows
    kOptional,  // as kInner; if there are none, the left row once with nulls for the right's variables
    kSemi,      // left rows that have a right row
    kAnti,      // left rows that have none
    kForEach,   // the left row once, after the right side ran to its end (unit subqueries)
  } mode = Mode::kInner;
  std::vector<VariableId> outer;       // what the right side's Argument reads
  std::vector<VariableId> introduced;  // of the right side
  bool inTransactions = false;
  bind::BoundCallSubquery::InTransactions transactions;
};

// On equality of node or value variables present on both sides.
struct HashJoin : LogicalOf<LogicalKind::kHashJoin> {
  std::vector<VariableId> keys;
  // Also checked on the joined row: relationships of the two sides that must differ.
  std::vector<std::pair<VariableId, VariableId>> different;
};

struct CartesianProduct : LogicalOf<LogicalKind::kCartesianProduct> {
  std::vector<std::pair<VariableId, VariableId>> different;
};

// --- Calls ----------------------------------------------------------------------------------------------------------

struct ProcedureCall : LogicalOf<LogicalKind::kProcedureCall> {
  bind::BoundCallProcedure call;
};
struct LoadCsv : LogicalOf<LogicalKind::kLoadCsv> {
  bind::BoundLoadCsv load;
};

// --- Writing. Each takes all its input before it writes, and writes all before it gives a row.
// -------------------------

struct Create : LogicalOf<LogicalKind::kCreate> {
  bind::BoundCreate create;
};
// children[1] looks for the pattern, once per row, and sees what earlier rows made.
struct Merge : LogicalOf<LogicalKind::kMerge> {
  bind::BoundMerge merge;
  std::vector<VariableId> outer;
};
struct Set : LogicalOf<LogicalKind::kSet> {
  bind::BoundSet set;
};
struct Remove : LogicalOf<LogicalKind::kRemove> {
  bind::BoundRemove remove;
};
struct Delete : LogicalOf<LogicalKind::kDelete> {
  bind::BoundDelete del;
};
// children[1] is the body, run for each element with `variable` beside the row's variables: its Argument's output is
// `outer`, then `variable`.
struct Foreach : LogicalOf<LogicalKind::kForeach> {
  VariableId variable = bind::kNoVariable;
  ExpressionPtr list;
  std::vector<VariableId> outer;
};

// Runs its child to the end and gives no rows.
struct EmptyResult : LogicalOf<LogicalKind::kEmptyResult> {};

}  // namespace plexus::plan
