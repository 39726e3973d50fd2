// core/bind/bound_expression.h: expressions with names resolved and types known.
//
// What comes after the binder may trust them: every variable exists, every function and arity is right, aggregates
// stand only in Projection::aggregates. Property keys, labels and types stay names: the catalog they resolve in may
// change between planning and running.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/value/checked_type.h"
#include "core/value/type.h"
#include "core/value/value.h"

namespace plexus::function {
struct FunctionEntry;
}

namespace plexus::bind {

struct BoundQuery;

// Variables are numbered per statement; two variables of one name in different scopes have different ids. Names and
// types are in BoundStatement::variables.
using VariableId = std::uint32_t;
inline constexpr VariableId kNoVariable = ~VariableId{0};

enum class BoundKind : std::uint8_t {
  kConstant,
  kParameter,
  kVariable,
  kProperty,
  kFunction,
  kLabelCheck,
  kTypeCheck,
  kList,
  kMap,
  kCase,
  kListComprehension,
  kQuantifier,
  kReduce,
  kSubquery,
};

struct BoundExpression {
  virtual ~BoundExpression() = default;
  BoundKind kind() const { return kind_; }
  template <typename T>
  const T& as() const {
    return static_cast<const T&>(*this);
  }
  Type type;
  Span span;

 protected:
  explicit BoundExpression(BoundKind kind) : kind_{kind} {}

 private:
  BoundKind kind_;
};
// Shared and immutable: rewrites share subtrees.
using ExpressionPtr = std::shared_ptr<const BoundExpression>;

template <BoundKind kKind>
struct BoundOf : BoundExpression {
  static constexpr BoundKind kKindOf = kKind;
  BoundOf() : BoundExpression{kKind} {}
};

struct Constant : BoundOf<BoundKind::kConstant> {
  Value value;
};

struct Parameter : BoundOf<BoundKind::kParameter> {
  std::string name;
};

struct Variable : BoundOf<BoundKind::kVariable> {
  VariableId variable = kNoVariable;
};

// base.key of a node, relationship, map, temporal value or point; decided by the value at run time if base.type is
// kAny.
struct Property : BoundOf<BoundKind::kProperty> {
  ExpressionPtr base;
  std::string key;
};

// Functions and all operators (core/function has an entry for each: "+", "=", "AND", "IN", "[]", "[..]", ...).
struct Function : BoundOf<BoundKind::kFunction> {
  const function::FunctionEntry* function = nullptr;
  std::vector<ExpressionPtr> arguments;
};

// A condition on labels or types. Dynamic names are expressions that yield a string or a list of strings.
struct BoundLabels {
  enum class Kind : std::uint8_t { kName, kAnd, kOr, kNot, kAny, kDynamic } kind = Kind::kAny;
  std::string name;
  std::vector<std::shared_ptr<const BoundLabels>> operands;
  ExpressionPtr dynamic;
  bool dynamicAny = false;
};
using LabelsPtr = std::shared_ptr<const BoundLabels>;  // null pointer: no condition

// Of a node's labels or a relationship's type; null of null.
struct LabelCheck : BoundOf<BoundKind::kLabelCheck> {
  ExpressionPtr operand;
  LabelsPtr labels;
};

struct TypeCheck : BoundOf<BoundKind::kTypeCheck> {
  ExpressionPtr operand;
  bool negated = false;
  CheckedType checked;
};

struct ListExpression : BoundOf<BoundKind::kList> {
  std::vector<ExpressionPtr> elements;
};

struct MapExpression : BoundOf<BoundKind::kMap> {
  // A null name stands for `.*`: the properties of the value are added (map projections).
  std::vector<std::pair<std::string, ExpressionPtr>> entries;
  std::vector<bool> isAll;  // parallel to entries
};

// Conditions in order; the simple form is lowered to `subject = value`, the subject being evaluated once into
// `subjectVariable`.
struct Case : BoundOf<BoundKind::kCase> {
  ExpressionPtr subject;  // null pointer: searched form
  VariableId subjectVariable = kNoVariable;
  std::vector<std::pair<ExpressionPtr, ExpressionPtr>> branches;
  ExpressionPtr otherwise;  // never a null pointer (a constant null if absent)
};

struct ListComprehension : BoundOf<BoundKind::kListComprehension> {
  VariableId variable = kNoVariable;
  ExpressionPtr list, predicate, projection;  // predicate and projection may be null pointers
};

enum class QuantifierKind : std::uint8_t { kAll, kAny, kNone, kSingle };
struct Quantifier : BoundOf<BoundKind::kQuantifier> {
  QuantifierKind quantifier = QuantifierKind::kAll;
  VariableId variable = kNoVariable;
  ExpressionPtr list, predicate;
};

struct Reduce : BoundOf<BoundKind::kReduce> {
  VariableId accumulator = kNoVariable, variable = kNoVariable;
  ExpressionPtr initial, list, step;
};

// EXISTS {}, COUNT {}, COLLECT {}, and what is lowered to them: pattern predicates (kExists), pattern comprehensions
// (kCollect), shortestPath() as an expression (kFirst). `outer` lists the variables of the enclosing scope it reads.
enum class SubqueryKind : std::uint8_t { kExists, kCount, kCollect, kFirst /* its first row's value, or null */ };
struct Subquery : BoundOf<BoundKind::kSubquery> {
  SubqueryKind subquery = SubqueryKind::kExists;
  std::shared_ptr<const BoundQuery> query;  // kCollect, kFirst: one column
  std::vector<VariableId> outer;
};

}  // namespace plexus::bind
