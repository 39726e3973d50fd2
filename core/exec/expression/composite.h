// core/exec/expression/composite.h: what evaluators with operands share, and the compilers of each family.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

// An evaluator over the values of others.
class Composite : public Evaluator {
 public:
  Composite(bind::BoundKind kind, Span span, std::vector<EvaluatorPtr> operands)
      : Evaluator{kind, span}, operands_{std::move(operands)} {}
  std::unique_ptr<Scratch> open(Worker& worker) const override;
  void start(Worker& worker, Scratch& scratch) const override;

 protected:
  struct OperandScratch : Scratch {
    std::vector<std::unique_ptr<Scratch>> operands;
    bool close() override;
  };

  std::size_t operands() const { return operands_.size(); }
  const Evaluator& operand(std::size_t i) const { return *operands_[i]; }
  Column evaluateOperand(std::size_t i, Worker& worker, Scratch& scratch, const Batch& rows) const {
    auto& own = static_cast<OperandScratch&>(scratch);
    return operands_[i]->evaluate(worker, *own.operands[i], rows);
  }

 private:
  std::vector<EvaluatorPtr> operands_;
};

std::vector<EvaluatorPtr> compileAll(const std::vector<bind::ExpressionPtr>& expressions, const Layout& layout,
                                     BuildContext& build);

EvaluatorPtr compileConstant(const bind::Constant& constant);
EvaluatorPtr compileParameter(const bind::Parameter& parameter);
EvaluatorPtr compileVariable(const bind::Variable& variable, const Layout& layout);
EvaluatorPtr compileProperty(const bind::Property& property, const Layout& layout, BuildContext& build);
EvaluatorPtr compileFunction(const bind::Function& function, const Layout& layout, BuildContext& build);
EvaluatorPtr compileLabelCheck(const bind::LabelCheck& check, const Layout& layout, BuildContext& build);
EvaluatorPtr compileTypeCheck(const bind::TypeCheck& check, const Layout& layout, BuildContext& build);
EvaluatorPtr compileList(const bind::ListExpression& list, const Layout& layout, BuildContext& build);
EvaluatorPtr compileMap(const bind::MapExpression& map, const Layout& layout, BuildContext& build);
EvaluatorPtr compileCase(const bind::Case& expression, const Layout& layout, BuildContext& build);
EvaluatorPtr compileListComprehension(const bind::ListComprehension& comprehension, const Layout& layout,
                                      BuildContext& build);
EvaluatorPtr compileQuantifier(const bind::Quantifier& quantifier, const Layout& layout, BuildContext& build);
EvaluatorPtr compileReduce(const bind::Reduce& reduce, const Layout& layout, BuildContext& build);
EvaluatorPtr compileSubquery(const bind::Subquery& subquery, const Layout& layout, BuildContext& build);

}  // namespace plexus::exec
