#include "core/exec/operator/aggregate/accumulator.h"

#include <algorithm>
#include <numeric>

#include "core/exec/expression/vector_builder.h"
#include "core/exec/run/group_table.h"
#include "core/exec/run/reuse.h"
#include "core/exec/run/row_store.h"
#include "core/function/registry.h"

namespace plexus::exec {
namespace {

// Count of rows, or of those where the argument is not null.
class Count final : public Accumulator {
 public:
  void add(const Rows& rows) override {
    if (counts_.size() < rows.groupCount) counts_.resize(rows.groupCount);
    const Column* argument = rows.arguments.empty() ? nullptr : &rows.arguments.front();
    if (argument && !argument->data->mayHaveNulls()) argument = nullptr;
    if (!argument && rows.groups.empty()) {
      counts_[0] += rows.multiplicity.empty()
                        ? rows.rows
                        : std::accumulate(rows.multiplicity.begin(), rows.multiplicity.end(), std::uint64_t{0});
      return;
    }
    for (std::size_t row = 0; row < rows.rows; ++row) {
      if (!argument || !argument->isNull(row)) counts_[rows.group(row)] += rows.times(row);
    }
  }

  void merge(Accumulator& other, std::span<const std::uint32_t> groups, std::size_t groupCount) override {
    counts_.resize(std::max(counts_.size(), groupCount));
    const auto& theirs = static_cast<Count&>(other).counts_;
    for (std::size_t g = 0; g < theirs.size(); ++g) counts_[groups[g]] += theirs[g];
  }

  std::shared_ptr<const Vector> finish(std::size_t groupCount) override {
    counts_.resize(groupCount);
    auto out = std::make_shared<Vector>(Vector::Kind::kInteger, groupCount);
    std::copy(counts_.begin(), counts_.end(), out->data<std::int64_t>().begin());
    return out;
  }

  std::size_t bytes() const override { return counts_.capacity() * sizeof(std::uint64_t); }
  void clear() override { keepMemory(counts_); }

 private:
  std::vector<std::uint64_t> counts_;
};

// An aggregate of the registry: a state a group. Rows are brought together by group first, so that a state gets all its
// rows of a batch in one call.
class OfRegistry final : public Accumulator {
 public:
  explicit OfRegistry(const function::AggregateEntry& entry) : entry_{entry} {}

  void add(const Rows& rows) override {
    grow(rows.groupCount);
    if (rows.arguments.size() == 1) {
      addColumn(rows);
    } else {
      addRows(rows);
    }
  }

  void merge(Accumulator& other, std::span<const std::uint32_t> groups, std::size_t groupCount) override {
    grow(groupCount);
    auto& theirs = static_cast<OfRegistry&>(other).states_;
    for (std::size_t g = 0; g < theirs.size(); ++g) {
      if (theirs[g]) state(groups[g]).merge(*theirs[g]);
    }
  }

  std::shared_ptr<const Vector> finish(std::size_t groupCount) override {
    grow(groupCount);
    VectorBuilder out;
    for (std::size_t g = 0; g < groupCount; ++g) out.append(state(static_cast<std::uint32_t>(g)).finish());
    return out.finish();
  }

  std::size_t bytes() const override { return bytes_ + states_.capacity() * sizeof(states_[0]); }
  void clear() override {
    keepMemory(states_);
    bytes_ = 0;
    keepMemory(order_);
    keepMemory(rows_);
    keepMemory(times_);
  }

 private:
  void grow(std::size_t groups) {
    if (states_.size() < groups) states_.resize(groups);
  }
  function::AggregateState& state(std::uint32_t group) {
    if (!states_[group]) {
      states_[group] = entry_.make();
      bytes_ += states_[group]->bytes();
    }
    return *states_[group];
  }

  void addRows(const Rows& rows) {
    std::vector<Value> arguments(rows.arguments.size());
    for (std::size_t row = 0; row < rows.rows; ++row) {
      for (std::size_t i = 0; i < arguments.size(); ++i) arguments[i] = rows.arguments[i].value(row);
      auto& to = state(rows.group(row));
      const std::size_t before = to.bytes();
      to.add(arguments, rows.times(row));
      bytes_ += to.bytes() - before;
    }
  }

  void addColumn(const Rows& rows) {
    const Column& values = rows.arguments.front();
    order_.resize(rows.rows);
    std::iota(order_.begin(), order_.end(), RowIndex{0});
    if (!rows.groups.empty()) sortByGroup(rows);
    rows_.resize(rows.rows);
    times_.clear();
    for (std::size_t i = 0; i < rows.rows; ++i) rows_[i] = static_cast<RowIndex>(values.at(order_[i]));
    if (!rows.multiplicity.empty()) {
      for (const RowIndex row : order_) times_.push_back(rows.multiplicity[row]);
    }
    for (std::size_t begin = 0; begin < rows.rows;) {
      const std::uint32_t group = rows.group(order_[begin]);
      std::size_t end = rows.groups.empty() ? rows.rows : begin + 1;
      while (end < rows.rows && rows.groups[order_[end]] == group) ++end;
      auto& to = state(group);
      const std::size_t before = to.bytes();
      const auto times = times_.empty() ? std::span<const std::uint64_t>{}
                                        : std::span<const std::uint64_t>{times_}.subspan(begin, end - begin);
      to.addColumn(*values.data, std::span<const RowIndex>{rows_}.subspan(begin, end - begin), times);
      bytes_ += to.bytes() - before;
      begin = end;
    }
  }

  // Rows of one group together, in their order.
  void sortByGroup(const Rows& rows) {
    const auto before = [&](RowIndex a, RowIndex b) { return rows.groups[a] < rows.groups[b]; };
    if (!std::is_sorted(order_.begin(), order_.end(), before)) std::stable_sort(order_.begin(), order_.end(), before);
  }

  const function::AggregateEntry& entry_;
  std::vector<std::unique_ptr<function::AggregateState>> states_;
  std::size_t bytes_ = 0;
  Selection order_, rows_;
  std::vector<std::uint64_t> times_;
};

// Passes each combination of arguments on once a group.
class DistinctValues final : public Accumulator {
 public:
  DistinctValues(std::size_t arguments, std::unique_ptr<Accumulator> inner)
      : arguments_{arguments}, values_{arguments}, inner_{std::move(inner)} {}

  void add(const Rows& rows) override {
    const std::size_t known = values_.size();
    values_.assign(rows.arguments, rows.rows, numbers_);
    fresh_.clear();
    freshGroups_.clear();
    if (rows.groups.empty()) {
      findFresh(known);
    } else {
      findFresh(rows);
    }
    if (fresh_.empty()) return;
    Batch batch{0};
    for (const Column& argument : rows.arguments) batch.addColumn(argument);
    batch.setRows(rows.rows);
    if (fresh_.size() < rows.rows) batch.select(std::make_shared<Selection>(fresh_));
    std::vector<Column> arguments;
    for (ColumnIndex i = 0; i < arguments_; ++i) arguments.push_back(batch.column(i));
    inner_->add({arguments, fresh_.size(), freshGroups_, rows.groupCount, {}});
  }

  // Goes over what the other one has seen as if it were rows.
  void merge(Accumulator& other, std::span<const std::uint32_t> groups, std::size_t groupCount) override {
    auto& theirs = static_cast<DistinctValues&>(other);
    Batch batch{0};
    for (ColumnIndex i = 0; i < arguments_; ++i) batch.addColumn(theirs.values_.keys(i, 0, theirs.values_.size()));
    batch.setRows(theirs.values_.size());
    std::vector<std::uint32_t> rowGroups(theirs.seen_.size());  // empty without keys
    if (!rowGroups.empty()) {
      auto rows = std::make_shared<Selection>(theirs.seen_.size());
      for (std::uint32_t i = 0; i < rows->size(); ++i) {
        const std::uint64_t key = theirs.seen_.key(i);
        rowGroups[i] = groups[key >> 32];
        (*rows)[i] = static_cast<RowIndex>(key);
      }
      batch.select(rows);
    }
    std::vector<Column> arguments;
    for (ColumnIndex i = 0; i < arguments_; ++i) arguments.push_back(batch.column(i));
    add({arguments, batch.rows(), rowGroups, groupCount, {}});
  }

  std::shared_ptr<const Vector> finish(std::size_t groupCount) override { return inner_->finish(groupCount); }
  std::size_t bytes() const override { return values_.bytes() + seen_.bytes() + inner_->bytes(); }
  void clear() override {
    values_.clear();
    seen_.clear();
    inner_->clear();
    keepMemory(numbers_);
    keepMemory(freshGroups_);
    keepMemory(fresh_);
  }

 private:
  // Without groups: combinations are numbered in order of appearance, so a number past those known is new.
  void findFresh(std::size_t known) {
    for (std::size_t row = 0; row < numbers_.size(); ++row) {
      if (numbers_[row] < known) continue;
      known = numbers_[row] + std::size_t{1};
      fresh_.push_back(static_cast<RowIndex>(row));
    }
  }
  void findFresh(const Rows& rows) {
    for (std::size_t row = 0; row < rows.rows; ++row) {
      const std::size_t known = seen_.size();
      seen_.add((std::uint64_t{rows.group(row)} << 32) | numbers_[row]);
      if (seen_.size() == known) continue;
      fresh_.push_back(static_cast<RowIndex>(row));
      freshGroups_.push_back(rows.group(row));
    }
  }

  std::size_t arguments_;
  GroupTable values_;  // combinations of arguments -> numbers
  NumberTable seen_;   // (group, combination), where there are groups
  std::unique_ptr<Accumulator> inner_;
  std::vector<std::uint32_t> numbers_, freshGroups_;
  Selection fresh_;
};

}  // namespace

std::unique_ptr<Accumulator> makeAccumulator(const bind::BoundAggregate& aggregate) {
  std::unique_ptr<Accumulator> made;
  if (aggregate.function == nullptr || aggregate.function == function::findAggregate("count")) {
    made = std::make_unique<Count>();
  } else {
    made = std::make_unique<OfRegistry>(*aggregate.function);
  }
  if (!aggregate.distinct || aggregate.arguments.empty()) return made;
  return std::make_unique<DistinctValues>(aggregate.arguments.size(), std::move(made));
}

}  // namespace plexus::exec
