// Constants, parameters, variables.
#include "core/exec/expression/composite.h"
#include "core/exec/expression/vector_builder.h"

namespace plexus::exec {
namespace {

// One value behind a selection that is kept from batch to batch as long as they have the same size.
class Broadcast {
 public:
  explicit Broadcast(const Value& value) : one_{std::make_shared<const Vector>(Vector::constant(value, 1))} {}
  Column column(std::size_t rows) {
    if (!zeros_ || zeros_->size() != rows) zeros_ = std::make_shared<const Selection>(rows, RowIndex{0});
    return {one_, zeros_};
  }

 private:
  std::shared_ptr<const Vector> one_;
  std::shared_ptr<const Selection> zeros_;
};

struct BroadcastScratch final : Evaluator::Scratch {
  explicit BroadcastScratch(const Value& value) : broadcast{value} {}
  Broadcast broadcast;
};

class ConstantEvaluator final : public Evaluator {
 public:
  explicit ConstantEvaluator(const bind::Constant& constant)
      : Evaluator{bind::BoundKind::kConstant, constant.span}, value_{constant.value} {}
  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<BroadcastScratch>(value_); }
  Column evaluate(Worker&, Scratch& scratch, const Batch& rows) const override {
    return static_cast<BroadcastScratch&>(scratch).broadcast.column(rows.rows());
  }

 private:
  Value value_;
};

class ParameterEvaluator final : public Evaluator {
 public:
  explicit ParameterEvaluator(const bind::Parameter& parameter)
      : Evaluator{bind::BoundKind::kParameter, parameter.span}, name_{parameter.name} {}
  std::unique_ptr<Scratch> open(Worker& worker) const override {
    const auto* parameters = worker.context.parameters;
    const auto found = parameters ? parameters->find(name_) : decltype(parameters->end()){};
    if (!parameters || found == parameters->end()) {
      throwRuntime(ErrorType::kParameterMissing, "MissingParameter", "parameter `$" + name_ + "` has no value", span());
    }
    return std::make_unique<BroadcastScratch>(found->second);
  }
  Column evaluate(Worker&, Scratch& scratch, const Batch& rows) const override {
    return static_cast<BroadcastScratch&>(scratch).broadcast.column(rows.rows());
  }

 private:
  std::string name_;
};

class VariableEvaluator final : public Evaluator {
 public:
  VariableEvaluator(ColumnIndex column, Span span) : Evaluator{bind::BoundKind::kVariable, span}, column_{column} {}
  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<Scratch>(); }
  Column evaluate(Worker&, Scratch&, const Batch& rows) const override { return rows.column(column_); }

 private:
  ColumnIndex column_;
};

}  // namespace

EvaluatorPtr compileConstant(const bind::Constant& constant) { return std::make_unique<ConstantEvaluator>(constant); }

EvaluatorPtr compileParameter(const bind::Parameter& parameter) {
  return std::make_unique<ParameterEvaluator>(parameter);
}

EvaluatorPtr compileVariable(const bind::Variable& variable, const Layout& layout) {
  if (!layout.has(variable.variable)) {
    throw Error{ErrorType::kInternalError, Phase::kCompile, "", "an expression reads a variable that was not planned",
                variable.span};
  }
  return std::make_unique<VariableEvaluator>(layout.column(variable.variable), variable.span);
}

}  // namespace plexus::exec
