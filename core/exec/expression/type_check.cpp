#include "core/exec/expression/type_check.h"

#include "core/exec/expression/composite.h"

namespace plexus::exec {
namespace {

class TypeCheckEvaluator final : public Composite {
 public:
  TypeCheckEvaluator(const bind::TypeCheck& check, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kTypeCheck, check.span, std::move(operands)},
        type_{check.checked},
        negated_{check.negated} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column operand = evaluateOperand(0, worker, scratch, rows);
    auto result = std::make_shared<Vector>(Vector::Kind::kBoolean, rows.rows());
    const auto out = result->data<std::uint8_t>();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      out[row] = static_cast<std::uint8_t>(isOfType(operand.value(row), type_) != negated_);
    }
    return {std::move(result), nullptr};
  }

 private:
  CheckedType type_;
  bool negated_;
};

}  // namespace

CheckedType checkedType(const ast::TypeName& type) {
  CheckedType checked;
  checked.base = type.base;
  checked.notNull = type.notNull;
  for (const auto& argument : type.arguments) checked.arguments.push_back(checkedType(argument));
  for (const auto& alternative : type.alternatives) checked.alternatives.push_back(checkedType(alternative));
  return checked;
}

EvaluatorPtr compileTypeCheck(const bind::TypeCheck& check, const Layout& layout, BuildContext& build) {
  return std::make_unique<TypeCheckEvaluator>(check, compileAll({check.operand}, layout, build));
}

}  // namespace plexus::exec
