// core/exec/operator/call/joined_rows.h: rows of an outer batch beside rows that an inner plan, or a list, gave for
// them.
#pragma once

#include <span>
#include <vector>

#include "core/exec/expression/vector_builder.h"
#include "core/exec/operator.h"

namespace plexus::exec {

// Where each column of an output comes from. Fixed when built.
class JoinedLayout {
 public:
  // Columns of `output` that `outer` has are the outer row's; the others are the inner's (which may lack some: null).
  JoinedLayout(const Layout& outer, const Layout& inner, const Layout& output);

  struct Pair {
    ColumnIndex from, to;
  };
  const std::vector<Pair>& outer() const { return outer_; }
  const std::vector<Pair>& inner() const { return inner_; }
  const std::vector<ColumnIndex>& missing() const { return missing_; }
  std::size_t width() const { return width_; }

 private:
  std::vector<Pair> outer_, inner_;
  std::vector<ColumnIndex> missing_;
  std::size_t width_;
};

// Collects rows for one outer batch at a time.
class JoinedRows {
 public:
  explicit JoinedRows(const JoinedLayout& layout) : layout_{layout}, inner_(layout.inner().size()) {}

  // All rows of `inner` for the outer row; multiplicities multiply.
  void append(const Batch& outer, RowIndex row, const Batch& inner);
  // One row of `inner` for the outer row.
  void appendRow(const Batch& outer, RowIndex row, const Batch& inner, RowIndex innerRow);
  // The outer row once, with nulls for the inner columns.
  void appendNulls(const Batch& outer, RowIndex row);
  std::size_t rows() const { return rows_.size(); }

  // What was collected, which must all be for rows of `outer`. Empties.
  Batch finish(const Batch& outer);
  // `inner` as a whole, beside one outer row: no value is copied.
  Batch whole(const Batch& outer, RowIndex row, const Batch& inner) const;
  // `inner` as a whole, row i of it beside outer row rows[i].
  Batch beside(const Batch& outer, std::shared_ptr<const Selection> rows, const Batch& inner) const;

 private:
  void setOuter(const Batch& outer, std::shared_ptr<const Selection> rows, Batch& out) const;
  void appendMultiplicity(std::uint64_t count, const Batch& outer, RowIndex row);

  const JoinedLayout& layout_;
  Selection rows_;
  std::vector<VectorBuilder> inner_;
  std::vector<std::uint64_t> multiplicity_;  // one a row
  bool counted_ = false;                     // some multiplicity is not 1
};

}  // namespace plexus::exec
