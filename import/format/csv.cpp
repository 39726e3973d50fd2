#include "import/format/csv.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "import/format/byte_source.h"
#include "import/format/special_scanner.h"
#include "import/format/utf8.h"

namespace plexus::format {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

// LF, CR LF and CR each end a line.
std::uint64_t lineEnds(const char* begin, const char* end) {
  std::uint64_t count = 0;
  for (const char* p = begin; p < end; ++p) {
    if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n'))) ++count;
  }
  return count;
}

// The unparsed part of a file, and behind it room for more. Knows nothing of rows. Text that batches point into is not
// moved: what comes next goes to a new buffer.
class Buffer {
 public:
  explicit Buffer(std::unique_ptr<ByteSource> source) : source_{std::move(source)} {}

  const char* begin() const { return bytes_.get() + begin_; }
  const char* end() const { return bytes_.get() + end_; }
  bool atEnd() const { return atEnd_; }            // nothing comes after end()
  bool suspicious() const { return suspicious_; }  // may hold something else than plain ASCII
  void consume(const char* until) { begin_ = static_cast<std::size_t>(until - bytes_.get()); }
  std::shared_ptr<const char[]> text() const { return bytes_; }
  std::uint64_t consumedBytes() const { return source_->consumed(); }

  // Copies what is left to a new buffer and reads more behind it. Requires !atEnd().
  void refill() {
    const std::size_t left = end_ - begin_;
    if (left > capacity_ / 2) capacity_ *= 2;
    const std::shared_ptr<char[]> next{new char[capacity_ + SpecialScanner::kPadding]};
    if (left > 0) std::memcpy(next.get(), bytes_.get() + begin_, left);
    bytes_ = next;
    begin_ = 0;
    end_ = left;
    const std::size_t size = source_->read(bytes_.get() + left, capacity_ - left);
    end_ += size;
    atEnd_ = size == 0;
    suspicious_ = (suspicious_ && left > 0) || !isPlainAscii(bytes_.get() + left, size);
  }

 private:
  std::unique_ptr<ByteSource> source_;
  std::shared_ptr<char[]> bytes_;        // none before the first refill()
  std::size_t capacity_ = kBufferBytes;  // without the padding
  std::size_t begin_ = 0, end_ = 0;
  bool atEnd_ = false, suspicious_ = false;
};

}  // namespace

void RowBatch::clear() {
  rows_.clear();
  cells_.clear();
  defects_.clear();
  unescaped_.clear();
  text_.reset();
}

struct CsvReader::Impl {
  Impl(std::string name_, std::unique_ptr<ByteSource> source, CsvDialect dialect_)
      : name{std::move(name_)},
        dialect{dialect_},
        buffer{std::move(source)},
        scanner{dialect.delimiter, '\n', '\r', dialect.escape != 0 && !dialect.escapesQuotes ? dialect.escape : '\n'} {
    if (dialect.escape == dialect.quote) dialect.escape = 0;  // doubling is always understood
  }

  bool next(RowBatch& out, std::size_t maxRows);
  [[noreturn]] void fail(std::uint64_t atLine, std::string column, std::string message) const;

  std::string name;

 private:
  enum class Outcome { kRow, kNothing, kIncomplete };

  Outcome parseRow();
  std::uint64_t takeLine(const char* stop);
  Outcome finishRow(const char* stop);
  const char* plainCell(const char* from);
  const char* quotedCell(const char* from);
  const char* closingQuote(const char* from, bool& hasEscapes);
  const char* nextBreak(bool* escaped = nullptr);
  // Whether the escape at `p` takes what follows.
  bool takes(const char* p, const char* end) const {
    return !dialect.escapesQuotes || (p + 1 < end && (p[1] == dialect.quote || p[1] == dialect.escape));
  }
  void addCell(const char* begin, const char* end, bool quoted, bool unescape);
  bool skipComment();
  void checkText();
  void skipByteOrderMark();
  void refill();

  CsvDialect dialect;

 public:
  Buffer buffer;

 private:
  SpecialScanner scanner;
  RowBatch* batch = nullptr;
  std::uint64_t line = 1;  // of the next row
  const char* rowBegin = nullptr;
  std::size_t firstCell = 0;  // of the row in work
  bool hasQuotes = false;     // so has the row in work
  std::size_t columns = 0;    // of the first row; 0: not seen yet
  bool started = false;
};

bool CsvReader::Impl::next(RowBatch& out, std::size_t maxRows) {
  batch = &out;
  out.clear();
  if (!started) skipByteOrderMark();
  while (true) {
    scanner.reset(buffer.begin(), buffer.end());
    while (out.size() < maxRows && !(buffer.begin() == buffer.end())) {
      if (parseRow() == Outcome::kIncomplete) break;
    }
    if (out.size() > 0) {
      out.text_ = buffer.text();
      if (buffer.suspicious()) checkText();
      return true;
    }
    if (buffer.atEnd()) return false;
    refill();
  }
}

// One row, from the buffer's begin. Incomplete rows leave no trace: they are parsed again when there is more.
CsvReader::Impl::Outcome CsvReader::Impl::parseRow() {
  rowBegin = buffer.begin();
  firstCell = batch->cells_.size();
  hasQuotes = false;
  if (dialect.comment != 0 && *rowBegin == dialect.comment) {
    return skipComment() ? Outcome::kNothing : Outcome::kIncomplete;
  }
  const char* p = rowBegin;
  while (true) {
    const bool quoted = dialect.quote != 0 && p < buffer.end() && *p == dialect.quote;
    const char* stop = quoted ? quotedCell(p) : plainCell(p);
    if (stop != nullptr && stop < buffer.end() && *stop == dialect.delimiter) {
      p = stop + 1;
      continue;
    }
    const bool complete = stop != nullptr && (stop < buffer.end() || buffer.atEnd()) &&
                          !(stop + 1 == buffer.end() && *stop == '\r' && !buffer.atEnd());
    if (complete) return finishRow(stop);
    batch->cells_.resize(firstCell);
    while (!batch->defects_.empty() && batch->defects_.back().row == batch->rows_.size()) batch->defects_.pop_back();
    return Outcome::kIncomplete;
  }
}

// Takes the line that ends at `stop` out of the buffer; returns its number.
std::uint64_t CsvReader::Impl::takeLine(const char* stop) {
  const char* next = stop;
  if (next < buffer.end() && *next == '\r') ++next;
  if (next < buffer.end() && *next == '\n') ++next;
  if (next == stop + 2) scanner.next();  // the LF of a CR LF
  const std::uint64_t number = line;
  line += 1 + (hasQuotes ? lineEnds(rowBegin, stop) : 0);
  buffer.consume(next);
  return number;
}

CsvReader::Impl::Outcome CsvReader::Impl::finishRow(const char* stop) {
  const std::uint64_t number = takeLine(stop);
  if (stop == rowBegin && columns != 1) {
    batch->cells_.resize(firstCell);
    return Outcome::kNothing;
  }
  if (columns == 0) columns = batch->cells_.size() - firstCell;
  batch->rows_.push_back({firstCell, number, {rowBegin, static_cast<std::size_t>(stop - rowBegin)}});
  return Outcome::kRow;
}

// The next delimiter or line end; the buffer's end if there is none. Steps over escaped characters.
const char* CsvReader::Impl::nextBreak(bool* escaped) {
  const char* p = scanner.next();
  while (dialect.escape != 0 && !dialect.escapesQuotes && p < buffer.end() && *p == dialect.escape) {
    if (escaped != nullptr) *escaped = true;
    scanner.seek(std::min(p + 2, buffer.end()));
    p = scanner.next();
  }
  return p;
}

const char* CsvReader::Impl::plainCell(const char* from) {
  bool escaped = false;
  const char* stop = nextBreak(&escaped);
  addCell(from, stop, false, escaped);
  return stop;
}

// Null if the buffer ends before the cell does.
const char* CsvReader::Impl::quotedCell(const char* from) {
  hasQuotes = true;
  bool hasEscapes = false;
  const char* close = closingQuote(from + 1, hasEscapes);
  if (close == nullptr) {
    if (!buffer.atEnd()) return nullptr;
    if (!batch->rows_.empty()) return nullptr;  // first the rows before it, then the error
    fail(line + lineEnds(rowBegin, from), std::to_string(batch->cells_.size() - firstCell + 1),
         "a quote is opened here and never closed");
  }
  addCell(from + 1, close, true, hasEscapes);
  scanner.seek(close + 1);
  const char* stop = nextBreak();
  if (stop != close + 1) {
    batch->defects_.push_back({batch->rows_.size(), line + lineEnds(rowBegin, close), batch->cells_.size() - firstCell,
                               "text after a closing quote"});
  }
  return stop;
}

const char* CsvReader::Impl::closingQuote(const char* from, bool& hasEscapes) {
  const char* const end = buffer.end();
  for (const char* p = from; p < end;) {
    if (dialect.escape == 0) {
      p = static_cast<const char*>(std::memchr(p, dialect.quote, static_cast<std::size_t>(end - p)));
      if (p == nullptr) return nullptr;
    } else {
      p = std::find_if(p, end, [&](char c) { return c == dialect.quote || c == dialect.escape; });
      if (p == end) return nullptr;
    }
    const bool doubled = *p == dialect.quote && p + 1 < end && p[1] == dialect.quote;
    if (*p == dialect.quote && !doubled) {
      return p + 1 == end && !buffer.atEnd() ? nullptr : p;  // the next character may double it
    }
    if (*p != dialect.quote && !takes(p, end)) {
      ++p;
      continue;
    }
    hasEscapes = true;
    p += 2;
  }
  return nullptr;
}

void CsvReader::Impl::addCell(const char* begin, const char* end, bool quoted, bool unescape) {
  const auto size = static_cast<std::size_t>(end - begin);
  if (!unescape) {
    batch->cells_.push_back({begin, static_cast<std::uint32_t>(size), quoted});
    return;
  }
  auto text = std::make_unique<char[]>(size);
  char* to = text.get();
  for (const char* p = begin; p < end; ++p) {
    const bool escapes = dialect.escape != 0 && *p == dialect.escape && takes(p, end);
    const bool marks = escapes || (quoted && *p == dialect.quote);
    if (marks && p + 1 < end) ++p;
    *to++ = *p;
  }
  batch->cells_.push_back({text.get(), static_cast<std::uint32_t>(to - text.get()), quoted});
  batch->unescaped_.push_back(std::move(text));
}

// False if the line's end is not in the buffer yet.
bool CsvReader::Impl::skipComment() {
  const char* stop = rowBegin;
  do {
    stop = scanner.next();
  } while (stop < buffer.end() && *stop != '\n' && *stop != '\r');
  const bool cut = stop == buffer.end() || (stop + 1 == buffer.end() && *stop == '\r');
  if (cut && !buffer.atEnd()) return false;
  takeLine(stop);
  return true;
}

// Only where the quick look found something else than ASCII.
void CsvReader::Impl::checkText() {
  for (std::size_t row = 0; row < batch->size(); ++row) {
    const std::string_view raw = batch->raw(row);
    const std::size_t bad = firstInvalidUtf8(raw);
    if (bad == std::string_view::npos) continue;
    const char* at = raw.data() + bad;
    std::size_t column = 0;
    for (std::size_t i = 0; i < batch->row(row).size(); ++i) {
      const Cell& cell = batch->row(row)[i];
      if (at >= cell.data && at < cell.data + cell.size) column = i + 1;
    }
    const auto byte = static_cast<std::uint8_t>(*at);
    batch->defects_.push_back({row, batch->line(row) + lineEnds(raw.data(), at), column,
                               byte == 0 ? "a NUL character" : fmt::format("invalid UTF-8: byte 0x{:02X}", byte)});
  }
  std::stable_sort(batch->defects_.begin(), batch->defects_.end(),
                   [](const auto& a, const auto& b) { return a.row < b.row; });
}

void CsvReader::Impl::skipByteOrderMark() {
  started = true;
  while (buffer.end() - buffer.begin() < 3 && !buffer.atEnd()) refill();
  const std::string_view head{buffer.begin(),
                              std::min<std::size_t>(3, static_cast<std::size_t>(buffer.end() - buffer.begin()))};
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    fail(1, "", "the file is UTF-16; convert it first: iconv -f UTF-16 -t UTF-8");
  }
  if (head == "\xEF\xBB\xBF") buffer.consume(buffer.begin() + 3);
}

void CsvReader::Impl::refill() {
  try {
    buffer.refill();
  } catch (const Error& e) {
    if (e.type() == ErrorType::kInputError) fail(line, "", e.what());
    throw;
  }
}

void CsvReader::Impl::fail(std::uint64_t atLine, std::string column, std::string message) const {
  throw Error{ErrorType::kInputError, Phase::kRuntime, "InvalidInput", std::move(message),
              RecordPosition{name, atLine, std::move(column)}};
}

CsvReader::CsvReader(const std::filesystem::path& file, CsvDialect dialect)
    : impl_{std::make_unique<Impl>(file.string(), openFile(file), dialect)} {}
CsvReader::CsvReader(std::string name, std::string_view text, CsvDialect dialect)
    : impl_{std::make_unique<Impl>(std::move(name), openText(text), dialect)} {}
CsvReader::~CsvReader() = default;

bool CsvReader::next(RowBatch& batch, std::size_t maxRows) { return impl_->next(batch, maxRows); }
const std::string& CsvReader::name() const { return impl_->name; }
std::uint64_t CsvReader::bytesRead() const { return impl_->buffer.consumedBytes(); }

Error CsvReader::error(std::uint64_t line, std::string column, std::string message) const {
  return Error{ErrorType::kInputError, Phase::kRuntime, "InvalidInput", std::move(message),
               RecordPosition{impl_->name, line, std::move(column)}};
}

}  // namespace plexus::format
