// import/format/csv.h: delimited text (CSV, TSV, SIF) -> batches of rows whose cells point into the reader's buffer.
//
// RFC 4180 with what real files do: any delimiter and quote, doubled quotes and optionally an escape character, line
// ends (LF, CR LF, CR) inside quotes, comment lines, a UTF-8 byte order mark, gzip (told by content, whatever the
// name). A quote only counts at the beginning of a cell. Blank lines are left out, except in files of one column, where
// they are an empty cell. Text must be UTF-8 without NUL.
// Cost: about 1 GB/s of plain text; gzip is inflated by a thread of its own. Memory: two or three buffers of 1 MiB, or
// the longest row; a batch keeps the buffer that it points into. Thread safety: one thread; batches may be read by
// another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace plexus::format {

struct CsvDialect {
  char delimiter = ',';
  char quote = '"';            // 0: none
  char escape = 0;             // takes the next character literally, inside quotes and outside; 0: none
  bool escapesQuotes = false;  // the escape only takes a quote or itself, inside quotes
  char comment = 0;            // lines that begin with it are left out; 0: none
  bool header = true;  // the first line names the columns (a matter of the caller: the reader gives it as a row)
};

// A cell after unquoting. `quoted` tells "" from nothing.
struct Cell {
  const char* data = nullptr;
  std::uint32_t size = 0;
  bool quoted = false;
  std::string_view text() const { return {data, size}; }
  bool empty() const { return size == 0; }
};

// Rows of one call of CsvReader::next(); everything in it is valid until it is filled again, also without the reader.
class RowBatch {
 public:
  std::size_t size() const { return rows_.size(); }
  std::span<const Cell> row(std::size_t i) const {
    const std::size_t begin = rows_[i].firstCell;
    const std::size_t end = i + 1 < rows_.size() ? rows_[i + 1].firstCell : cells_.size();
    return {cells_.data() + begin, end - begin};
  }
  // The line on which the row begins, from 1.
  std::uint64_t line(std::size_t i) const { return rows_[i].line; }
  // The row as it is in the file, without its line end.
  std::string_view raw(std::size_t i) const { return rows_[i].raw; }

  // Rows that cannot be trusted: invalid UTF-8, NUL, text after a closing quote. In order of row; mostly empty.
  struct Defect {
    std::size_t row;
    std::uint64_t line;  // where in the row it is
    std::size_t column;  // from 1; 0: unknown
    std::string message;
  };
  const std::vector<Defect>& defects() const { return defects_; }

 private:
  friend class CsvReader;
  struct Row {
    std::size_t firstCell;
    std::uint64_t line;
    std::string_view raw;
  };
  void clear();
  std::vector<Row> rows_;
  std::vector<Cell> cells_;
  std::vector<Defect> defects_;
  std::vector<std::unique_ptr<char[]>> unescaped_;  // text of cells that held escapes or doubled quotes
  std::shared_ptr<const char[]> text_;              // the buffer that all other cells point into
};

class CsvReader {
 public:
  // Throws Error{kIoError} if the file cannot be opened.
  CsvReader(const std::filesystem::path& file, CsvDialect dialect);
  // From text in memory; `name` stands for the file in errors. The text must outlive the reader.
  CsvReader(std::string name, std::string_view text, CsvDialect dialect);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // The next rows, at most `maxRows` (fewer at the end of a buffer, never none); false at the end of the file.
  // Throws Error{kInputError} with the place: damaged or truncated gzip, UTF-16, a quote that is never closed.
  bool next(RowBatch& batch, std::size_t maxRows = 8192);

  const std::string& name() const;
  std::uint64_t bytesRead() const;  // of the file, compressed if it is

  // An error about this file.
  Error error(std::uint64_t line, std::string column, std::string message) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexus::format
