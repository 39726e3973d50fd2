#include "core/exec/expression/vector_builder.h"

#include <numeric>
#include <utility>

namespace plexus::exec {

Vector::Kind vectorKindOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kBoolean:
      return Vector::Kind::kBoolean;
    case ValueKind::kInteger:
      return Vector::Kind::kInteger;
    case ValueKind::kFloat:
      return Vector::Kind::kFloat;
    case ValueKind::kString:
      return Vector::Kind::kString;
    case ValueKind::kNode:
      return Vector::Kind::kNode;
    case ValueKind::kRelationship:
      return Vector::Kind::kRelationship;
    default:
      return Vector::Kind::kValue;
  }
}

void VectorBuilder::become(Vector::Kind kind) {
  Vector other{kind, vector_.size()};
  for (std::size_t row = 0; row < vector_.size(); ++row) other.set(row, vector_.value(row));
  vector_ = std::move(other);
}

void VectorBuilder::append(const Value& value) {
  if (!value.isNull()) {
    const Vector::Kind kind = vectorKindOf(value.kind());
    if (onlyNulls_) {
      onlyNulls_ = false;
      if (kind != Vector::Kind::kValue) become(kind);
    } else if (kind != vector_.kind() && vector_.kind() != Vector::Kind::kValue) {
      become(Vector::Kind::kValue);
    }
  }
  vector_.append(value);
}

void VectorBuilder::appendNulls(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) vector_.append(Value{});
}

void VectorBuilder::append(const Column& column, std::size_t row) {
  const auto at = static_cast<RowIndex>(column.at(row));
  if (column.data->kind() == vector_.kind() && vector_.kind() != Vector::Kind::kValue) {
    vector_.appendRows(*column.data, std::span{&at, 1});
  } else {
    append(column.data->value(at));
  }
}

void VectorBuilder::append(const Column& column, std::span<const RowIndex> rows) {
  if (onlyNulls_ && column.data->kind() != Vector::Kind::kValue) {
    onlyNulls_ = false;
    become(column.data->kind());
  }
  if (column.data->kind() != vector_.kind() || vector_.kind() == Vector::Kind::kValue) {
    for (const RowIndex row : rows) append(column.value(row));
    return;
  }
  if (!column.rows) {
    vector_.appendRows(*column.data, rows);
    return;
  }
  Selection composed(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) composed[i] = (*column.rows)[rows[i]];
  vector_.appendRows(*column.data, composed);
}

std::shared_ptr<const Vector> VectorBuilder::finish() {
  auto result = std::make_shared<const Vector>(std::move(vector_));
  vector_ = Vector{Vector::Kind::kValue};
  onlyNulls_ = true;
  return result;
}

Column constantColumn(const Value& value, std::size_t rows) {
  auto one = std::make_shared<const Vector>(Vector::constant(value, 1));
  return {std::move(one), std::make_shared<const Selection>(rows, RowIndex{0})};
}

std::shared_ptr<const Selection> identitySelection(std::size_t rows) {
  auto selection = std::make_shared<Selection>(rows);
  std::iota(selection->begin(), selection->end(), RowIndex{0});
  return selection;
}

Batch withoutMultiplicity(Batch rows) {
  rows.setMultiplicity({});
  return rows;
}

void putColumn(Batch& rows, ColumnIndex index, Column column) {
  if (index < rows.columns()) {
    rows.setColumn(index, std::move(column));
  } else {
    rows.addColumn(std::move(column));
  }
}

}  // namespace plexus::exec
