// CASE: each branch is evaluated only for the rows that no branch before it took.
#include <optional>

#include "core/exec/expression/composite.h"
#include "core/exec/expression/logic.h"
#include "core/exec/expression/vector_builder.h"

namespace plexus::exec {
namespace {

class CaseEvaluator final : public Composite {
 public:
  // Operands: the subject (if there is one), then condition and result of each branch, then the other case.
  CaseEvaluator(Span span, std::vector<EvaluatorPtr> operands, std::optional<ColumnIndex> subject)
      : Composite{bind::BoundKind::kCase, span, std::move(operands)}, subject_{subject} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    Batch input = withoutMultiplicity(rows);
    if (subject_) putColumn(input, *subject_, evaluateOperand(0, worker, scratch, rows));
    std::vector<Value> values(rows.rows());
    auto open = identitySelection(rows.rows());
    std::size_t next = subject_ ? 1 : 0;
    for (; next + 1 < operands() && !open->empty(); next += 2) {
      auto [taken, left] = split(worker, scratch, input, next, *open);
      if (!taken->empty()) assign(worker, scratch, input, next + 1, taken, values);
      open = std::move(left);
    }
    if (!open->empty()) assign(worker, scratch, input, operands() - 1, open, values);
    VectorBuilder result;
    for (const Value& value : values) result.append(value);
    return {result.finish(), nullptr};
  }

 private:
  using SelectionPtr = std::shared_ptr<const Selection>;

  std::pair<SelectionPtr, SelectionPtr> split(Worker& worker, Scratch& scratch, const Batch& input,
                                              std::size_t condition, const Selection& open) const {
    const Column holds =
        evaluateOperand(condition, worker, scratch, subset(input, std::make_shared<const Selection>(open)));
    auto taken = std::make_shared<Selection>();
    auto left = std::make_shared<Selection>();
    for (std::size_t i = 0; i < open.size(); ++i) {
      (holdsIn(holds, i, operand(condition).span()) ? *taken : *left).push_back(open[i]);
    }
    return {std::move(taken), std::move(left)};
  }

  void assign(Worker& worker, Scratch& scratch, const Batch& input, std::size_t result, const SelectionPtr& chosen,
              std::vector<Value>& values) const {
    const Column column = evaluateOperand(result, worker, scratch, subset(input, chosen));
    for (std::size_t i = 0; i < chosen->size(); ++i) values[(*chosen)[i]] = column.value(i);
  }

  std::optional<ColumnIndex> subject_;
};

}  // namespace

EvaluatorPtr compileCase(const bind::Case& expression, const Layout& layout, BuildContext& build) {
  std::vector<EvaluatorPtr> operands;
  std::optional<ColumnIndex> subject;
  Layout inner = layout;
  if (expression.subject) {
    operands.push_back(compile(*expression.subject, layout, build));
    subject = inner.add(expression.subjectVariable);
  }
  for (const auto& [condition, result] : expression.branches) {
    operands.push_back(compile(*condition, inner, build));
    operands.push_back(compile(*result, inner, build));
  }
  operands.push_back(compile(*expression.otherwise, inner, build));
  return std::make_unique<CaseEvaluator>(expression.span, std::move(operands), subject);
}

}  // namespace plexus::exec
