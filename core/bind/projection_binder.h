// core/bind/projection_binder.h: WITH and RETURN: columns, aggregation, ORDER BY, SKIP, LIMIT, WHERE.
//
// Grouping is implicit (CIP2021-07-07): items without an aggregate are the grouping keys. Beside an aggregate an item
// may read keys that are variables or properties, and nothing else of the incoming row.
// ORDER BY and WITH's WHERE see the new names first, then, unless rows were merged by DISTINCT or aggregation, the old
// ones; a part that equals an item reads that item.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/bind/binding.h"
#include "core/bind/expression_binder.h"
#include "core/bind/scope.h"
#include "core/parse/ast/statement.h"

namespace plexus::bind {

class ProjectionBinder {
 public:
  // `before` is the scope of the incoming rows.
  ProjectionBinder(Binding& binding, const Scope& before);

  void bindReturn(const ast::Projection& projection);
  // `where` may be null.
  void bindWith(const ast::Projection& projection, const ast::Expression* where);

  // One projection; two where WHERE reads what is not projected.
  std::vector<BoundProjection> takeProjections() { return std::move(projections_); }
  const Scope& scopeAfter() const { return after_; }
  struct Column {
    std::string name;
    VariableId variable = kNoVariable;
  };
  const std::vector<Column>& columns() const { return columns_; }

 private:
  struct Item {
    std::string name;
    const ast::Expression* written = nullptr;  // null: from `*`
    ExpressionPtr source;                      // over incoming variables and aggregates
    bool aggregates = false;
    VariableId variable = kNoVariable;
  };

  // bind_projection.cpp
  BoundProjection bindCommon(const ast::Projection& projection);
  void addStar(const ast::Projection& projection, bool isReturn);
  void addItem(const ast::ReturnItem& item);
  void requireDistinctNames() const;
  void requireNoShadow() const;
  void nameColumns(BoundProjection& projection);
  void keepOldNames();
  void keepCsvPlace(BoundProjection& projection);
  ExpressionPtr bindRowCount(const ast::Expression* count, std::string_view clause);
  void bindWhere(const ast::Expression& where, BoundProjection projection);

  // aggregation.cpp
  void group(BoundProjection& projection);
  VariableId keyFor(const Item& item, BoundProjection& projection);
  ExpressionPtr groupedForm(const Item& item, const BoundProjection& projection) const;
  bool isIncoming(VariableId variable) const { return incoming_.contains(variable); }
  bool readsAggregate(const BoundExpression& expression) const;

  // bind_order.cpp
  void bindOrderBy(const ast::Projection& projection, BoundProjection& bound);
  // An expression over the rows after projection. What it needs besides the items goes to `needed`.
  ExpressionPtr bindAfter(const ast::Expression& expression, const BoundProjection& bound, bool mayAggregate,
                          std::set<VariableId>& needed);
  ExpressionPtr itemWrittenAs(const ast::Expression& expression) const;
  ExpressionPtr readItems(const ExpressionPtr& expression, bool aggregates) const;
  void requireProjected(const std::vector<BoundAggregate>& aggregates, std::size_t from) const;
  void requireReachable(const BoundExpression& expression, bool aggregates, const BoundProjection& bound,
                        std::set<VariableId>& needed) const;
  [[noreturn]] void throwUnreachable(VariableId variable, Span span, bool aggregates) const;

  Binding& binding_;
  const Scope& before_;
  Scope after_;
  Scope both_;  // the new names over the old ones
  std::set<VariableId> incoming_;
  AggregateSink sink_;
  std::vector<Item> items_;
  std::vector<Column> columns_;
  std::vector<BoundProjection> projections_;
};

// A key that may also be read beside an aggregate: a variable, or a property of one.
bool isSimpleKey(const BoundExpression& expression);

}  // namespace plexus::bind
