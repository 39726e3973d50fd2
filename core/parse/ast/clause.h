// core/parse/ast/clause.h: the clauses of a query, as written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/parse/ast/pattern.h"

namespace plexus::ast {

enum class MatchMode : std::uint8_t { kDefault, kRepeatableElements, kDifferentRelationships };

// USING INDEX n:Label(property), USING SCAN n:Label, USING JOIN ON n
struct Hint {
  enum class Kind : std::uint8_t { kIndex, kScan, kJoin } kind;
  std::vector<Name> variables;
  Name label;
  std::vector<Name> properties;
  Span span;
};

struct Match {
  bool optional = false;
  MatchMode mode = MatchMode::kDefault;
  Pattern pattern;
  std::vector<Hint> hints;
  ExpressionPtr where;
};

struct Unwind {
  ExpressionPtr list;
  Name variable;
};

struct ReturnItem {
  ExpressionPtr expression;
  std::optional<Name> alias;
};
struct SortItem {
  ExpressionPtr expression;
  bool descending = false;
};
// What WITH and RETURN share.
struct Projection {
  bool distinct = false;
  bool star = false;  // `*`, items may follow
  std::vector<ReturnItem> items;
  std::vector<SortItem> orderBy;
  ExpressionPtr skip, limit;  // may be null
  Span span;
};
struct With {
  Projection projection;
  ExpressionPtr where;
};
struct Return {
  Projection projection;
};

struct Create {
  Pattern pattern;
};

struct SetItem {
  enum class Kind : std::uint8_t {
    kProperty,
    kReplace /* n = map */,
    kAdd /* n += map */,
    kLabels,
    kDynamicProperty
  } kind;
  ExpressionPtr target;  // kProperty: a Property; kDynamicProperty: an Index (n[expr]); else the entity
  ExpressionPtr value;
  LabelExpressionPtr labels;  // kLabels: names joined by kAnd, or dynamic
  Span span;
};
struct Set {
  std::vector<SetItem> items;
};

struct Merge {
  PathPattern path;
  std::vector<SetItem> onCreate, onMatch;
};

struct RemoveItem {
  ExpressionPtr target;       // a Property or an Index; or the entity whose labels go
  LabelExpressionPtr labels;  // may be null
  Span span;
};
struct Remove {
  std::vector<RemoveItem> items;
};

struct Delete {
  bool detach = false;
  std::vector<ExpressionPtr> targets;
};

struct Clause;
struct Foreach {
  Name variable;
  ExpressionPtr list;
  std::vector<Clause> body;  // updating clauses only
};

struct YieldItem {
  Name field;
  std::optional<Name> alias;
};
struct CallProcedure {
  Name procedure;
  bool hasArguments = false;  // `CALL p` without parentheses: arguments are parameters of the fields' names
  std::vector<ExpressionPtr> arguments;
  bool yieldStar = false;
  bool hasYield = false;
  std::vector<YieldItem> yield;
  ExpressionPtr where;
  bool optional = false;
  bool standalone = false;  // the only clause of the query
};

// CALL { ... }, CALL (a, b) { ... }, with IN TRANSACTIONS
struct InTransactions {
  ExpressionPtr batchRows;  // may be null: 1000
  bool concurrent = false;
  ExpressionPtr concurrency;  // may be null
  enum class OnError : std::uint8_t { kFail, kContinue, kBreak } onError = OnError::kFail;
  std::optional<Name> reportStatusAs;
};
struct CallSubquery {
  ~CallSubquery();
  CallSubquery();
  CallSubquery(CallSubquery&&) noexcept;
  CallSubquery& operator=(CallSubquery&&) noexcept;
  bool optional = false;
  bool hasScope = false;   // CALL (...) { }: only these are imported; false: an importing WITH decides
  bool scopeStar = false;  // CALL (*) { }
  std::vector<Name> scope;
  std::unique_ptr<Query> query;
  std::optional<InTransactions> inTransactions;
};

struct LoadCsv {
  bool withHeaders = false;
  ExpressionPtr url;
  Name variable;
  std::string fieldTerminator;  // "" : comma
};

struct Finish {};

struct Clause {
  std::variant<Match, Unwind, With, Return, Create, Merge, Set, Remove, Delete, Foreach, CallProcedure, CallSubquery,
               LoadCsv, Finish>
      node;
  Span span;
};

// Clauses in order; semantic checks (RETURN last, ...) are the binder's.
struct SingleQuery {
  std::vector<Clause> clauses;
  Span span;
};

struct Query {
  std::vector<SingleQuery> parts;
  std::vector<bool> unionAll;  // between parts: size is parts.size() - 1
  Span span;
};

}  // namespace plexus::ast
