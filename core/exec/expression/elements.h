// core/exec/expression/elements.h: the elements of lists, one a row, beside the rows the lists came from. What list
// comprehensions, quantifiers and reduce evaluate their inner expressions over.
#pragma once

#include <memory>

#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

// What is no list stands for a list of one, where only running tells; null stays null.
Value asList(const Value& value);

// Walks over the elements of a column of lists, a batch at a time; rows without elements (or with null) do not appear.
class Elements {
 public:
  // `rows` and `lists` must outlive this; the element becomes column `column` of the batches.
  Elements(const Batch& rows, const Column& lists, ColumnIndex column, std::size_t batchRows)
      : rows_{rows}, lists_{lists}, column_{column}, batchRows_{batchRows} {}

  // The next elements; false at the end.
  bool next();
  // The rows of next(), outer columns and the element.
  const Batch& batch() const { return batch_; }
  // Row of the outer batch that element i of batch() belongs to.
  RowIndex rowOf(std::size_t i) const { return (*selection_)[i]; }

 private:
  const Batch& rows_;
  const Column& lists_;
  ColumnIndex column_;
  std::size_t batchRows_;
  std::size_t row_ = 0, index_ = 0;  // of the next element
  Batch batch_;
  std::shared_ptr<const Selection> selection_;
};

}  // namespace plexus::exec
