#include "core/exec/operator/call/unwind.h"

#include <algorithm>

#include "core/exec/expression/vector_builder.h"
#include "core/exec/operator/call/unwind_range.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/row_store.h"

namespace plexus::exec {
namespace {

class Unwind final : public Step {
 public:
  Unwind(Common common, EvaluatorPtr list, std::optional<ColumnIndex> element)
      : Step{std::move(common)}, list_{std::move(list)}, element_{element}, carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>();
    openInputs(worker, *state);
    state->list = list_->open(worker);
    return state;
  }
  void reset(Worker& worker, State& state) const override {
    auto& own = static_cast<Own&>(state);
    resetInputs(worker, own);
    own.rows = own.part = Batch{};
    own.nextRow = own.row = own.index = 0;
  }

 private:
  struct Own final : InputState {
    std::unique_ptr<Evaluator::Scratch> list;
    Batch rows;
    std::size_t nextRow = 0;  // of `rows`: whose list is not evaluated yet
    std::size_t atOnce = 1;   // lists to evaluate together: few where they are long
    Batch part;               // the rows whose lists are `lists`
    Column lists;
    std::size_t row = 0, index = 0;  // of the next element, in `part`
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (own.row >= own.part.rows() && !nextPart(worker, own)) return false;
    auto selection = std::make_shared<Selection>();
    VectorBuilder elements;
    take(own, worker.context.options.batchRows, *selection, elements);
    carry_.apply(own.part, out);
    out.select(std::move(selection));
    if (element_) out.setColumn(*element_, elements.finish());
    return true;
  }

  // Lists are made for about a batch of elements at a time, not for all rows of a batch: they may be long.
  bool nextPart(Worker& worker, Own& own) const {
    const std::size_t enough = worker.context.options.batchRows;
    if (own.nextRow >= own.rows.rows()) {
      if (!input().next(worker, own.input(), own.rows)) return false;
      own.nextRow = 0;
    }
    const std::size_t count = std::min(own.atOnce, own.rows.rows() - own.nextRow);
    own.part = own.rows;
    if (count < own.rows.rows()) own.part.select(rangeSelection(own.nextRow, count));
    own.nextRow += count;
    own.lists = list_->evaluate(worker, *own.list, own.part);
    own.row = own.index = 0;
    std::size_t elements = 1;
    for (std::size_t row = 0; row < count; ++row) {
      const Value list = own.lists.value(row);
      elements += list.is(ValueKind::kList) ? list.list().size() : 1;
    }
    own.atOnce = std::max<std::size_t>(1, std::min(enough, 2 * enough * count / elements));
    return true;
  }

  // Elements of the current part, up to about `enough`. A value that is not a list is its own only element.
  static void take(Own& own, std::size_t enough, Selection& selection, VectorBuilder& elements) {
    for (; own.row < own.part.rows() && selection.size() < enough; ++own.row, own.index = 0) {
      const auto row = static_cast<RowIndex>(own.row);
      const Value value = own.lists.value(row);
      if (value.isNull()) continue;
      if (!value.is(ValueKind::kList)) {
        elements.append(value);
        selection.push_back(row);
        continue;
      }
      const List& list = value.list();
      for (; own.index < list.size() && selection.size() < enough; ++own.index) {
        elements.append(list[own.index]);
        selection.push_back(row);
      }
      if (own.index < list.size()) return;
    }
  }

  EvaluatorPtr list_;
  std::optional<ColumnIndex> element_;  // nothing: nobody reads it
  Carry carry_;
};

}  // namespace

OperatorPtr makeUnwind(const plan::Unwind& unwind, Step::Common common, BuildContext& build) {
  if (auto range = makeUnwindRange(unwind, common, build)) return range;
  auto list = compile(*unwind.list, common.inputs.front()->layout(), build);
  std::optional<ColumnIndex> element;
  if (common.layout.has(unwind.variable)) element = common.layout.column(unwind.variable);
  return std::make_unique<Unwind>(std::move(common), std::move(list), element);
}

}  // namespace plexus::exec
