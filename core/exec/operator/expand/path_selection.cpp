#include <algorithm>
#include <numeric>

#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/call/joined_rows.h"
#include "core/exec/operator/expand/shortest_path.h"
#include "core/exec/run/row_store.h"

namespace plexus::exec {

struct PathSelection::Local final : InputState {
  std::unique_ptr<State> inner;
  Batch in;
  bool hasInput = false;
  std::size_t row = 0;
};

PathSelection::PathSelection(Common common, VariableId path, PathChoice choice, const std::vector<VariableId>& outer,
                             BuildContext::Inner inner)
    : Step{std::move(common)}, path_{path}, choice_{choice}, inner_{std::move(inner)} {
  for (const VariableId v : outer) outer_.push_back(input().layout().column(v));
}

std::unique_ptr<Operator::State> PathSelection::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  return state;
}

void PathSelection::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.hasInput = false;
}

// All that the inner plan gives for the current row.
Batch PathSelection::candidates(Worker& worker, Local& state) const {
  Batch arguments = chooseColumns(state.in, outer_);
  arguments.setMultiplicity({});
  arguments.select(std::make_shared<Selection>(1, static_cast<RowIndex>(state.row)));
  startInner(inner_, worker, state.inner, std::move(arguments));
  RowStore rows{inner_.root->layout().size(), worker.context.memory};
  Batch some;
  while (inner_.root->next(worker, *state.inner, some)) {
    rows.append(some);
    rows.reserve();
  }
  return rows.batch(rangeSelection(0, rows.rows()));
}

// The rows taken, in order of the lengths of their paths.
Selection PathSelection::choose(const Batch& rows) const {
  std::vector<std::size_t> lengths;
  const Column& paths = rows.column(inner_.root->layout().column(path_));
  for (std::size_t row = 0; row < rows.rows(); ++row) lengths.push_back(paths.value(row).path().relationships.size());
  Selection order(rows.rows());
  std::iota(order.begin(), order.end(), RowIndex{0});
  std::stable_sort(order.begin(), order.end(), [&](RowIndex a, RowIndex b) { return lengths[a] < lengths[b]; });
  std::uint64_t groups = 0;
  std::size_t taken = 0;
  for (; taken < order.size() && taken < choice_.paths; ++taken) {
    if (taken == 0 || lengths[order[taken]] != lengths[order[taken - 1]]) ++groups;
    if (groups > choice_.groups) break;
  }
  order.resize(taken);
  return order;
}

bool PathSelection::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput) {
    if (!input().next(worker, local.input(), local.in)) return false;
    local.row = 0;
    local.hasInput = true;
  }
  const JoinedLayout joined{input().layout(), inner_.root->layout(), layout()};
  JoinedRows rows{joined};
  Batch found = candidates(worker, local);
  if (!found.empty()) found.select(std::make_shared<Selection>(choose(found)));
  if (!found.empty()) out = rows.whole(local.in, static_cast<RowIndex>(local.row), found);
  if (++local.row == local.in.rows()) local.hasInput = false;
  return true;
}

}  // namespace plexus::exec
