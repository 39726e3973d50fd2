// import/load/stored_columns.h: the columns of a table that become properties: cells of a batch -> vectors.
#pragma once

#include <string>
#include <vector>

#include "core/value/vector.h"
#include "import/format/table_plan.h"
#include "import/load/load_context.h"
#include "import/load/row_errors.h"

namespace plexus::load {

class StoredColumns {
 public:
  StoredColumns(const format::TablePlan& plan, LoadContext& context);

  // Reads all rows that are not bad yet; rows with a wrong value become so. Row numbers are those of the batch.
  void read(const RowStream& rows, RowErrors& errors);

  bool empty() const { return columns_.empty(); }
  std::size_t size() const { return columns_.size(); }
  PropertyKeyId key(std::size_t i) const { return columns_[i].key; }
  bool isId(std::size_t i) const { return columns_[i].isId; }
  const std::string& header(std::size_t i) const { return columns_[i].header; }
  std::size_t fileColumn(std::size_t i) const { return columns_[i].index + 1; }  // counts from 1
  // The values of the batch's rows; valid until the next read().
  const Vector& values(std::size_t i) const { return columns_[i].values; }
  // Only those of `rows`, in that order; the vector itself if `rows` are all of the batch's.
  const Vector& values(std::size_t i, const std::vector<std::uint32_t>& rows);

 private:
  struct StoredColumn {
    std::size_t index;  // in the file
    std::string header;
    bool isId;
    PropertyKeyId key;
    format::CellParser parser;
    Vector values, selected;
  };
  void readColumn(StoredColumn& column, const RowStream& rows, RowErrors& errors);
  std::vector<StoredColumn> columns_;
};

}  // namespace plexus::load
