// import/load/row_errors.h: the rows of one batch that cannot be imported, and why; found column by column, told row by
// row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "import/load/rejects.h"
#include "import/load/row_stream.h"

namespace plexus::load {

class RowErrors {
 public:
  // Forgets what was, and enters the rows that are bad as such: defects of the text, wrong number of cells (`columns`).
  void begin(const RowStream& rows, std::size_t columns, bool allowShortRows);

  // `column` counts from 1; 0: the row as a whole. `kind` is a literal.
  void add(std::size_t row, std::size_t column, std::string_view kind, std::string message);
  bool isBad(std::size_t row) const { return !bad_.empty() && bad_[row]; }
  bool any() const { return !errors_.empty(); }

  // Hands each bad row to `rejects`, in order, with the error of its first column. Returns whether there were any.
  void tell(const RowStream& rows, Rejects& rejects);

 private:
  struct RowError {
    std::size_t row, column;
    std::uint64_t line;  // 0: that of the row
    std::string_view kind;
    std::string message;
  };
  void add(RowError error);
  std::size_t size_ = 0;
  std::vector<RowError> errors_;
  std::vector<bool> bad_;  // empty: none
};

}  // namespace plexus::load
