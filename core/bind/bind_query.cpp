// Whole queries: UNION, the order of clauses, and the clauses that are a line or two.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/bind/binder.h"
#include "core/bind/query_binder.h"

namespace plexus::bind {
namespace {

template <typename... T>
bool isOneOf(const ast::Clause& clause) {
  return (std::holds_alternative<T>(clause.node) || ...);
}

bool isUpdate(const ast::Clause& clause) {
  return isOneOf<ast::Create, ast::Merge, ast::Set, ast::Remove, ast::Delete, ast::Foreach>(clause);
}

// A query may end with what gives rows or has effects, and not with what only reads.
bool mayEnd(const ast::Clause& clause) {
  return isUpdate(clause) || isOneOf<ast::Return, ast::Finish, ast::CallProcedure, ast::CallSubquery>(clause);
}

[[noreturn]] void throwComposition(std::string message, Span span, std::string hint = {}) {
  throwSyntax("InvalidClauseComposition", std::move(message), span, std::move(hint));
}

// The outputs of a further part in the order of the first part's columns.
std::vector<VariableId> alignColumns(const BoundQuery& query, const std::vector<ProjectionBinder::Column>& columns,
                                     Span span) {
  std::vector<VariableId> outputs;
  for (const auto& wanted : query.columns) {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == wanted.name; });
    if (found != columns.end()) outputs.push_back(found->variable);
  }
  if (outputs.size() != query.columns.size() || outputs.size() != columns.size()) {
    throwSyntax("DifferentColumnsInUnion", "all parts of a UNION must return the same columns", span);
  }
  return outputs;
}

void requireOneUnion(const ast::Query& query) {
  const auto& all = query.unionAll;
  if (std::adjacent_find(all.begin(), all.end(), std::not_equal_to<>{}) == all.end()) return;
  throwComposition("UNION and UNION ALL cannot be mixed in one query", query.span);
}

}  // namespace

BoundQuery bindQuery(Binding& binding, const ast::Query& query, const Scope& start, QueryPlace place) {
  return bindQuery(binding, query, StartScope{[&start](const ast::SingleQuery&) { return start; }}, place);
}

BoundQuery bindQuery(Binding& binding, const ast::Query& query, const StartScope& start, QueryPlace place) {
  requireOneUnion(query);
  BoundQuery bound;
  bound.unionAll = query.unionAll;
  for (const auto& part : query.parts) {
    ClauseBinder clauses{binding, start(part), place};
    clauses.bindAll(part.clauses);
    BoundSingleQuery single;
    single.clauses = clauses.takeClauses();
    if (bound.parts.empty()) {
      for (const auto& column : clauses.columns()) bound.columns.push_back({column.name, column.variable});
    }
    single.outputs = alignColumns(bound, clauses.columns(), part.span);
    bound.writes = bound.writes || clauses.writes();
    bound.parts.push_back(std::move(single));
  }
  return bound;
}

void ClauseBinder::bindAll(const std::vector<ast::Clause>& clauses) {
  checkComposition(clauses);
  for (const auto& clause : clauses) bindClause(clause);
}

void ClauseBinder::checkComposition(const std::vector<ast::Clause>& clauses) const {
  if (clauses.empty()) return;
  for (std::size_t i = 0; i + 1 < clauses.size(); ++i) {
    if (!isOneOf<ast::Return, ast::Finish>(clauses[i])) continue;
    throwComposition("RETURN and FINISH can only be the last clause of a query", clauses[i].span);
  }
  if (place_ == QueryPlace::kExpression) {
    for (const auto& clause : clauses) {
      if (isUpdate(clause)) throwComposition("a subquery in an expression cannot change the graph", clause.span);
    }
    return;
  }
  if (!mayEnd(clauses.back())) {
    throwComposition("a query must end with RETURN, an updating clause, or CALL", clauses.back().span,
                     "add `RETURN *`");
  }
}

void ClauseBinder::bindClause(const ast::Clause& clause) {
  span_ = clause.span;
  writes_ = writes_ || isUpdate(clause);
  wrote_ = wrote_ || isUpdate(clause);
  std::visit([this](const auto& node) { bind(node); }, clause.node);
}

VariableId ClauseBinder::declareNew(const ast::Name& name, Type type) {
  if (scope_.has(name.text)) throwAlreadyBound(scope_, name.text, name.span);
  const VariableId variable = binding_.newVariable(name.text, std::move(type));
  scope_.declare(name.text, variable);
  return variable;
}

// What is no list is taken for a list of one.
void ClauseBinder::bind(const ast::Unwind& unwind) {
  BoundUnwind bound;
  bound.list = bindExpression(*unwind.list);
  const Type& type = bound.list->type;
  bound.variable = declareNew(unwind.variable, type.is(TypeKind::kList) ? type.element() : type);
  add(std::move(bound));
}

void ClauseBinder::project(ProjectionBinder& projection) {
  for (auto& bound : projection.takeProjections()) add(std::move(bound));
  scope_ = projection.scopeAfter();
}

void ClauseBinder::bind(const ast::With& with) {
  ProjectionBinder projection{binding_, scope_};
  projection.bindWith(with.projection, with.where.get());
  project(projection);
}

void ClauseBinder::bind(const ast::Return& returned) {
  for (const auto& item : returned.projection.items) {
    if (place_ != QueryPlace::kCall || item.alias || item.expression->kind() == ast::ExpressionKind::kVariable)
      continue;
    throwSyntax("NoExpressionAlias", "an expression in the RETURN of CALL { } needs a name", item.expression->span,
                fmt::format("write `{} AS name`", binding_.textOf(item.expression->span)));
  }
  ProjectionBinder projection{binding_, scope_};
  projection.bindReturn(returned.projection);
  project(projection);
  columns_ = projection.columns();
  returns_ = true;
}

void ClauseBinder::bind(const ast::Finish&) { add(BoundFinish{}); }

void ClauseBinder::bind(const ast::LoadCsv& load) {
  BoundLoadCsv bound;
  bound.url = bindExpression(*load.url);
  requireType(*bound.url, TypeKind::kString, "the address of a file");
  bound.withHeaders = load.withHeaders;
  if (load.fieldTerminator.size() > 1) {
    throwSyntax("InvalidArgumentType", "FIELDTERMINATOR must be a single character", span_);
  }
  if (!load.fieldTerminator.empty()) bound.fieldTerminator = load.fieldTerminator.front();
  bound.variable = declareNew(load.variable, load.withHeaders ? Type{TypeKind::kMap} : Type::list(TypeKind::kString));
  bound.line = binding_.newAnonymous("line", TypeKind::kInteger);
  bound.file = binding_.newAnonymous("file", TypeKind::kString);
  scope_.setCsvPlace({bound.line, bound.file});
  add(std::move(bound));
}

BoundStatement bind(const ast::Query& query, std::string_view text, const BindContext& context) {
  Binding binding{text, context};
  BoundStatement statement;
  statement.query = bindQuery(binding, query, Scope{}, QueryPlace::kStatement);
  binding.finish(statement);
  return statement;
}

ExpressionPtr bindConstant(const ast::Expression& expression, const BindContext& context) {
  Binding binding{{}, context};
  const Scope none;
  return ExpressionBinder{binding, none}.bind(expression);
}

}  // namespace plexus::bind
