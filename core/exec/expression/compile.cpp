#include "core/exec/expression/composite.h"
#include "core/exec/run/reuse.h"

namespace plexus::exec {

std::unique_ptr<Evaluator::Scratch> Composite::open(Worker& worker) const {
  auto scratch = std::make_unique<OperandScratch>();
  start(worker, *scratch);
  return scratch;
}

void Composite::start(Worker& worker, Scratch& scratch) const {
  openAll(operands_, worker, static_cast<OperandScratch&>(scratch).operands);
}

bool Composite::OperandScratch::close() {
  closeOrDrop(operands);
  return true;
}

void openAll(const std::vector<EvaluatorPtr>& evaluators, Worker& worker,
             std::vector<std::unique_ptr<Evaluator::Scratch>>& scratch) {
  scratch.resize(evaluators.size());
  for (std::size_t i = 0; i < evaluators.size(); ++i) {
    if (evaluators[i]) openOrStart(*evaluators[i], worker, scratch[i]);
  }
}

std::vector<EvaluatorPtr> compileAll(const std::vector<bind::ExpressionPtr>& expressions, const Layout& layout,
                                     BuildContext& build) {
  std::vector<EvaluatorPtr> evaluators;
  evaluators.reserve(expressions.size());
  for (const auto& expression : expressions) evaluators.push_back(compile(*expression, layout, build));
  return evaluators;
}

EvaluatorPtr compile(const bind::BoundExpression& expression, const Layout& layout, BuildContext& build) {
  using bind::BoundKind;
  switch (expression.kind()) {
    case BoundKind::kConstant:
      return compileConstant(expression.as<bind::Constant>());
    case BoundKind::kParameter:
      return compileParameter(expression.as<bind::Parameter>());
    case BoundKind::kVariable:
      return compileVariable(expression.as<bind::Variable>(), layout);
    case BoundKind::kProperty:
      return compileProperty(expression.as<bind::Property>(), layout, build);
    case BoundKind::kFunction:
      return compileFunction(expression.as<bind::Function>(), layout, build);
    case BoundKind::kLabelCheck:
      return compileLabelCheck(expression.as<bind::LabelCheck>(), layout, build);
    case BoundKind::kTypeCheck:
      return compileTypeCheck(expression.as<bind::TypeCheck>(), layout, build);
    case BoundKind::kList:
      return compileList(expression.as<bind::ListExpression>(), layout, build);
    case BoundKind::kMap:
      return compileMap(expression.as<bind::MapExpression>(), layout, build);
    case BoundKind::kCase:
      return compileCase(expression.as<bind::Case>(), layout, build);
    case BoundKind::kListComprehension:
      return compileListComprehension(expression.as<bind::ListComprehension>(), layout, build);
    case BoundKind::kQuantifier:
      return compileQuantifier(expression.as<bind::Quantifier>(), layout, build);
    case BoundKind::kReduce:
      return compileReduce(expression.as<bind::Reduce>(), layout, build);
    case BoundKind::kSubquery:
      return compileSubquery(expression.as<bind::Subquery>(), layout, build);
  }
  throw Error{ErrorType::kInternalError, Phase::kCompile, "", "an expression of unknown kind", expression.span};
}

Value evaluateConstant(const Evaluator& evaluator, Worker& worker) {
  Batch row{0};
  row.setRows(1);
  const auto scratch = evaluator.open(worker);
  return evaluator.evaluate(worker, *scratch, row).value(0);
}

}  // namespace plexus::exec
