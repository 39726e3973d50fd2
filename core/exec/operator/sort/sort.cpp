#include "core/exec/operator/sort/sort.h"

#include <algorithm>
#include <limits>

#include "core/exec/operator/row/limit.h"
#include "core/exec/operator/sort/run_merge.h"

namespace plexus::exec {
namespace {

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

// Stored rows are the output's columns, then the keys.
std::vector<OrderKey> orderKeys(const std::vector<Sort::Key>& keys, std::size_t width) {
  std::vector<OrderKey> order;
  order.reserve(keys.size());
  for (const Sort::Key& key : keys) order.push_back({static_cast<ColumnIndex>(width + order.size()), key.descending});
  return order;
}

}  // namespace

struct Sort::Local final : InputState {
  explicit Local(std::size_t width) : rows{width, nullptr} {}
  std::vector<std::unique_ptr<Evaluator::Scratch>> scratch;
  Batch in;
  bool gathered = false;
  std::size_t limit = kAll;
  RowStore rows;
  // With a limit, once more rows than that were seen: the first key of the last row kept. Later rows must not exceed
  // it.
  bool hasThreshold = false;
  std::uint64_t threshold = 0;
  Vector::Kind thresholdKind = Vector::Kind::kValue;
  std::vector<std::unique_ptr<SpillFile>> runs;
  std::unique_ptr<RunMerge> merge;
  Selection sorted;
  std::size_t given = 0;

  bool close() override {
    closeOrDrop(inputs);
    closeOrDrop(scratch);
    in = {};
    clear();
    rows.close();
    keepMemory(sorted);
    return true;
  }
  void clear() {
    gathered = hasThreshold = false;
    rows.clear();
    runs.clear();
    merge.reset();
    sorted.clear();
  }
};

Sort::Sort(Common common, std::vector<Key> keys, EvaluatorPtr limit)
    : Step{std::move(common)},
      keys_{std::move(keys)},
      limit_{std::move(limit)},
      carry_{input().layout(), layout()},
      order_{orderKeys(keys_, layout().size())} {}

std::unique_ptr<Operator::State> Sort::open(Worker& worker) const {
  auto state = std::make_unique<Local>(layout().size() + keys_.size());
  start(worker, *state);
  return state;
}

void Sort::start(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  openInputs(worker, local);
  local.rows.start(worker.context.memory);
  local.scratch.resize(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) openOrStart(*keys_[i].evaluator, worker, local.scratch[i]);
}

void Sort::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.clear();
}

void Sort::add(Worker& worker, Local& state) const {
  Batch rows;
  carry_.apply(state.in, rows);
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    rows.addColumn(keys_[i].evaluator->evaluate(worker, *state.scratch[i], state.in));
  }
  const Column& first = rows.column(order_.keys().front().column);
  if (state.hasThreshold && first.data->kind() == state.thresholdKind) {
    Selection chosen;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (order_.prefix(*first.data, first.at(row)) <= state.threshold) chosen.push_back(static_cast<RowIndex>(row));
    }
    if (!chosen.empty()) state.rows.append(rows, chosen);
  } else {
    state.rows.append(rows);
  }
}

// Keeps the first `limit` rows.
void Sort::prune(Local& state, std::size_t batchRows) const {
  if (state.limit == kAll || state.rows.rows() < state.limit + std::max(state.limit, batchRows)) return;
  state.rows.keep(order_.first(state.rows, state.limit));
  const Vector& first = *state.rows.column(order_.keys().front().column);
  state.thresholdKind = first.kind();
  state.threshold = 0;
  for (std::size_t row = 0; row < state.rows.rows(); ++row) {
    state.threshold = std::max(state.threshold, order_.prefix(first, row));
  }
  state.hasThreshold = first.kind() != Vector::Kind::kValue;
}

// Makes room: the rows so far become a sorted run in a file.
void Sort::spill(Worker& worker, Local& state) const {
  const auto& directory = worker.context.options.spillDirectory;
  if (directory.empty()) state.rows.reserve();  // throws and names the limit
  const Selection sorted = order_.sorted(state.rows, kAll);
  auto file = std::make_unique<SpillFile>(directory);
  for (std::size_t first = 0; first < sorted.size(); first += kBatchRows) {
    const std::size_t last = std::min(sorted.size(), first + kBatchRows);
    file->write(state.rows.batch(std::make_shared<Selection>(sorted.begin() + static_cast<std::ptrdiff_t>(first),
                                                             sorted.begin() + static_cast<std::ptrdiff_t>(last))));
  }
  state.runs.push_back(std::move(file));
  state.rows.clear();
}

void Sort::gather(Worker& worker, Local& state) const {
  state.limit = limit_ ? rowCount(*limit_, "LIMIT", worker) : kAll;
  while (input().next(worker, state.input(), state.in)) {
    if (state.limit == 0) continue;
    add(worker, state);
    prune(state, worker.context.options.batchRows);
    if (!state.rows.tryReserve()) spill(worker, state);
  }
  if (!state.runs.empty() && state.rows.rows() > 0) spill(worker, state);
  if (!state.runs.empty()) {
    state.merge = std::make_unique<RunMerge>(std::move(state.runs), order_, layout().size() + keys_.size());
  } else {
    state.sorted = order_.sorted(state.rows, state.limit);
  }
  state.given = 0;
  state.gathered = true;
}

bool Sort::fromMemory(Worker& worker, Local& state, Batch& out) const {
  const std::size_t count = std::min(worker.context.options.batchRows, state.sorted.size() - state.given);
  if (count == 0) return false;
  const auto first = state.sorted.begin() + static_cast<std::ptrdiff_t>(state.given);
  out = state.rows.batch(std::make_shared<Selection>(first, first + static_cast<std::ptrdiff_t>(count)));
  state.given += count;
  return true;
}

bool Sort::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  if (!local.gathered) gather(worker, local);
  Batch rows;
  const bool more =
      local.merge ? local.merge->next(rows, worker.context.options.batchRows) : fromMemory(worker, local, rows);
  out = Batch{layout().size()};
  if (!more) return false;
  out.setRows(rows.rows());
  out.setMultiplicity(rows.multiplicity());
  for (ColumnIndex i = 0; i < layout().size(); ++i) out.setColumn(i, rows.column(i));
  return true;
}

}  // namespace plexus::exec
