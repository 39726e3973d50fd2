// tools/render/result_writer.h: rows as text, one writer a format. Rows are written as they come, but for tables, which
// look at the first rows to choose widths.
#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/value/print.h"
#include "core/value/value.h"

namespace plexus::tools {

enum class Format { kTable, kCsv, kTsv, kJson, kJsonLines, kMarkdown };

// "table", "csv", ...; nothing for an unknown name.
std::optional<Format> parseFormat(std::string_view name);
// The names, for messages and completion.
const std::vector<std::string>& formatNames();

class ResultWriter {
 public:
  virtual ~ResultWriter() = default;
  // Once, before the rows.
  virtual void begin(const std::vector<std::string>& columns) = 0;
  virtual void row(std::span<const Value> values, const EntitySource& entities) = 0;
  // Once, after the last row.
  virtual void end() = 0;
};

// `width`: columns of the terminal, for kTable; 0: no limit.
std::unique_ptr<ResultWriter> makeWriter(Format format, std::ostream& out, std::size_t width);

}  // namespace plexus::tools
