#include "core/exec/operator/call/procedure_call.h"

#include "core/exec/expression/composite.h"
#include "core/exec/operator/call/joined_rows.h"
#include "core/function/procedure.h"

namespace plexus::exec {
namespace {

class ProcedureCall final : public Step {
 public:
  struct Parts {
    const function::ProcedureEntry* procedure = nullptr;
    bool optional = false;
    std::vector<EvaluatorPtr> arguments;
    std::vector<std::size_t> cells;  // of the procedure's rows: the columns of `results`
    std::unique_ptr<Predicates> where;
    Layout results;
    Layout joined;  // input and results: what `where` reads
  };

  ProcedureCall(Common common, Parts parts)
      : Step{std::move(common)}, parts_{std::move(parts)}, joined_{input().layout(), parts_.results, parts_.joined} {
    for (const VariableId variable : layout().variables()) outputs_.push_back(parts_.joined.column(variable));
  }

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>(joined_);
    openInputs(worker, *state);
    for (const auto& argument : parts_.arguments) state->arguments.push_back(argument->open(worker));
    if (parts_.where) state->where = parts_.where->open(worker);
    return state;
  }
  void reset(Worker& worker, State& state) const override { resetInputs(worker, static_cast<Own&>(state)); }

 private:
  struct Own final : InputState {
    explicit Own(const JoinedLayout& layout) : joined{layout} {}
    std::vector<std::unique_ptr<Evaluator::Scratch>> arguments;
    std::unique_ptr<Predicates::Scratch> where;
    JoinedRows joined;
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    Batch rows;
    if (!input().next(worker, own.input(), rows)) return false;
    std::vector<Column> arguments;
    for (std::size_t i = 0; i < parts_.arguments.size(); ++i) {
      arguments.push_back(parts_.arguments[i]->evaluate(worker, *own.arguments[i], rows));
    }
    for (std::size_t row = 0; row < rows.rows(); ++row)
      callFor(worker, own, arguments, rows, static_cast<RowIndex>(row));
    const Batch joined = own.joined.finish(rows);
    out = Batch{outputs_.size()};
    out.setRows(joined.rows());
    out.setMultiplicity(joined.multiplicity());
    for (ColumnIndex i = 0; i < outputs_.size(); ++i) out.setColumn(i, joined.column(outputs_[i]));
    return true;
  }

  void callFor(Worker& worker, Own& own, const std::vector<Column>& arguments, const Batch& rows, RowIndex row) const {
    const Batch results = call(worker, own, arguments, rows, row);
    if (results.rows() > 0) own.joined.append(rows, row, results);
    if (results.rows() == 0 && parts_.optional) own.joined.appendNulls(rows, row);
  }

  // The rows of one call, those that WHERE drops left out.
  Batch call(Worker& worker, Own& own, const std::vector<Column>& arguments, const Batch& rows, RowIndex row) const {
    const auto& procedure = *parts_.procedure;
    std::vector<Value> values;
    std::vector<VectorBuilder> cells(parts_.cells.size());
    std::size_t count = 0;
    const auto emit = [&](std::span<const Value> given) {
      for (std::size_t i = 0; i < cells.size(); ++i) cells[i].append(given[parts_.cells[i]]);
      ++count;
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) values.push_back(coerced(i, arguments[i].value(row)));
    function::ProcedureContext context{worker.context.view, worker.context.catalog(), nullptr,
                                       worker.context.entailment.get()};
    procedure.run(context, values, emit);
    Batch results{cells.size()};
    results.setRows(procedure.isVoid() ? 1 : count);
    for (ColumnIndex i = 0; i < cells.size(); ++i) results.setColumn(i, cells[i].finish());
    if (parts_.where && results.rows() > 0) filter(worker, own, rows, row, results);
    return results;
  }

  Value coerced(std::size_t input, const Value& argument) const {
    try {
      return function::coerceArgument(*parts_.procedure, input, argument);
    } catch (const Error& error) {
      throw error.at(parts_.arguments[input]->span());
    }
  }

  void filter(Worker& worker, Own& own, const Batch& rows, RowIndex row, Batch& results) const {
    const Column numbers{std::make_shared<const Vector>(rowNumbers(results.rows())), nullptr};
    Batch joined = JoinedRows{joined_}.whole(rows, row, results);
    joined.addColumn(numbers);
    joined.setMultiplicity({});
    parts_.where->filter(worker, *own.where, joined);
    auto kept = std::make_shared<Selection>();
    const Column& left = joined.column(static_cast<ColumnIndex>(joined.columns() - 1));
    for (std::size_t i = 0; i < joined.rows(); ++i) kept->push_back(static_cast<RowIndex>(left.get<std::int64_t>(i)));
    results.select(std::move(kept));
  }

  static Vector rowNumbers(std::size_t count) {
    Vector numbers{Vector::Kind::kInteger, count};
    for (std::size_t i = 0; i < count; ++i) numbers.data<std::int64_t>()[i] = static_cast<std::int64_t>(i);
    return numbers;
  }

  Parts parts_;
  JoinedLayout joined_;
  std::vector<ColumnIndex> outputs_;
};

}  // namespace

OperatorPtr makeProcedureCall(const bind::BoundCallProcedure& call, Step::Common common, BuildContext& build) {
  const Layout& input = common.inputs.front()->layout();
  ProcedureCall::Parts parts;
  parts.procedure = call.procedure;
  parts.optional = call.optional;
  parts.arguments = compileAll(call.arguments, input, build);
  parts.joined = input;
  for (const auto& [cell, variable] : call.yield) {
    parts.cells.push_back(cell);
    parts.results.add(variable);
    parts.joined.add(variable);
  }
  if (call.where) {
    parts.where = std::make_unique<Predicates>(std::vector{call.where}, parts.joined, build);
  }
  return std::make_unique<ProcedureCall>(std::move(common), std::move(parts));
}

}  // namespace plexus::exec
