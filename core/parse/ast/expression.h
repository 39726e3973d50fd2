// core/parse/ast/expression.h: expressions as they were written. No names are resolved, no types known.
//
// Every node has the span of its whole text; `RETURN a . b` names its column by exactly that text. Nodes are owned by
// their parents. Code switches on `kind()` and uses `as<T>()`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/value/value.h"

namespace plexus::ast {

struct Query;
struct PathPattern;

enum class ExpressionKind : std::uint8_t {
  kLiteral,
  kParameter,
  kVariable,
  kProperty,
  kUnary,
  kBinary,
  kComparison,
  kNullCheck,
  kLabelCheck,
  kTypeCheck,
  kCall,
  kList,
  kMap,
  kMapProjection,
  kIndex,
  kSlice,
  kCase,
  kListComprehension,
  kPatternComprehension,
  kQuantifier,
  kReduce,
  kPattern,
  kSubquery,
};

struct Expression {
  virtual ~Expression() = default;
  ExpressionKind kind() const { return kind_; }
  template <typename T>
  const T& as() const {
    return static_cast<const T&>(*this);
  }
  Span span;

 protected:
  explicit Expression(ExpressionKind kind) : kind_{kind} {}

 private:
  ExpressionKind kind_;
};
using ExpressionPtr = std::unique_ptr<Expression>;

// A name with the place it stands at.
struct Name {
  std::string text;
  Span span;
};

template <ExpressionKind kKind>
struct ExpressionOf : Expression {
  static constexpr ExpressionKind kKindOf = kKind;
  ExpressionOf() : Expression{kKind} {}
};

// Numbers, strings, booleans, null, INF, NaN. Lists and maps have nodes of their own.
struct Literal : ExpressionOf<ExpressionKind::kLiteral> {
  Value value;
};

struct Parameter : ExpressionOf<ExpressionKind::kParameter> {
  std::string name;  // `$0` has the name "0"
};

struct Variable : ExpressionOf<ExpressionKind::kVariable> {
  std::string name;
};

struct Property : ExpressionOf<ExpressionKind::kProperty> {
  ExpressionPtr base;
  Name key;
};

enum class UnaryOperator : std::uint8_t { kNot, kPlus, kMinus };
struct Unary : ExpressionOf<ExpressionKind::kUnary> {
  UnaryOperator op;
  ExpressionPtr operand;
};

enum class BinaryOperator : std::uint8_t {
  kOr,
  kXor,
  kAnd,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kPower,
  kIn,
  kStartsWith,
  kEndsWith,
  kContains,
  kRegexMatch,
  kConcat /* || */,
};
struct Binary : ExpressionOf<ExpressionKind::kBinary> {
  BinaryOperator op;
  ExpressionPtr left, right;
};

enum class ComparisonOperator : std::uint8_t { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };
// `a < b <= c`: operands a, b, c; a single comparison has two operands. Means a < b AND b <= c.
struct Comparison : ExpressionOf<ExpressionKind::kComparison> {
  std::vector<ExpressionPtr> operands;
  std::vector<ComparisonOperator> operators;
};

struct NullCheck : ExpressionOf<ExpressionKind::kNullCheck> {
  ExpressionPtr operand;
  bool negated = false;  // IS NOT NULL
};

// The part after the colon: `A`, `A|B`, `A&!B`, `%`, `$(expr)`. Several labels `:A:B` are kAnd.
struct LabelExpression {
  enum class Kind : std::uint8_t { kName, kAnd, kOr, kNot, kAny /* % */, kDynamic } kind;
  std::string name;                                        // kName
  std::vector<std::unique_ptr<LabelExpression>> operands;  // kAnd, kOr: two or more; kNot: one
  ExpressionPtr dynamic;                                   // kDynamic: a string or a list of strings
  bool dynamicAny = false;                                 // $any(...) instead of $(...) / $all(...)
  bool colons = false;                                     // kAnd written as `:A:B`
  Span span;
};
using LabelExpressionPtr = std::unique_ptr<LabelExpression>;

// n:Person, n IS Person, r:KNOWS
struct LabelCheck : ExpressionOf<ExpressionKind::kLabelCheck> {
  ExpressionPtr operand;
  LabelExpressionPtr labels;
};

// A type of GQL: INTEGER NOT NULL, LIST<STRING>, ANY, INTEGER | FLOAT, ...
struct TypeName {
  std::string
      base;  // upper case, one of the canonical names ("INTEGER", "LIST", "ZONED DATETIME", "ANY", "NOTHING", ...)
  bool notNull = false;
  std::vector<TypeName> arguments;     // LIST's element
  std::vector<TypeName> alternatives;  // of a union; then base is "UNION"
  Span span;
};

// x IS :: INTEGER, x IS NOT TYPED STRING
struct TypeCheck : ExpressionOf<ExpressionKind::kTypeCheck> {
  ExpressionPtr operand;
  bool negated = false;
  TypeName type;
};

// Functions and aggregates; count(*) is the name "count" with `star`.
struct Call : ExpressionOf<ExpressionKind::kCall> {
  Name function;  // dotted: "duration.between"
  bool distinct = false;
  bool star = false;
  std::vector<ExpressionPtr> arguments;
};

struct ListExpression : ExpressionOf<ExpressionKind::kList> {
  std::vector<ExpressionPtr> elements;
};

struct MapExpression : ExpressionOf<ExpressionKind::kMap> {
  std::vector<std::pair<Name, ExpressionPtr>> entries;
};

// person {.name, .*, friends: count(f), city}
struct MapProjection : ExpressionOf<ExpressionKind::kMapProjection> {
  struct Item {
    enum class Kind : std::uint8_t {
      kProperty /* .key */,
      kAllProperties /* .* */,
      kEntry /* key: e */,
      kVariable
    } kind;
    Name key;
    ExpressionPtr value;  // kEntry
  };
  Name variable;
  std::vector<Item> items;
};

struct Index : ExpressionOf<ExpressionKind::kIndex> {
  ExpressionPtr base, index;
};

struct Slice : ExpressionOf<ExpressionKind::kSlice> {
  ExpressionPtr base, from, to;  // from, to may be null pointers
};

struct Case : ExpressionOf<ExpressionKind::kCase> {
  ExpressionPtr subject;  // null pointer in the searched form
  // In the simple form a branch may list several values or comparisons: WHEN 1, > 5 THEN. `comparison` is set for
  // those. A CASE with other tests (WHEN IS NULL, WHEN STARTS WITH 'a') comes in the searched form, the subject
  // repeated in each test; then too a branch may have several.
  struct Test {
    std::optional<ComparisonOperator> comparison;
    ExpressionPtr value;
  };
  struct Branch {
    std::vector<Test> tests;
    ExpressionPtr result;
  };
  std::vector<Branch> branches;
  ExpressionPtr otherwise;  // may be a null pointer
};

// [x IN list WHERE predicate | projection]
struct ListComprehension : ExpressionOf<ExpressionKind::kListComprehension> {
  Name variable;
  ExpressionPtr list, predicate, projection;  // the last two may be null pointers
};

// [p = (a)-->(b) WHERE predicate | projection]
struct PatternComprehension : ExpressionOf<ExpressionKind::kPatternComprehension> {
  ~PatternComprehension() override;
  std::unique_ptr<PathPattern> pattern;
  ExpressionPtr predicate, projection;  // predicate may be a null pointer
};

enum class QuantifierKind : std::uint8_t { kAll, kAny, kNone, kSingle };
struct Quantifier : ExpressionOf<ExpressionKind::kQuantifier> {
  QuantifierKind quantifier;
  Name variable;
  ExpressionPtr list, predicate;  // predicate may be a null pointer (any(x IN l)): then it is the element itself
};

// reduce(acc = init, x IN list | step)
struct Reduce : ExpressionOf<ExpressionKind::kReduce> {
  Name accumulator, variable;
  ExpressionPtr initial, list, step;
};

// A path pattern where an expression stands: a predicate `(a)-->(b)`, or shortestPath((a)-[*]-(b)).
struct PatternExpression : ExpressionOf<ExpressionKind::kPattern> {
  ~PatternExpression() override;
  std::unique_ptr<PathPattern> pattern;
};

enum class SubqueryKind : std::uint8_t { kExists, kCount, kCollect };
// EXISTS { ... }, COUNT { ... }, COLLECT { ... }. The short form (pattern and WHERE only) is a query of one MATCH
// without RETURN.
struct Subquery : ExpressionOf<ExpressionKind::kSubquery> {
  ~Subquery() override;
  SubqueryKind subquery;
  std::unique_ptr<Query> query;
};

}  // namespace plexus::ast
