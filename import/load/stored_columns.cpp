#include "import/load/stored_columns.h"

#include <fmt/format.h>

namespace plexus::load {

using Role = format::ColumnPlan::Role;

StoredColumns::StoredColumns(const format::TablePlan& plan, LoadContext& context) {
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    const format::ColumnPlan& column = plan.columns[i];
    const bool stored = column.role == Role::kProperty || (column.role == Role::kId && !column.property.empty());
    if (!stored) continue;
    format::CellParser parser{column.type, context.options.arrayDelimiter, context.options.nullText};
    const Vector::Kind kind = parser.vectorKind();
    columns_.push_back({i, column.header, column.role == Role::kId, context.graph.key(column.property),
                        std::move(parser), Vector{kind}, Vector{kind}});
  }
}

void StoredColumns::read(const RowStream& rows, RowErrors& errors) {
  for (StoredColumn& column : columns_) readColumn(column, rows, errors);
}

void StoredColumns::readColumn(StoredColumn& column, const RowStream& rows, RowErrors& errors) {
  const format::RowBatch& batch = rows.batch();
  column.values.clear();
  column.values.resize(batch.size());
  std::string why;
  for (std::size_t row = rows.firstRow(); row < batch.size(); ++row) {
    const auto cells = batch.row(row);
    if (column.index >= cells.size()) {
      column.values.setNull(row);
    } else if (!errors.isBad(row) && !column.parser.parse(cells[column.index], column.values, row, why)) {
      errors.add(row, column.index + 1, "wrong value", fmt::format("column `{}`: {}", column.header, why));
    }
  }
}

const Vector& StoredColumns::values(std::size_t i, const std::vector<std::uint32_t>& rows) {
  StoredColumn& column = columns_[i];
  if (rows.size() == column.values.size()) return column.values;
  column.selected.clear();
  column.selected.appendRows(column.values, rows);
  return column.selected;
}

}  // namespace plexus::load
