// core/exec/expression/logic.h: operators with an order of evaluation of their own, or a faster way than row by row.
#pragma once

#include <vector>

#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

// AND, OR: the right side only where the left has not decided.
EvaluatorPtr makeConnective(const bind::Function& function, std::vector<EvaluatorPtr> operands);
// Each argument only where those before it are null.
EvaluatorPtr makeCoalesce(const bind::Function& function, std::vector<EvaluatorPtr> operands);
// IN with a list that is the same for all rows: hashed once. `general` decides where types are mixed.
EvaluatorPtr makeInFixed(const bind::Function& function, std::vector<EvaluatorPtr> operands, EvaluatorPtr general);

// Whether a condition holds in a row; null does not. Throws TypeError for what is no BOOLEAN.
bool holdsIn(const Column& condition, std::size_t row, Span span);

// A constant, a parameter, or a list of such.
bool isFixed(const bind::BoundExpression& expression);

// The rows chosen from `rows`, without its multiplicity.
Batch subset(const Batch& rows, std::shared_ptr<const Selection> chosen);

}  // namespace plexus::exec
