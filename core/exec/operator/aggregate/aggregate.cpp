#include "core/exec/operator/aggregate/aggregate.h"

#include <algorithm>

#include "core/exec/run/columns.h"
#include "core/exec/run/group_table.h"
#include "core/exec/run/parallel.h"
#include "core/exec/run/row_store.h"
#include "core/function/registry.h"

namespace plexus::exec {

// What one worker has gathered.
struct Aggregate::Partial {
  explicit Partial(const Aggregate& op) : groups{op.keys_.size()} {
    for (const Item& item : op.items_) accumulators.push_back(makeAccumulator(*item.aggregate));
  }
  void open(const Aggregate& op, Worker& worker) {
    reservation.use(worker.context.memory);
    keyScratch.resize(op.keys_.size());
    for (std::size_t i = 0; i < keyScratch.size(); ++i) openOrStart(*op.keys_[i].evaluator, worker, keyScratch[i]);
    argumentScratch.resize(op.items_.size());
    for (std::size_t i = 0; i < argumentScratch.size(); ++i) {
      openAll(op.items_[i].arguments, worker, argumentScratch[i]);
    }
    opened = true;
  }
  void close() {
    opened = false;
    groups.clear();
    for (const auto& accumulator : accumulators) accumulator->clear();
    closeOrDrop(keyScratch);
    for (auto& scratch : argumentScratch) closeOrDrop(scratch);
    keepMemory(rowGroups);
    reservation.use(nullptr);
  }

  bool opened = false;
  GroupTable groups;
  std::vector<std::unique_ptr<Accumulator>> accumulators;
  std::vector<std::unique_ptr<Evaluator::Scratch>> keyScratch;
  std::vector<std::vector<std::unique_ptr<Evaluator::Scratch>>> argumentScratch;
  std::vector<std::uint32_t> rowGroups;
  Reservation reservation{nullptr};
};

struct Aggregate::Local final : InputState {
  bool gathered = false;
  std::vector<std::unique_ptr<Partial>> partials;      // the first may be one of an earlier execution
  std::vector<std::shared_ptr<const Vector>> results;  // of the aggregates
  std::size_t groups = 0, given = 0;

  bool close() override {
    closeOrDrop(inputs);
    gathered = false;
    results.clear();
    if (partials.size() > 1) partials.resize(1);
    if (!partials.empty() && partials[0]) partials[0]->close();
    return true;
  }
};

Aggregate::Aggregate(Common common, std::vector<Key> keys, std::vector<Item> items)
    : Step{std::move(common)}, keys_{std::move(keys)}, items_{std::move(items)} {
  for (const Item& item : items_) {
    if (item.aggregate->function && item.aggregate->function->ordered) mayShare_ = false;
  }
}

std::unique_ptr<Operator::State> Aggregate::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Aggregate::start(Worker& worker, State& state) const { openInputs(worker, static_cast<Local&>(state)); }

void Aggregate::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.gathered = false;
  local.partials.clear();
  local.results.clear();
}

// What an aggregate throws is told with its place in the query.
template <typename Action>
static void at(const Aggregate::Item& item, Action action) {
  try {
    action();
  } catch (const Error& error) {
    throw error.at(item.aggregate->span);
  }
}

void Aggregate::consume(Partial& partial, Worker& worker, const Batch& rows) const {
  if (!partial.opened) partial.open(*this, worker);
  std::vector<Column> columns(keys_.size());
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    columns[i] = keys_[i].evaluator->evaluate(worker, *partial.keyScratch[i], rows);
  }
  if (!keys_.empty()) partial.groups.assign(columns, rows.rows(), partial.rowGroups);
  std::size_t bytes = partial.groups.bytes();
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    columns.resize(item.arguments.size());
    for (std::size_t j = 0; j < item.arguments.size(); ++j) {
      columns[j] = item.arguments[j]->evaluate(worker, *partial.argumentScratch[i][j], rows);
    }
    const std::span<const std::uint32_t> groups =
        keys_.empty() ? std::span<const std::uint32_t>{} : std::span<const std::uint32_t>{partial.rowGroups};
    at(item, [&] {
      partial.accumulators[i]->add(
          {columns, rows.rows(), groups, keys_.empty() ? std::size_t{1} : partial.groups.size(), rows.multiplicity()});
    });
    bytes += partial.accumulators[i]->bytes();
  }
  partial.reservation.grow(bytes);
}

void Aggregate::merge(Partial& into, Partial& from) const {
  std::vector<std::uint32_t> groups{0};
  std::size_t count = 1;
  if (!keys_.empty()) {
    std::vector<Column> columns(keys_.size());
    for (std::size_t i = 0; i < keys_.size(); ++i) columns[i] = from.groups.keys(i, 0, from.groups.size());
    into.groups.assign(columns, from.groups.size(), groups);
    count = into.groups.size();
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    at(items_[i], [&] { into.accumulators[i]->merge(*from.accumulators[i], groups, count); });
  }
}

void Aggregate::gather(Worker& worker, Local& state) const {
  const auto make = [&] { return std::make_unique<Partial>(*this); };
  state.partials.resize(std::max(1U, worker.context.options.threads));
  if (!state.partials[0]) state.partials[0] = make();
  pullAll(
      worker, input(), state.input(), mayShare_,
      [&](std::size_t number, Worker& puller, Batch& rows) { consume(*state.partials[number], puller, rows); },
      [&](std::size_t number) { state.partials[number] = make(); });
  Partial& all = *state.partials[0];
  for (std::size_t i = 1; i < state.partials.size(); ++i) {
    if (state.partials[i] && state.partials[i]->opened) merge(all, *state.partials[i]);
    state.partials[i].reset();
  }
  state.groups = keys_.empty() ? 1 : all.groups.size();
  for (std::size_t i = 0; i < items_.size(); ++i) {
    at(items_[i], [&] { state.results.push_back(all.accumulators[i]->finish(state.groups)); });
  }
  state.given = 0;
  state.gathered = true;
}

bool Aggregate::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  if (!local.gathered) gather(worker, local);
  out = Batch{layout().size()};
  const std::size_t count = std::min(local.groups - local.given, worker.context.options.batchRows);
  if (count == 0) return false;
  out.setRows(count);
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    if (!layout().has(keys_[i].variable)) continue;
    out.setColumn(layout().column(keys_[i].variable), local.partials[0]->groups.keys(i, local.given, count));
  }
  const auto rows = local.given == 0 && count == local.groups ? nullptr : rangeSelection(local.given, count);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const VariableId variable = items_[i].aggregate->variable;
    if (layout().has(variable)) out.setColumn(layout().column(variable), Column{local.results[i], rows});
  }
  local.given += count;
  return true;
}

// --- Distinct -------------------------------------------------------------------------------------------------------

struct Distinct::Local final : InputState {
  explicit Local(std::size_t keys) : groups{keys} {}
  Batch in;
  GroupTable groups;
  std::vector<std::uint32_t> rowGroups;
  Reservation reservation{nullptr};

  bool close() override {
    closeOrDrop(inputs);
    in = {};
    groups.clear();
    keepMemory(rowGroups);
    reservation.use(nullptr);
    return true;
  }
};

Distinct::Distinct(Common common, std::vector<ColumnIndex> keys)
    : Step{std::move(common)}, keys_{std::move(keys)}, carry_{input().layout(), layout()} {}

std::unique_ptr<Operator::State> Distinct::open(Worker& worker) const {
  auto state = std::make_unique<Local>(keys_.size());
  start(worker, *state);
  return state;
}

void Distinct::start(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  openInputs(worker, local);
  local.reservation.use(worker.context.memory);
}

void Distinct::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.groups.clear();
  local.reservation.release();
}

bool Distinct::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!input().next(worker, local.input(), local.in)) return false;
  std::vector<Column> columns;
  for (const ColumnIndex key : keys_) columns.push_back(local.in.column(key));
  std::size_t known = local.groups.size();
  local.groups.assign(columns, local.in.rows(), local.rowGroups);
  auto fresh = std::make_shared<Selection>();
  for (std::size_t row = 0; row < local.in.rows(); ++row) {
    if (local.rowGroups[row] < known) continue;  // numbers are given in order of appearance
    known = local.rowGroups[row] + std::size_t{1};
    fresh->push_back(static_cast<RowIndex>(row));
  }
  local.reservation.grow(local.groups.bytes());
  if (fresh->empty()) return true;
  carry_.apply(local.in, out);
  out.setMultiplicity({});
  if (fresh->size() < local.in.rows()) out.select(std::move(fresh));
  return true;
}

}  // namespace plexus::exec
