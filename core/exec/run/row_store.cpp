#include "core/exec/run/row_store.h"

#include <algorithm>
#include <numeric>

#include "core/exec/run/reuse.h"

namespace plexus::exec {
namespace {

constexpr std::size_t kStep = std::size_t{1} << 20;

std::size_t bytesPerRow(Vector::Kind kind) {
  switch (kind) {
    case Vector::Kind::kBoolean:
      return 1;
    case Vector::Kind::kNode:
      return sizeof(NodeId);
    case Vector::Kind::kInteger:
    case Vector::Kind::kFloat:
      return 8;
    default:
      return 16;
  }
}

// The same values as a kValue vector.
std::shared_ptr<Vector> untyped(const Vector& typed) {
  auto values = std::make_shared<Vector>(Vector::Kind::kValue, typed.size());
  const auto data = values->data<Value>();
  for (std::size_t i = 0; i < typed.size(); ++i) data[i] = typed.value(i);
  return values;
}

bool allNull(const Vector& vector) {
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (!vector.isNull(i)) return false;
  }
  return true;
}

}  // namespace

std::size_t Reservation::rounded(std::size_t bytes) { return (bytes + kStep - 1) / kStep * kStep; }

void Reservation::grow(std::size_t bytes) {
  if (!budget_ || bytes <= held_ + kStep / 16) return;
  const std::size_t wanted = rounded(bytes);
  budget_->reserve(wanted - held_);
  held_ = wanted;
}

bool Reservation::tryGrow(std::size_t bytes) {
  if (!budget_ || bytes <= held_ + kStep / 16) return true;
  const std::size_t wanted = rounded(bytes);
  if (!budget_->tryReserve(wanted - held_)) return false;
  held_ = wanted;
  return true;
}

void Reservation::release() {
  if (budget_ && held_ > 0) budget_->release(held_);
  held_ = 0;
}

void RowStore::append(const Batch& batch) {
  const std::size_t have = scratch_.size();
  if (have < batch.rows()) {
    scratch_.resize(batch.rows());
    std::iota(scratch_.begin() + static_cast<std::ptrdiff_t>(have), scratch_.end(), static_cast<RowIndex>(have));
  }
  append(batch, std::span{scratch_}.first(batch.rows()));
}

void RowStore::append(const Batch& batch, std::span<const RowIndex> rows) {
  for (ColumnIndex i = 0; i < columns_.size(); ++i) {
    if (batch.column(i).data) appendColumn(columns_[i], batch.column(i), rows);
  }
  if (!batch.multiplicity().empty() || !multiplicity_.empty()) {
    multiplicity_.resize(rows_, 1);
    for (const RowIndex row : rows) {
      multiplicity_.push_back(batch.multiplicity().empty() ? 1 : batch.multiplicity()[row]);
    }
    bytes_ += rows.size() * sizeof(std::uint64_t);
  }
  rows_ += rows.size();
}

void RowStore::appendColumn(std::shared_ptr<Vector>& to, const Column& from, std::span<const RowIndex> rows) {
  const Vector::Kind kind = from.data->kind();
  if (!to || (rows_ == 0 && to->kind() != kind)) to = std::make_shared<Vector>(kind);
  if (to->kind() != kind && to->kind() == Vector::Kind::kValue && allNull(*to) && rows_ <= kBatchRows) {
    auto typed = std::make_shared<Vector>(kind, to->size());
    for (std::size_t i = 0; i < to->size(); ++i) typed->setNull(i);
    to = std::move(typed);
  }
  if (to->kind() != kind && to->kind() != Vector::Kind::kValue) to = untyped(*to);
  bytes_ += rows.size() * bytesPerRow(to->kind());
  if (to->kind() != kind) {
    for (const RowIndex row : rows) to->append(from.value(row));
  } else if (!from.rows) {
    to->appendRows(*from.data, rows);
  } else {
    Selection composed(rows.size());
    std::transform(rows.begin(), rows.end(), composed.begin(), [&](RowIndex row) { return (*from.rows)[row]; });
    to->appendRows(*from.data, composed);
  }
  if (to->kind() == Vector::Kind::kValue) {
    const auto values = to->data<Value>();
    for (std::size_t i = values.size() - rows.size(); i < values.size(); ++i) bytes_ += values[i].heapBytes();
  }
}

void RowStore::take(RowStore& other) {
  if (other.rows_ == 0) return;
  append(other.batch(rangeSelection(0, other.rows_)));
  other.clear();
}

Batch RowStore::batch(const std::shared_ptr<const Selection>& rows) const {
  Batch out{columns_.size()};
  out.setRows(rows->size());
  for (ColumnIndex i = 0; i < columns_.size(); ++i) {
    if (columns_[i]) out.setColumn(i, Column{columns_[i], rows});
  }
  if (!multiplicity_.empty()) {
    std::vector<std::uint64_t> chosen(rows->size());
    std::transform(rows->begin(), rows->end(), chosen.begin(), [&](RowIndex row) { return multiplicity_[row]; });
    out.setMultiplicity(std::move(chosen));
  }
  return out;
}

void RowStore::keep(const Selection& rows) {
  RowStore kept{columns_.size(), nullptr};
  kept.append(batch(std::make_shared<Selection>(rows)));
  columns_ = std::move(kept.columns_);
  multiplicity_ = std::move(kept.multiplicity_);
  rows_ = kept.rows_;
  bytes_ = kept.bytes_;
}

void RowStore::clear() {
  std::fill(columns_.begin(), columns_.end(), nullptr);
  multiplicity_.clear();
  rows_ = 0;
  bytes_ = 0;
  reservation_.release();
}

void RowStore::close() {
  for (auto& column : columns_) {
    const bool kept = isUnshared(column) && column->size() <= kKeptRows;
    if (kept) {
      column->clear();
    } else {
      column.reset();
    }
  }
  keepMemory(multiplicity_);
  keepMemory(scratch_);
  rows_ = bytes_ = 0;
  reservation_.use(nullptr);
}

std::shared_ptr<const Selection> rangeSelection(std::size_t first, std::size_t count) {
  auto rows = std::make_shared<Selection>(count);
  std::iota(rows->begin(), rows->end(), static_cast<RowIndex>(first));
  return rows;
}

}  // namespace plexus::exec
