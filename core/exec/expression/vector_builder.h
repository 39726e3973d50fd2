// core/exec/expression/vector_builder.h: values that come one by one -> a vector, typed as long as all have one type.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/value/batch.h"

namespace plexus::exec {

class VectorBuilder {
 public:
  void append(const Value& value);
  void appendNulls(std::size_t count);
  void append(const Column& column, std::size_t row);
  // Rows rows[0], rows[1], ... of the column.
  void append(const Column& column, std::span<const RowIndex> rows);
  std::size_t size() const { return vector_.size(); }
  std::size_t bytes() const { return vector_.bytes(); }

  // What was collected; the builder is then empty.
  std::shared_ptr<const Vector> finish();

 private:
  void become(Vector::Kind kind);

  bool onlyNulls_ = true;  // the kind is not decided yet; vector_ is of kValue
  Vector vector_{Vector::Kind::kValue};
};

// The typed vector for values of a kind; kValue if there is none.
Vector::Kind vectorKindOf(ValueKind kind);

// `value` in each of `rows` rows, as one value behind a selection.
Column constantColumn(const Value& value, std::size_t rows);

// 0, 1, ... rows - 1.
std::shared_ptr<const Selection> identitySelection(std::size_t rows);

// The same rows, each standing for itself only: for evaluating expressions over a part of a batch.
Batch withoutMultiplicity(Batch rows);

// Sets the column, behind the last one if the batch has no such column yet.
void putColumn(Batch& rows, ColumnIndex index, Column column);

}  // namespace plexus::exec
