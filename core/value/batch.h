// core/value/batch.h: the rows that travel between operators: columns that may share one selection.
//
// A column is a vector read through a selection: row i of the column is data[rows[i]] (data[i] without a selection).
// So an operator that drops, repeats or reorders rows (filter, expand) writes one list of row numbers and touches no
// values: `Batch::select` composes it with the selections that are there, once per distinct selection, not per column.
//
// `multiplicity`, where present, says how many equal rows each row stands for: an operator that would only repeat rows
// (expanding to a neighbour nobody looks at) multiplies it instead. Operators that cannot deal with it call
// `Batch::flattenMultiplicity()` first. Invariant: multiplicity[i] >= 1.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/value/vector.h"

namespace plexus {

using RowIndex = std::uint32_t;
using Selection = std::vector<RowIndex>;
using ColumnIndex = std::uint32_t;

struct Column {
  std::shared_ptr<const Vector> data;
  std::shared_ptr<const Selection> rows;  // null: identity

  std::size_t at(std::size_t row) const { return rows ? (*rows)[row] : row; }
  Value value(std::size_t row) const { return data->value(at(row)); }
  bool isNull(std::size_t row) const { return data->isNull(at(row)); }
  template <typename T>
  const T& get(std::size_t row) const {
    return data->data<T>()[at(row)];
  }
};

class Batch {
 public:
  Batch() = default;
  explicit Batch(std::size_t columns) : columns_(columns) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_.size(); }
  bool empty() const { return rows_ == 0; }
  void setRows(std::size_t rows) { rows_ = rows; }

  const Column& column(ColumnIndex i) const { return columns_[i]; }
  void setColumn(ColumnIndex i, Column column) { columns_[i] = std::move(column); }
  void setColumn(ColumnIndex i, std::shared_ptr<const Vector> data) { columns_[i] = {std::move(data), nullptr}; }
  void addColumn(Column column) { columns_.push_back(std::move(column)); }

  // The rows given, in that order (repeats allowed), of all columns and of the multiplicity.
  void select(std::shared_ptr<const Selection> rows);
  // The column as one plain vector without a selection (copied only if it has one).
  std::shared_ptr<const Vector> flat(ColumnIndex i) const;

  // One number a row; empty: each row stands for itself.
  const std::vector<std::uint64_t>& multiplicity() const { return multiplicity_; }
  void setMultiplicity(std::vector<std::uint64_t> multiplicity) { multiplicity_ = std::move(multiplicity); }
  std::uint64_t totalRows() const;  // sum of multiplicities
  // Repeats rows so that each stands for itself. May make the batch larger than kBatchRows; at most `maxRows` rows are
  // taken at a time: the rest stays behind and is returned by the next call on the remainder.
  std::optional<Batch> flattenMultiplicity(std::size_t maxRows = kBatchRows);

 private:
  std::size_t rows_ = 0;
  std::vector<Column> columns_;
  std::vector<std::uint64_t> multiplicity_;
};

}  // namespace plexus
