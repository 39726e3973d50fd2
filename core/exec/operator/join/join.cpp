#include "core/exec/operator/join/join.h"

#include <algorithm>

#include "core/exec/run/group_table.h"
#include "core/exec/run/parallel.h"
#include "core/exec/run/reuse.h"
#include "core/exec/run/row_store.h"
#include "core/value/compare.h"

namespace plexus::exec {
namespace {

Layout joinedLayout(const Layout& output, const std::vector<std::pair<VariableId, VariableId>>& different) {
  Layout joined = output;
  for (const auto& [a, b] : different) {
    joined.add(a);
    joined.add(b);
  }
  return joined;
}

// Nulls equal nothing, nor does NaN.
bool mayNotJoinItself(const Vector& keys) { return keys.mayHaveNulls() || keys.kind() == Vector::Kind::kFloat; }
bool joinsItself(const Column& column, std::size_t row) {
  if (column.isNull(row)) return false;
  const auto kind = column.data->kind();
  if (kind != Vector::Kind::kFloat && kind != Vector::Kind::kValue) return true;
  const Value value = column.value(row);
  return equal(value, value) == true;
}

bool haveCommon(const Value& a, const Value& b) {
  if (a.is(ValueKind::kList)) {
    return std::any_of(a.list().begin(), a.list().end(), [&](const Value& v) { return haveCommon(v, b); });
  }
  if (b.is(ValueKind::kList)) return haveCommon(b, a);
  return a.is(ValueKind::kRelationship) && b.is(ValueKind::kRelationship) && a.relationship() == b.relationship();
}

// True if each row has one relationship: no list, no null.
bool isOneEach(const Column& column) {
  return column.data->kind() == Vector::Kind::kRelationship && !column.data->mayHaveNulls();
}

// Drops the rows for which `holds` is false.
template <typename Holds>
void keepRows(Batch& rows, Holds holds) {
  auto keep = std::make_shared<Selection>(rows.rows());
  std::size_t kept = 0;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    (*keep)[kept] = static_cast<RowIndex>(row);
    kept += holds(row) ? 1 : 0;
  }
  if (kept == rows.rows()) return;
  keep->resize(kept);
  rows.select(std::move(keep));
}

}  // namespace

// The stored side. Read-only once made.
struct Join::Table {
  Table(std::size_t width, std::size_t keys) : rows{width, nullptr}, groups{keys} {}
  void start(MemoryBudget* memory) {
    rows.start(memory);
    reservation.use(memory);
  }
  void close();
  // Row numbers in order of their groups.
  void finish();

  RowStore rows;
  GroupTable groups;
  std::vector<std::uint32_t> groupOfRow;
  std::vector<std::uint64_t> weights;  // by group: its rows, with multiplicities
  std::vector<std::size_t> offsets;    // by group, into byGroup
  Selection byGroup;
  Reservation reservation{nullptr};
};

void Join::Table::close() {
  rows.close();
  groups.clear();
  keepMemory(groupOfRow);
  keepMemory(weights);
  keepMemory(offsets);
  keepMemory(byGroup);
  reservation.use(nullptr);
}

void Join::Table::finish() {
  offsets.assign(groups.size() + 1, 0);
  for (const std::uint32_t g : groupOfRow) ++offsets[g + 1];
  for (std::size_t g = 0; g < groups.size(); ++g) offsets[g + 1] += offsets[g];
  byGroup.resize(groupOfRow.size());
  auto next = offsets;
  for (RowIndex row = 0; row < groupOfRow.size(); ++row) byGroup[next[groupOfRow[row]]++] = row;
}

struct Join::Local final : InputState {
  std::shared_ptr<Table> table;
  std::shared_ptr<Table> spare;  // of an earlier execution, closed
  Batch in;
  bool hasInput = false;
  std::vector<std::uint32_t> groups;  // of the rows of `in`
  std::size_t row = 0, offset = 0;
  RecycledSelection streamRows, storedRows;

  bool close() override {
    closeOrDrop(inputs);
    in = {};
    hasInput = false;
    streamRows.close();
    storedRows.close();
    if (isUnshared(table)) {  // not one that workers share
      table->close();
      spare = std::move(table);
    }
    table.reset();
    keepMemory(groups);
    return true;
  }
};

Join::Join(Common common, Spec spec)
    : Step{std::move(common)}, spec_{std::move(spec)}, joined_{joinedLayout(layout(), spec_.different)} {
  const Layout& stream = input(0).layout();
  const Layout& stored = input(1).layout();
  fromStream_ = Carry{stream, joined_};
  result_ = Carry{joined_, layout()};
  for (const VariableId key : spec_.keys) {
    streamKeys_.push_back(stream.column(key));
    storedKeys_.push_back(stored.column(key));
  }
  for (const VariableId v : joined_.variables()) {
    if (!stream.has(v) && stored.has(v)) kept_.emplace_back(stored.column(v), joined_.column(v));
  }
}

std::unique_ptr<Operator::State> Join::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Join::start(Worker& worker, State& state) const { openInputs(worker, static_cast<Local&>(state)); }

void Join::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.table.reset();
  local.hasInput = false;
}

void Join::add(Table& table, Batch& rows) const {
  for (const ColumnIndex key : storedKeys_) {
    if (mayNotJoinItself(*rows.column(key).data)) {
      keepRows(rows, [&, column = rows.column(key)](std::size_t row) { return joinsItself(column, row); });
    }
  }
  std::vector<Column> keys;
  for (const ColumnIndex key : storedKeys_) keys.push_back(rows.column(key));
  std::vector<std::uint32_t> groups;
  table.groups.assign(keys, rows.rows(), groups);
  table.weights.resize(table.groups.size());
  for (std::size_t row = 0; row < groups.size(); ++row) {
    table.weights[groups[row]] += rows.multiplicity().empty() ? 1 : rows.multiplicity()[row];
  }
  if (!kept_.empty()) {
    Batch kept{0};
    for (const auto& [from, to] : kept_) kept.addColumn(rows.column(from));
    kept.setRows(rows.rows());
    kept.setMultiplicity(rows.multiplicity());
    table.rows.append(kept);
    table.rows.reserve();
    table.groupOfRow.insert(table.groupOfRow.end(), groups.begin(), groups.end());
  }
  table.reservation.grow(table.groups.bytes() + table.groupOfRow.size() * 8 + table.weights.size() * 16);
}

std::shared_ptr<Join::Table> Join::store(Worker& worker, Local& state) const {
  auto table = state.spare ? std::move(state.spare) : std::make_shared<Table>(kept_.size(), spec_.keys.size());
  table->start(worker.context.memory);
  Batch rows;
  while (input(1).next(worker, state.input(1), rows)) {
    touch(rows.rows());
    add(*table, rows);
  }
  table->finish();
  return table;
}

bool Join::nextInput(Worker& worker, Local& state) const {
  const auto make = [&] {
    if (state.table) return;
    if (worker.pipeline && worker.pipeline->contains(*this)) {
      state.table = std::static_pointer_cast<Table>(
          worker.pipeline->shared(*this, [&]() -> std::shared_ptr<void> { return store(worker, state); }));
    } else {
      state.table = store(worker, state);
    }
  };
  if (spec_.storedFirst) make();
  if (!input(0).next(worker, state.input(0), state.in)) return false;
  make();
  touch(state.in.rows());
  std::vector<Column> keys;
  for (const ColumnIndex key : streamKeys_) keys.push_back(state.in.column(key));
  state.table->groups.find(keys, state.in.rows(), state.groups);
  state.row = state.offset = 0;
  state.hasInput = true;
  return true;
}

// Nothing of the stored side is read: rows stay and count for as many as they meet.
void Join::count(Local& state, Batch& out) const {
  auto rows = std::make_shared<Selection>();
  std::vector<std::uint64_t> multiplicity;
  const auto& before = state.in.multiplicity();
  bool repeated = !before.empty();
  for (std::size_t row = 0; row < state.in.rows(); ++row) {
    const std::uint32_t group = state.groups[row];
    if (group == NumberTable::kNone) continue;
    const std::uint64_t weight = state.table->weights[group];
    rows->push_back(static_cast<RowIndex>(row));
    multiplicity.push_back(before.empty() ? weight : weight * before[row]);
    repeated = repeated || weight > 1;
  }
  fromStream_.apply(state.in, out);
  out.select(std::move(rows));
  if (repeated) out.setMultiplicity(std::move(multiplicity));
  state.hasInput = false;
}

// Pairs of rows, as many as a batch takes.
void Join::match(Worker& worker, Local& state, Batch& out) const {
  const Table& table = *state.table;
  const std::size_t most = worker.context.options.batchRows;
  const auto& streamRows = state.streamRows.get(0);
  const auto& storedRows = state.storedRows.get(0);
  for (; state.row < state.in.rows() && streamRows->size() < most; ++state.row, state.offset = 0) {
    const std::uint32_t group = state.groups[state.row];
    if (group == NumberTable::kNone) continue;
    const std::size_t begin = table.offsets[group] + state.offset;
    const std::size_t end = std::min(table.offsets[group + 1], begin + most - streamRows->size());
    streamRows->resize(streamRows->size() + (end - begin), static_cast<RowIndex>(state.row));
    storedRows->insert(storedRows->end(), table.byGroup.begin() + static_cast<std::ptrdiff_t>(begin),
                       table.byGroup.begin() + static_cast<std::ptrdiff_t>(end));
    if (end == table.offsets[group + 1]) continue;
    state.offset += end - begin;
    break;
  }
  if (state.row == state.in.rows()) state.hasInput = false;
  touch(streamRows->size());
  fromStream_.apply(state.in, out);
  out.select(streamRows);
  const Batch stored = table.rows.batch(storedRows);
  for (ColumnIndex i = 0; i < kept_.size(); ++i) out.setColumn(kept_[i].second, stored.column(i));
  if (stored.multiplicity().empty()) return;
  std::vector<std::uint64_t> product = stored.multiplicity();
  for (std::size_t row = 0; row < out.multiplicity().size(); ++row) product[row] *= out.multiplicity()[row];
  out.setMultiplicity(std::move(product));
}

void Join::dropEqual(Batch& rows) const {
  if (rows.empty()) return;  // columns of nothing may have no data
  for (const auto& [first, second] : spec_.different) {
    const Column a = rows.column(joined_.column(first)), b = rows.column(joined_.column(second));
    if (isOneEach(a) && isOneEach(b)) {
      keepRows(rows, [&](std::size_t row) { return a.get<Relationship>(row) != b.get<Relationship>(row); });
    } else {
      keepRows(rows, [&](std::size_t row) { return !haveCommon(a.value(row), b.value(row)); });
    }
  }
}

bool Join::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.hasInput && !nextInput(worker, local)) return false;
  Batch rows;
  if (kept_.empty()) {
    count(local, rows);
  } else {
    match(worker, local, rows);
  }
  dropEqual(rows);
  result_.apply(rows, out);
  return true;
}

}  // namespace plexus::exec
