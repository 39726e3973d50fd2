// Subqueries in expressions, and what is lowered to them: pattern predicates, pattern comprehensions, shortestPath().
#include <utility>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/pattern_binder.h"
#include "core/bind/query_binder.h"

namespace plexus::bind {
namespace {

std::shared_ptr<Subquery> subqueryNode(SubqueryKind kind, Type type, Span span) {
  auto expression = std::make_shared<Subquery>();
  expression->subquery = kind;
  expression->type = std::move(type);
  expression->span = span;
  return expression;
}

void setQuery(Subquery& expression, BoundQuery query, const Captures& captures) {
  query.outer = captures.variables();
  expression.outer = captures.variables();
  expression.query = std::make_shared<const BoundQuery>(std::move(query));
}

// MATCH graph [RETURN result].
BoundQuery matchQuery(Binding& binding, PatternGraph graph, const ExpressionPtr& result, Span span) {
  BoundSingleQuery part;
  BoundMatch match;
  match.graph = std::move(graph);
  part.clauses.push_back({std::move(match), span});
  BoundQuery query;
  if (result) {
    const VariableId column = binding.newAnonymous("result", result->type);
    BoundProjection projection;
    projection.isReturn = true;
    projection.items.push_back({result, column});
    part.clauses.push_back({std::move(projection), span});
    part.outputs.push_back(column);
    query.columns.push_back({binding.textOf(result->span), column});
  }
  query.parts.push_back(std::move(part));
  return query;
}

}  // namespace

void ExpressionBinder::requirePlaceForSubquery(Span span) const {
  if (place_ != Place::kConstant) return;
  throwSyntax("NonConstantExpression", "the number of rows may not depend on a pattern", span);
}

ExpressionPtr ExpressionBinder::bindPatternPredicate(const ast::PathPattern& path, Span span) {
  requirePlaceForSubquery(span);
  auto expression = subqueryNode(SubqueryKind::kExists, TypeKind::kBoolean, span);
  Captures captures;
  Scope scope{&scope_, &captures};
  PatternBinder pattern{binding_, scope, PatternBinder::Naming::kBoundOnly};
  pattern.declare(path);
  pattern.bindConditions(nullptr);
  setQuery(*expression, matchQuery(binding_, pattern.take(), nullptr, span), captures);
  return expression;
}

// shortestPath() and allShortestPaths() between bound nodes: the first path, or the list of all.
ExpressionPtr ExpressionBinder::bindPatternExpression(const ast::PatternExpression& source) {
  const auto selector = source.pattern->selector.kind;
  if (selector == ast::PathSelectorKind::kNone) {
    throwSyntax("UnexpectedSyntax", "a pattern is a condition and has no value", source.span,
                "a list of its matches is written [(a)-->(b) | b], their number COUNT { (a)-->(b) }");
  }
  requirePlaceForSubquery(source.span);
  const bool all = selector == ast::PathSelectorKind::kAllShortestPathsFunction;
  const Type path{TypeKind::kPath};
  auto expression = all ? subqueryNode(SubqueryKind::kCollect, Type::list(path), source.span)
                        : subqueryNode(SubqueryKind::kFirst, path, source.span);
  Captures captures;
  Scope scope{&scope_, &captures};
  PatternBinder pattern{binding_, scope};
  pattern.declare(*source.pattern);
  pattern.bindConditions(nullptr);
  PatternGraph graph = pattern.take();
  for (const auto& node : graph.nodes) {
    if (node.bound) continue;
    throwSyntax("UndefinedVariable", "shortestPath() in an expression needs both ends to be bound", source.span);
  }
  VariableId& variable = graph.shortest.front().path.variable;
  if (variable == kNoVariable) variable = binding_.newAnonymous("path", path);
  const ExpressionPtr result = binding_.read(variable, source.span);
  setQuery(*expression, matchQuery(binding_, std::move(graph), result, source.span), captures);
  return expression;
}

ExpressionPtr ExpressionBinder::bindPatternComprehension(const ast::PatternComprehension& source) {
  requirePlaceForSubquery(source.span);
  Captures captures;
  Scope scope{&scope_, &captures};
  PatternBinder pattern{binding_, scope};
  pattern.declare(*source.pattern);
  pattern.bindConditions(source.predicate.get());
  const ExpressionPtr result = inner(scope).bind(*source.projection);
  auto expression = subqueryNode(SubqueryKind::kCollect, Type::list(result->type), source.span);
  setQuery(*expression, matchQuery(binding_, pattern.take(), result, source.span), captures);
  return expression;
}

ExpressionPtr ExpressionBinder::bindSubquery(const ast::Subquery& source) {
  requirePlaceForSubquery(source.span);
  Captures captures;
  const Scope scope{&scope_, &captures};
  BoundQuery query = bindQuery(binding_, *source.query, scope, QueryPlace::kExpression);
  if (query.writes) {
    throwSyntax("InvalidClauseComposition", "a subquery in an expression cannot change the graph", source.span);
  }
  auto expression = subqueryNode(SubqueryKind::kExists, TypeKind::kBoolean, source.span);
  if (source.subquery == ast::SubqueryKind::kCount) {
    expression->subquery = SubqueryKind::kCount;
    expression->type = TypeKind::kInteger;
  } else if (source.subquery == ast::SubqueryKind::kCollect) {
    if (query.columns.size() != 1) {
      throwSyntax("InvalidClauseComposition", "COLLECT { } must return exactly one column", source.span);
    }
    expression->subquery = SubqueryKind::kCollect;
    expression->type = Type::list(binding_.info(query.columns.front().variable).type);
  }
  setQuery(*expression, std::move(query), captures);
  return expression;
}

}  // namespace plexus::bind
