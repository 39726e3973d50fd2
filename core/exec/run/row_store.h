// core/exec/run/row_store.h: rows collected from many batches: what sort, join and aggregate keep.
//
// One growing vector a column, typed as long as all its values have one type. Rows are given back as batches that read
// the vectors through a selection: no value is copied a second time. Memory is taken from the query's budget in steps;
// reserve() throws Error{kLimitExceeded} where the budget is used up, tryReserve() says so.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/base/memory_budget.h"
#include "core/value/batch.h"

namespace plexus::exec {

// Bytes of a budget, given back at the end. `budget` may be null: nothing is counted.
class Reservation {
 public:
  explicit Reservation(MemoryBudget* budget) : budget_{budget} {}
  ~Reservation() { release(); }
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  // Makes it at least `bytes`, in steps of 1 MiB so that small growth is cheap. `grow` throws, `tryGrow` says no.
  void grow(std::size_t bytes);
  bool tryGrow(std::size_t bytes);
  void release();
  // Released; counts against another budget from now on.
  void use(MemoryBudget* budget) {
    release();
    budget_ = budget;
  }

 private:
  static std::size_t rounded(std::size_t bytes);
  MemoryBudget* budget_;
  std::size_t held_ = 0;
};

class RowStore {
 public:
  RowStore(std::size_t columns, MemoryBudget* budget) : columns_(columns), reservation_{budget} {}

  // All rows of the batch, or some of them; columns without data stay empty. Invalidates batches made before.
  void append(const Batch& batch);
  void append(const Batch& batch, std::span<const RowIndex> rows);
  // The same rows of another store of equal width (a worker's), which is empty afterwards.
  void take(RowStore& other);

  std::size_t rows() const { return rows_; }
  std::size_t width() const { return columns_.size(); }
  std::size_t bytes() const { return bytes_; }
  const Vector* column(ColumnIndex i) const { return columns_[i].get(); }  // null: had no data
  bool hasMultiplicity() const { return !multiplicity_.empty(); }
  std::uint64_t multiplicity(std::size_t row) const { return multiplicity_.empty() ? 1 : multiplicity_[row]; }

  // The rows given (row numbers from 0 in order of appending), multiplicity included. Shares the vectors.
  Batch batch(const std::shared_ptr<const Selection>& rows) const;
  // Keeps only the rows given, in that order.
  void keep(const Selection& rows);
  void clear();
  // Between executions: clear, and of the memory little is kept. Then start().
  void close();
  void start(MemoryBudget* budget) { reservation_.use(budget); }
  // Takes the memory of what is here now from the budget; false if it has not as much.
  bool tryReserve() { return reservation_.tryGrow(bytes_); }
  void reserve() { reservation_.grow(bytes_); }

 private:
  void appendColumn(std::shared_ptr<Vector>& to, const Column& from, std::span<const RowIndex> rows);

  std::vector<std::shared_ptr<Vector>> columns_;
  std::vector<std::uint64_t> multiplicity_;
  std::size_t rows_ = 0;
  std::size_t bytes_ = 0;
  Reservation reservation_;
  Selection scratch_;
};

// rows[i] = first + i.
std::shared_ptr<const Selection> rangeSelection(std::size_t first, std::size_t count);

}  // namespace plexus::exec
