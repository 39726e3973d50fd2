// core/bind/query_binder.h: queries and their clauses, one after another, each in the scope that the one before left.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "core/bind/binding.h"
#include "core/bind/expression_binder.h"
#include "core/bind/pattern_binder.h"
#include "core/bind/projection_binder.h"
#include "core/bind/scope.h"
#include "core/parse/ast/statement.h"

namespace plexus::bind {

// Where a query stands decides what it may hold.
enum class QueryPlace : std::uint8_t {
  kStatement,
  kExpression,  // EXISTS, COUNT, COLLECT: may not write, needs no RETURN
  kCall,        // CALL { }
};

// What a part of the query (of a UNION) sees before its first clause.
using StartScope = std::function<Scope(const ast::SingleQuery& part)>;
BoundQuery bindQuery(Binding& binding, const ast::Query& query, const StartScope& start, QueryPlace place);
BoundQuery bindQuery(Binding& binding, const ast::Query& query, const Scope& start, QueryPlace place);

// Binds the clauses of one part of a query.
class ClauseBinder {
 public:
  ClauseBinder(Binding& binding, Scope scope, QueryPlace place)
      : binding_{binding}, scope_{std::move(scope)}, place_{place} {}

  void bindAll(const std::vector<ast::Clause>& clauses);

  std::vector<BoundClause> takeClauses() { return std::move(clauses_); }
  // Of RETURN, or of a standalone CALL; empty without.
  const std::vector<ProjectionBinder::Column>& columns() const { return columns_; }
  bool returns() const { return returns_; }
  bool writes() const { return writes_; }

 private:
  void bindClause(const ast::Clause& clause);
  void checkComposition(const std::vector<ast::Clause>& clauses) const;
  ExpressionPtr bindExpression(const ast::Expression& expression) {
    return ExpressionBinder{binding_, scope_}.bind(expression);
  }
  // A new variable of a name that must not be known yet.
  VariableId declareNew(const ast::Name& name, Type type);
  template <typename T>
  void add(T bound) {
    clauses_.push_back({std::move(bound), span_});
  }

  // bind_match.cpp
  void bind(const ast::Match& match);
  void bindHint(const ast::Hint& hint, BoundMatch& bound);
  // bind_query.cpp
  void bind(const ast::Unwind& unwind);
  void bind(const ast::With& with);
  void bind(const ast::Return& returned);
  void bind(const ast::Finish& finish);
  void bind(const ast::LoadCsv& load);
  void project(ProjectionBinder& projection);
  // bind_create.cpp
  void bind(const ast::Create& create);
  // bind_merge.cpp
  void bind(const ast::Merge& merge);
  // bind_update.cpp
  void bind(const ast::Set& set);
  void bind(const ast::Remove& remove);
  void bind(const ast::Delete& removed);
  void bind(const ast::Foreach& loop);
  SetItem bindSetItem(const ast::SetItem& item);
  // bind_call.cpp
  void bind(const ast::CallProcedure& call);
  void bindArguments(const ast::CallProcedure& call, BoundCallProcedure& bound);
  void bindYield(const ast::CallProcedure& call, BoundCallProcedure& bound);
  void bind(const ast::CallSubquery& call);
  BoundQuery bindCalled(const ast::CallSubquery& call, Captures& captures);
  BoundCallSubquery::InTransactions bindTransactions(const ast::InTransactions& transactions, Span span);

  Binding& binding_;
  Scope scope_;
  QueryPlace place_;
  Span span_;  // of the clause being bound
  std::vector<BoundClause> clauses_;
  std::vector<ProjectionBinder::Column> columns_;
  bool returns_ = false;
  bool writes_ = false;
  bool wrote_ = false;  // ... but for CALL { } IN TRANSACTIONS
};

}  // namespace plexus::bind
