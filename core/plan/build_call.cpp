#include <algorithm>

#include "core/function/procedure.h"
#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

constexpr double kRowsOfList = 10;  // UNWIND, where the list's length is not known
constexpr double kRowsOfProcedure = 100;
constexpr double kRowsOfFile = 10000;

LogicalPtr on(LogicalPtr input, LogicalPtr op, double rows) {
  op->estimatedRows = rows;
  op->children.insert(op->children.begin(), std::move(input));
  return op;
}

LogicalPtr eager(LogicalPtr input) {
  const double rows = input->estimatedRows;
  return on(std::move(input), std::make_unique<Eager>(), rows);
}

double elements(const ExpressionPtr& list) {
  if (list->kind() == bind::BoundKind::kList) {
    return static_cast<double>(list->as<bind::ListExpression>().elements.size());
  }
  if (list->kind() == bind::BoundKind::kConstant && list->as<bind::Constant>().value.is(ValueKind::kList)) {
    return static_cast<double>(list->as<bind::Constant>().value.list().size());
  }
  return kRowsOfList;
}

}  // namespace

LogicalPtr Planning::planUnwind(const bind::BoundUnwind& clause, LogicalPtr input) {
  auto op = std::make_unique<Unwind>();
  op->list = clause.list;
  op->variable = clause.variable;
  const double rows = input->estimatedRows * elements(clause.list);
  return on(std::move(input), std::move(op), rows);
}

LogicalPtr Planning::planLoadCsv(const bind::BoundLoadCsv& clause, LogicalPtr input) {
  auto op = std::make_unique<LoadCsv>();
  op->load = clause;
  const double rows = input->estimatedRows * kRowsOfFile;
  return on(std::move(input), std::move(op), rows);
}

// Of an optional call `where` decides whether the call gave anything: it stays with the operator.
LogicalPtr Planning::planProcedure(const bind::BoundCallProcedure& clause, LogicalPtr input) {
  auto op = std::make_unique<ProcedureCall>();
  op->call = clause;
  const ExpressionPtr where = clause.optional ? nullptr : clause.where;
  if (!clause.optional) op->call.where = nullptr;
  const bool writing = clause.procedure->mode != function::ProcedureMode::kRead;
  if (writing && readsGraph(*input)) input = eager(std::move(input));
  const double each = clause.procedure->isVoid() ? 1 : kRowsOfProcedure;
  const double rows = input->estimatedRows * each;
  input = on(std::move(input), std::move(op), rows);
  if (writing) input = eager(std::move(input));
  return where ? planFilter({where}, std::move(input)) : std::move(input);
}

// What is left of a subquery that writes has read all it reads before the subquery starts, and all of its rows have
// been through before anything above sees the first.
LogicalPtr Planning::planSubquery(const bind::BoundCallSubquery& clause, LogicalPtr input) {
  LogicalPtr inner = planQuery(*clause.query, argument(clause.outer));
  const bool writing = writes(*inner);
  if (!clause.returns) {
    auto end = std::make_unique<EmptyResult>();
    inner = on(std::move(inner), std::move(end), 0);
  }
  if (writing && readsGraph(*input)) input = eager(std::move(input));
  const Apply::Mode mode = !clause.returns   ? Apply::Mode::kForEach
                           : clause.optional ? Apply::Mode::kOptional
                                             : Apply::Mode::kInner;
  LogicalPtr out = apply(mode, std::move(input), std::move(inner));
  auto& op = out->as<Apply>();
  if (clause.returns) {
    op.introduced.clear();
    for (const auto& column : clause.query->columns) op.introduced.push_back(column.variable);
  }
  if (clause.inTransactions) {
    op.inTransactions = true;
    op.transactions = *clause.inTransactions;
  }
  return writing ? eager(std::move(out)) : std::move(out);
}

}  // namespace plexus::plan
