// core/plan/logical/expression.h: what the planner asks of bound expressions: what they read, what shape they have, and
// how EXPLAIN prints them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bind/bound_query.h"
#include "core/plan/logical/variable_set.h"

namespace plexus::plan {

using bind::ExpressionPtr;
using bind::LabelsPtr;
using bind::VariableId;

// Calls `visit` for each direct subexpression. Of a subquery: none (its query is not an expression).
void forEachChild(const bind::BoundExpression& e, const std::function<void(const ExpressionPtr&)>& visit);

// Adds the variables that the expression reads from outside itself. A null pointer reads nothing.
void addReads(const ExpressionPtr& e, VariableSet& out);
void addReads(const LabelsPtr& labels, VariableSet& out);
VariableSet readsOf(const ExpressionPtr& e);

// Calls `visit` for every Subquery in the expression, not those inside of subqueries.
void forEachSubquery(const ExpressionPtr& e, const std::function<void(const bind::Subquery&)>& visit);

// False if equal arguments may give different results: rand() somewhere.
bool isDeterministic(const ExpressionPtr& e);

// The call if `e` is one of the function or operator with that name ("=", "NOT", "id"), else null.
const bind::Function* asCall(const ExpressionPtr& e, std::string_view name);
// The variable if `e` is one, else kNoVariable.
VariableId asVariable(const ExpressionPtr& e);
// The key if `e` is a property of that variable, else null.
const std::string* asPropertyOf(const ExpressionPtr& e, VariableId variable);
// Its integer if `e` is a constant integer.
std::optional<std::int64_t> asInteger(const ExpressionPtr& e);

ExpressionPtr makeInteger(std::int64_t value, Span span = {});
ExpressionPtr makeVariable(VariableId variable, const Type& type);
ExpressionPtr makeLabelCheck(VariableId variable, LabelsPtr labels);
ExpressionPtr makeIsNotNull(VariableId variable, const Type& type);

// All of them; a null pointer if there are none. Null pointers in the list are left out.
LabelsPtr conjunction(const std::vector<LabelsPtr>& labels);

// "g.name = $x", with variables' names from `variables`; long ones end in "...".
std::string text(const ExpressionPtr& e, const std::vector<bind::VariableInfo>& variables);
std::string text(const LabelsPtr& labels, const std::vector<bind::VariableInfo>& variables);
// A variable's name; of anonymous ones "#12".
std::string nameOf(VariableId variable, const std::vector<bind::VariableInfo>& variables);

}  // namespace plexus::plan
