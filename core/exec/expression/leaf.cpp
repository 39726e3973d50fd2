// Constants, parameters, variables.
#include "core/exec/expression/composite.h"
#include "core/exec/expression/vector_builder.h"
#include "core/exec/run/reuse.h"

namespace plexus::exec {
namespace {

// One value behind a selection that is kept from batch to batch as long as they have the same size.
class Broadcast {
 public:
  explicit Broadcast(const Value& value) { set(value); }
  void set(const Value& value) { one_ = std::make_shared<const Vector>(Vector::constant(value, 1)); }
  void unset() { one_.reset(); }
  void keepSmall() {
    if (zeros_ && zeros_->size() > kKeptRows) zeros_.reset();
  }
  Column column(std::size_t rows) {
    if (!zeros_ || zeros_->size() != rows) zeros_ = std::make_shared<const Selection>(rows, RowIndex{0});
    return {one_, zeros_};
  }

 private:
  std::shared_ptr<const Vector> one_;
  std::shared_ptr<const Selection> zeros_;
};

struct ConstantScratch final : Evaluator::Scratch {
  explicit ConstantScratch(const Value& value) : broadcast{value} {}
  bool close() override {
    broadcast.keepSmall();
    return true;
  }
  Broadcast broadcast;
};

struct ParameterScratch final : Evaluator::Scratch {
  explicit ParameterScratch(const Value& value) : broadcast{value} {}
  bool close() override {
    broadcast.keepSmall();
    broadcast.unset();
    return true;
  }
  Broadcast broadcast;
};

struct NoScratch final : Evaluator::Scratch {
  bool close() override { return true; }
};

class ConstantEvaluator final : public Evaluator {
 public:
  explicit ConstantEvaluator(const bind::Constant& constant)
      : Evaluator{bind::BoundKind::kConstant, constant.span}, value_{constant.value} {}
  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<ConstantScratch>(value_); }
  Column evaluate(Worker&, Scratch& scratch, const Batch& rows) const override {
    return static_cast<ConstantScratch&>(scratch).broadcast.column(rows.rows());
  }

 private:
  Value value_;
};

class ParameterEvaluator final : public Evaluator {
 public:
  explicit ParameterEvaluator(const bind::Parameter& parameter)
      : Evaluator{bind::BoundKind::kParameter, parameter.span}, name_{parameter.name} {}
  std::unique_ptr<Scratch> open(Worker& worker) const override {
    return std::make_unique<ParameterScratch>(valueFor(worker));
  }
  void start(Worker& worker, Scratch& scratch) const override {
    static_cast<ParameterScratch&>(scratch).broadcast.set(valueFor(worker));
  }
  Column evaluate(Worker&, Scratch& scratch, const Batch& rows) const override {
    return static_cast<ParameterScratch&>(scratch).broadcast.column(rows.rows());
  }

 private:
  const Value& valueFor(Worker& worker) const {
    const auto* parameters = worker.context.parameters;
    const auto found = parameters ? parameters->find(name_) : decltype(parameters->end()){};
    if (!parameters || found == parameters->end()) {
      throwRuntime(ErrorType::kParameterMissing, "MissingParameter", "parameter `$" + name_ + "` has no value", span());
    }
    return found->second;
  }

  std::string name_;
};

class VariableEvaluator final : public Evaluator {
 public:
  VariableEvaluator(ColumnIndex column, Span span) : Evaluator{bind::BoundKind::kVariable, span}, column_{column} {}
  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<NoScratch>(); }
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
