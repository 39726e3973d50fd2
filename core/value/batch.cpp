#include "core/value/batch.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace plexus {
namespace {

std::shared_ptr<const Selection> compose(const Selection& inner, const Selection& outer) {
  auto rows = std::make_shared<Selection>(outer.size());
  std::transform(outer.begin(), outer.end(), rows->begin(), [&](RowIndex row) { return inner[row]; });
  return rows;
}

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): the columns keep it
void Batch::select(std::shared_ptr<const Selection> rows) {
  std::vector<std::pair<const Selection*, std::shared_ptr<const Selection>>> composed;
  for (Column& column : columns_) {
    if (!column.data) continue;
    if (!column.rows) {
      column.rows = rows;
      continue;
    }
    const Selection* inner = column.rows.get();
    auto known = std::find_if(composed.begin(), composed.end(), [&](const auto& c) { return c.first == inner; });
    if (known == composed.end()) known = composed.insert(known, {inner, compose(*inner, *rows)});
    column.rows = known->second;
  }
  if (!multiplicity_.empty()) {
    std::vector<std::uint64_t> chosen(rows->size());
    std::transform(rows->begin(), rows->end(), chosen.begin(), [&](RowIndex row) { return multiplicity_[row]; });
    multiplicity_ = std::move(chosen);
  }
  rows_ = rows->size();
}

std::shared_ptr<const Vector> Batch::flat(ColumnIndex i) const {
  const Column& column = columns_[i];
  if (!column.rows) return column.data;
  auto vector = std::make_shared<Vector>(column.data->kind());
  vector->appendRows(*column.data, *column.rows);
  return vector;
}

std::uint64_t Batch::totalRows() const {
  if (multiplicity_.empty()) return rows_;
  return std::accumulate(multiplicity_.begin(), multiplicity_.end(), std::uint64_t{0});
}

std::optional<Batch> Batch::flattenMultiplicity(std::size_t maxRows) {
  if (multiplicity_.empty()) return std::nullopt;
  auto taken = std::make_shared<Selection>();
  std::size_t row = 0;
  std::uint64_t takenOfRow = 0;
  while (row < rows_ && taken->size() < maxRows) {
    const std::uint64_t count = std::min<std::uint64_t>(multiplicity_[row], maxRows - taken->size());
    taken->insert(taken->end(), count, static_cast<RowIndex>(row));
    takenOfRow = count;
    if (count < multiplicity_[row]) break;
    ++row;
    takenOfRow = 0;
  }
  std::optional<Batch> rest;
  if (row < rows_) {
    rest = *this;
    rest->multiplicity_[row] -= takenOfRow;
    auto left = std::make_shared<Selection>(rows_ - row);
    std::iota(left->begin(), left->end(), static_cast<RowIndex>(row));
    rest->select(std::move(left));
  }
  multiplicity_.clear();
  select(std::move(taken));
  return rest;
}

}  // namespace plexus
