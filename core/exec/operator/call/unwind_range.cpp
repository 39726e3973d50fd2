#include "core/exec/operator/call/unwind_range.h"

#include <algorithm>
#include <limits>

#include "core/exec/expression/composite.h"
#include "core/exec/run/columns.h"
#include "core/function/integer_range.h"
#include "core/function/registry.h"

namespace plexus::exec {
namespace {

using function::IntegerRange;

class UnwindRange final : public Step {
 public:
  UnwindRange(Common common, std::vector<EvaluatorPtr> arguments, std::optional<ColumnIndex> element, Span span)
      : Step{std::move(common)},
        arguments_{std::move(arguments)},
        element_{element},
        span_{span},
        carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>();
    openInputs(worker, *state);
    for (const auto& argument : arguments_) state->scratch.push_back(argument->open(worker));
    return state;
  }
  void reset(Worker& worker, State& state) const override {
    auto& own = static_cast<Own&>(state);
    resetInputs(worker, own);
    own.rows = Batch{};
    own.row = 0;
    own.range = {};
    own.open = false;
  }

 private:
  struct Own final : InputState {
    std::vector<std::unique_ptr<Evaluator::Scratch>> scratch;
    Batch rows;
    std::vector<Column> arguments;
    std::size_t row = 0;
    IntegerRange range;  // of `row`, if it is open
    bool open = false;
    std::uint64_t place = 0;  // of the next element
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (own.row >= own.rows.rows() && !nextRows(worker, own)) return false;
    auto selection = std::make_shared<Selection>();
    std::vector<std::int64_t> elements;
    while (own.row < own.rows.rows() && elements.size() < worker.context.options.batchRows) {
      if (!own.open) openRange(own);
      take(own, worker.context.options.batchRows, *selection, elements);
      if (!own.open) ++own.row;
    }
    carry_.apply(own.rows, out);
    out.select(std::move(selection));
    if (element_) out.setColumn(*element_, Column{columnOf(elements), nullptr});
    return true;
  }

  bool nextRows(Worker& worker, Own& own) const {
    if (!input().next(worker, own.input(), own.rows)) return false;
    own.arguments.clear();
    for (std::size_t i = 0; i < arguments_.size(); ++i) {
      own.arguments.push_back(arguments_[i]->evaluate(worker, *own.scratch[i], own.rows));
    }
    own.row = 0;
    own.open = false;
    return true;
  }

  // A null among the arguments makes a null of the range, which has no elements.
  void openRange(Own& own) const {
    std::vector<Value> values;
    for (const Column& argument : own.arguments) values.push_back(argument.value(own.row));
    own.range = {};
    own.place = 0;
    own.open = true;
    if (std::any_of(values.begin(), values.end(), [](const Value& v) { return v.isNull(); })) return;
    try {
      own.range = IntegerRange::of(values);
    } catch (const Error& error) {
      throw error.at(span_);
    }
  }

  static void take(Own& own, std::size_t most, Selection& selection, std::vector<std::int64_t>& elements) {
    const IntegerRange& range = own.range;
    for (bool more = !range.isEmpty(); more && elements.size() < most; ++own.place) {
      elements.push_back(range.at(own.place));
      selection.push_back(static_cast<RowIndex>(own.row));
      more = own.place < range.lastPlace();
      if (!more) own.open = false;
    }
    if (range.isEmpty()) own.open = false;
  }

  static std::shared_ptr<Vector> columnOf(const std::vector<std::int64_t>& elements) {
    auto vector = std::make_shared<Vector>(Vector::Kind::kInteger, elements.size());
    std::copy(elements.begin(), elements.end(), vector->data<std::int64_t>().begin());
    return vector;
  }

  std::vector<EvaluatorPtr> arguments_;
  std::optional<ColumnIndex> element_;  // nothing: nobody reads it
  Span span_;
  Carry carry_;
};

}  // namespace

OperatorPtr makeUnwindRange(const plan::Unwind& unwind, Step::Common& common, BuildContext& build) {
  if (unwind.list->kind() != bind::BoundKind::kFunction) return nullptr;
  const auto& call = unwind.list->as<bind::Function>();
  if (call.function != function::findFunction("range")) return nullptr;
  auto arguments = compileAll(call.arguments, common.inputs.front()->layout(), build);
  std::optional<ColumnIndex> element;
  if (common.layout.has(unwind.variable)) element = common.layout.column(unwind.variable);
  return std::make_unique<UnwindRange>(std::move(common), std::move(arguments), element, call.span);
}

}  // namespace plexus::exec
