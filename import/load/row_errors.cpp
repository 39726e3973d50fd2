#include "import/load/row_errors.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace plexus::load {

void RowErrors::begin(const RowStream& rows, std::size_t columns, bool allowShortRows) {
  const format::RowBatch& batch = rows.batch();
  size_ = batch.size();
  errors_.clear();
  bad_.clear();
  for (const auto& defect : batch.defects()) {
    add({defect.row, defect.column, defect.line, "invalid text", defect.message});
  }
  for (std::size_t i = rows.firstRow(); i < batch.size(); ++i) {
    const std::size_t cells = batch.row(i).size();
    if (cells == columns || (cells < columns && allowShortRows)) continue;
    add(i, 0, "wrong number of fields",
        fmt::format("{} field{}, where the table has {} column{}", cells, cells == 1 ? "" : "s", columns,
                    columns == 1 ? "" : "s"));
  }
}

void RowErrors::add(std::size_t row, std::size_t column, std::string_view kind, std::string message) {
  add({row, column, 0, kind, std::move(message)});
}

void RowErrors::add(RowError error) {
  if (bad_.empty()) bad_.resize(size_);
  bad_[error.row] = true;
  errors_.push_back(std::move(error));
}

void RowErrors::tell(const RowStream& rows, Rejects& rejects) {
  const auto key = [](const RowError& e) { return std::tuple{e.row, e.column}; };
  std::stable_sort(errors_.begin(), errors_.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (std::size_t i = 0; i < errors_.size(); ++i) {
    RowError& error = errors_[i];
    if (i > 0 && errors_[i - 1].row == error.row) continue;
    const std::uint64_t line = error.line != 0 ? error.line : rows.batch().line(error.row);
    rejects.add(error.kind, {rows.file(), line, error.column > 0 ? std::to_string(error.column) : ""},
                std::move(error.message), rows.batch().raw(error.row));
  }
}

}  // namespace plexus::load
