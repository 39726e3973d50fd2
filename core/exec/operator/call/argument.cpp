#include "core/exec/operator/call/argument.h"

namespace plexus::exec {
namespace {

class Argument final : public Step {
 public:
  Argument(Common common, std::size_t slot, std::vector<ColumnIndex> columns)
      : Step{std::move(common)}, slot_{slot}, columns_{std::move(columns)} {}

  std::unique_ptr<State> open(Worker&) const override { return std::make_unique<Own>(); }
  void start(Worker&, State&) const override {}
  void reset(Worker&, State& state) const override { static_cast<Own&>(state).given = false; }

 private:
  struct Own final : State {
    bool given = false;
    bool close() override {
      given = false;
      return true;
    }
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (own.given) return false;
    own.given = true;
    out = chooseColumns(worker.arguments[slot_], columns_);
    return true;
  }

  std::size_t slot_;
  std::vector<ColumnIndex> columns_;
};

}  // namespace

Batch chooseColumns(const Batch& rows, const std::vector<ColumnIndex>& columns) {
  Batch chosen{columns.size()};
  chosen.setRows(rows.rows());
  chosen.setMultiplicity(rows.multiplicity());
  for (ColumnIndex i = 0; i < columns.size(); ++i) chosen.setColumn(i, rows.column(columns[i]));
  return chosen;
}

void startInner(const BuildContext::Inner& inner, Worker& worker, std::unique_ptr<Operator::State>& state,
                Batch arguments) {
  worker.arguments[inner.slot] = std::move(arguments);
  if (state) {
    inner.root->reset(worker, *state);
  } else {
    state = inner.root->open(worker);
  }
}

OperatorPtr makeArgument(Step::Common common, BuildContext& build) {
  const Layout* given = nullptr;
  Layout named;
  if (const auto* variables = build.argumentsOf(build.currentSlot())) {
    named = Layout{*variables};
    given = &named;
  }
  std::vector<ColumnIndex> columns;
  for (const VariableId variable : common.layout.variables()) {
    columns.push_back(given ? given->column(variable) : static_cast<ColumnIndex>(columns.size()));
  }
  return std::make_unique<Argument>(std::move(common), build.currentSlot(), std::move(columns));
}

}  // namespace plexus::exec
