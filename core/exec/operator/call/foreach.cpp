#include "core/exec/operator/call/foreach.h"

#include "core/exec/expression/elements.h"
#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/write/writing_step.h"

namespace plexus::exec {
namespace {

// The body is run for the elements of many rows at once: its clauses see the whole effect of those before them.
class Foreach final : public WritingStep {
 public:
  Foreach(Common common, const Layout& work, EvaluatorPtr list, ColumnIndex element, BuildContext::Inner body,
          std::vector<ColumnIndex> arguments)
      : WritingStep{std::move(common), work},
        list_{std::move(list)},
        element_{element},
        body_{std::move(body)},
        arguments_{std::move(arguments)} {}

 private:
  struct Own final : WriteState {
    using WriteState::WriteState;
    std::unique_ptr<Evaluator::Scratch> list;
    std::unique_ptr<State> body;
  };

  std::unique_ptr<WriteState> makeState(Worker& worker) const override {
    auto state = std::make_unique<Own>(worker.context.memory);
    state->list = list_->open(worker);
    return state;
  }

  void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const override {
    auto& own = static_cast<Own&>(state);
    for (const Batch& batch : batches) {
      const Column lists = list_->evaluate(worker, *own.list, batch);
      Elements elements{batch, lists, element_, worker.context.options.batchRows};
      while (elements.next()) {
        startInner(body_, worker, own.body, chooseColumns(elements.batch(), arguments_));
        Batch ignored;
        while (body_.root->next(worker, *own.body, ignored)) {
        }
      }
    }
  }

  EvaluatorPtr list_;
  ColumnIndex element_;  // behind the input's columns
  BuildContext::Inner body_;
  std::vector<ColumnIndex> arguments_;  // of the input with the element
};

}  // namespace

OperatorPtr makeForeach(const plan::Foreach& foreach, Step::Common common, BuildContext::Inner body,
                        const std::vector<VariableId>& arguments, BuildContext& build) {
  const Layout work = inputLayout(common);
  auto list = compile(*foreach.list, work, build);
  Layout withElement = work;
  const ColumnIndex element = withElement.add(foreach.variable);
  std::vector<ColumnIndex> columns;
  columns.reserve(arguments.size());
  for (const VariableId variable : arguments) columns.push_back(withElement.column(variable));
  return std::make_unique<Foreach>(std::move(common), work, std::move(list), element, std::move(body),
                                   std::move(columns));
}

}  // namespace plexus::exec
