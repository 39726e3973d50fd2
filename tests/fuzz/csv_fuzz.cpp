// tests/fuzz/csv_fuzz.cpp: any text in any dialect is read, or refused with a place; how it is cut into batches changes
// nothing.
#include "import/format/csv.h"
#include "tests/fuzz/input.h"

namespace plexus::format {
namespace {

using fuzz::Input;
using fuzz::require;

CsvDialect takeDialect(Input& input) {
  static constexpr char kDelimiters[] = {',', '\t', '|', ' '};
  static constexpr char kQuotes[] = {'"', '\'', 0, '"'};
  static constexpr char kEscapes[] = {0, '\\', '#', '"'};
  const unsigned bits = input.take<std::uint8_t>();
  CsvDialect dialect;
  dialect.delimiter = kDelimiters[bits % 4];
  dialect.quote = kQuotes[bits / 4 % 4];
  dialect.escape = kEscapes[bits / 16 % 4];
  if (dialect.escape == dialect.quote) dialect.escape = 0;
  dialect.comment = bits >= 128 ? '%' : char{0};
  return dialect;
}

// All that a reader says of the text, as text: cells, defects, and the error that ends it.
std::string readAll(std::string_view text, const CsvDialect& dialect, std::size_t maxRows) {
  std::string all;
  try {
    CsvReader reader{"f", text, dialect};
    RowBatch batch;
    std::size_t before = 0;
    while (reader.next(batch, maxRows)) {
      require(batch.size() > 0 && batch.size() <= maxRows);
      for (std::size_t i = 0; i < batch.size(); ++i) {
        all += std::to_string(batch.line(i)) + ':' + std::string{batch.raw(i)};
        for (const Cell& cell : batch.row(i)) all += (cell.quoted ? "\1" : "\2") + std::string{cell.text()};
      }
      for (const auto& defect : batch.defects()) {
        require(defect.row < batch.size());
        all += "\3" + std::to_string(before + defect.row) + defect.message;
      }
      before += batch.size();
    }
  } catch (const Error& error) {
    require(error.type() == ErrorType::kInputError);
    all += "\4" + error.render("");
  }
  return all;
}

}  // namespace
}  // namespace plexus::format

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plexus::format;
  Input input{data, size};
  const CsvDialect dialect = takeDialect(input);
  const std::string whole = readAll(input.rest(), dialect, 8192);
  // Defects are told a batch at a time, so rows of one batch at a time differ in their order alone when there are some.
  if (whole.find('\3') == std::string::npos) require(readAll(input.rest(), dialect, 1) == whole);
  return 0;
}
