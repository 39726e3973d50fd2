// core/bind/expression_binder.h: one expression from AST to bound form, in a given scope.
//
// Where aggregates may stand, the caller gives an AggregateSink: each aggregate goes there, and the expression reads
// its result through a variable. Elsewhere an aggregate is an error. Patterns are predicates: they may stand where a
// condition is asked for (WHERE, CASE WHEN, operands of AND, OR, XOR, NOT), and nowhere else.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/bind/binding.h"
#include "core/bind/scope.h"
#include "core/parse/ast/statement.h"

namespace plexus::bind {

// Collects the aggregates of one projection; equal ones are computed once.
class AggregateSink {
 public:
  explicit AggregateSink(Binding& binding) : binding_{binding} {}

  // The variable that will hold the aggregate's result.
  VariableId add(BoundAggregate aggregate, Type type);
  const std::vector<BoundAggregate>& aggregates() const { return aggregates_; }
  bool computes(VariableId variable) const;

 private:
  Binding& binding_;
  std::vector<BoundAggregate> aggregates_;
};

class ExpressionBinder {
 public:
  // What the place of the expression allows.
  enum class Place : std::uint8_t {
    kAny,
    kConstant,  // SKIP, LIMIT: no variables, no patterns
  };

  ExpressionBinder(Binding& binding, const Scope& scope, AggregateSink* sink = nullptr, Place place = Place::kAny)
      : binding_{binding}, scope_{scope}, sink_{sink}, place_{place} {}

  // Aggregates' arguments see `scope` instead: in ORDER BY they still read what was there before the projection.
  void setAggregateScope(const Scope& scope) { aggregateScope_ = &scope; }

  ExpressionPtr bind(const ast::Expression& expression);
  // As bind(), but a pattern may stand here, and what cannot be a boolean is an error.
  ExpressionPtr bindPredicate(const ast::Expression& expression);
  LabelsPtr bindLabels(const ast::LabelExpression& labels, NamesUsed& used);

 private:
  // A bare pattern is EXISTS; everything else as bind().
  ExpressionPtr bindCondition(const ast::Expression& expression);

  // bind_expression.cpp
  ExpressionPtr bindLiteral(const ast::Literal& literal);
  ExpressionPtr bindParameter(const ast::Parameter& parameter);
  ExpressionPtr bindVariable(const ast::Variable& variable);
  ExpressionPtr bindProperty(const ast::Property& property);
  ExpressionPtr bindUnary(const ast::Unary& unary);
  ExpressionPtr bindBinary(const ast::Binary& binary);
  ExpressionPtr bindComparison(const ast::Comparison& comparison);
  ExpressionPtr bindNullCheck(const ast::NullCheck& check);
  ExpressionPtr bindLabelCheck(const ast::LabelCheck& check);
  ExpressionPtr bindTypeCheck(const ast::TypeCheck& check);

  // bind_collection.cpp
  ExpressionPtr bindList(const ast::ListExpression& list);
  ExpressionPtr bindMap(const ast::MapExpression& map);
  ExpressionPtr bindMapProjection(const ast::MapProjection& projection);
  ExpressionPtr bindIndex(const ast::Index& index);
  ExpressionPtr bindSlice(const ast::Slice& slice);
  ExpressionPtr bindCase(const ast::Case& choice);
  ExpressionPtr bindListComprehension(const ast::ListComprehension& comprehension);
  ExpressionPtr bindQuantifier(const ast::Quantifier& quantifier);
  ExpressionPtr bindReduce(const ast::Reduce& reduce);

  // bind_function.cpp
  ExpressionPtr bindCall(const ast::Call& call);
  ExpressionPtr bindAggregate(const ast::Call& call);
  ExpressionPtr bindExistsCall(const ast::Call& call);
  ExpressionPtr bindCsvPlace(const ast::Call& call);

  // bind_subquery.cpp
  ExpressionPtr bindPatternPredicate(const ast::PathPattern& pattern, Span span);
  ExpressionPtr bindPatternExpression(const ast::PatternExpression& pattern);
  ExpressionPtr bindPatternComprehension(const ast::PatternComprehension& comprehension);
  ExpressionPtr bindSubquery(const ast::Subquery& subquery);

  // A binder for a part that sees `scope` (a comprehension's body): aggregates may not stand there.
  ExpressionBinder inner(const Scope& scope) const { return ExpressionBinder{binding_, scope, nullptr, place_}; }
  void requirePlaceForSubquery(Span span) const;

  Binding& binding_;
  const Scope& scope_;
  AggregateSink* sink_;
  Place place_;
  const Scope* aggregateScope_ = nullptr;
  bool insideAggregate_ = false;
};

// The elements' type of what is iterated over; throws unless it may be a list.
Type elementType(const BoundExpression& list, std::string_view what);
// Throws SyntaxError InvalidArgumentType unless the expression may be of the type.
void requireType(const BoundExpression& expression, const Type& type, std::string_view what);
ExpressionPtr constant(Value value, Span span);

}  // namespace plexus::bind
