#include "core/base/error.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace plexus {
namespace {

// Longer lines are cut around the span, so that the caret stays in view on a usual terminal.
constexpr std::size_t kMaxShownColumns = 100;
constexpr std::size_t kColumnsBeforeSpan = 40;

// One code point of a line: its bytes, and the terminal columns it takes.
struct Cell {
  std::size_t begin, length;
  std::size_t width;
};

std::uint32_t decodeUtf8(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned lead = byte(0);
  length = lead < 0x80 ? 1 : lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (at + length > text.size()) length = 1;
  if (length == 1) return lead < 0x80 ? lead : 0xFFFD;
  std::uint32_t point = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = (point << 6) | (byte(i) & 0x3FU);
  return point;
}

// Zero for combining marks and joiners, two for East Asian wide characters and emoji, else one. The ranges are those of
// Unicode's EastAsianWidth.txt (W and F) and general category Mn, merged where the gaps are unassigned.
std::size_t displayWidth(std::uint32_t c) {
  const auto in = [c](std::uint32_t low, std::uint32_t high) { return c >= low && c <= high; };
  if (in(0x300, 0x36F) || in(0x483, 0x489) || in(0x591, 0x5BD) || in(0x610, 0x61A) || in(0x64B, 0x65F) ||
      in(0x1AB0, 0x1AFF) || in(0x1DC0, 0x1DFF) || in(0x200B, 0x200F) || in(0x20D0, 0x20FF) || in(0xFE00, 0xFE0F) ||
      in(0xFE20, 0xFE2F)) {
    return 0;
  }
  if (in(0x1100, 0x115F) || in(0x2E80, 0x303E) || in(0x3041, 0xA4CF) || in(0xA960, 0xA97C) || in(0xAC00, 0xD7A3) ||
      in(0xF900, 0xFAFF) || in(0xFE30, 0xFE6F) || in(0xFF00, 0xFF60) || in(0xFFE0, 0xFFE6) || in(0x1F300, 0x1F64F) ||
      in(0x1F680, 0x1F6FF) || in(0x1F900, 0x1F9FF) || in(0x20000, 0x3FFFD)) {
    return 2;
  }
  return 1;
}

std::vector<Cell> cellsOf(std::string_view line) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t length = 1;
    const std::uint32_t point = decodeUtf8(line, at, length);
    cells.push_back({at, length, displayWidth(point)});
    at += length;
  }
  return cells;
}

std::size_t widthOf(const std::vector<Cell>& cells, std::size_t from, std::size_t to) {
  std::size_t width = 0;
  for (std::size_t i = from; i < to; ++i) width += cells[i].width;
  return width;
}

// The line with carets under cells [begin, end); cut at both sides if it is too wide.
std::string lineWithCarets(std::string_view line, const std::vector<Cell>& cells, std::size_t begin, std::size_t end) {
  std::size_t first = 0;
  std::size_t last = cells.size();
  if (widthOf(cells, 0, last) > kMaxShownColumns) {
    first = begin;
    while (first > 0 && widthOf(cells, first - 1, begin) <= kColumnsBeforeSpan) --first;
    last = first;
    while (last < cells.size() && widthOf(cells, first, last + 1) <= kMaxShownColumns) ++last;
  }
  std::string text = first > 0 ? "..." : "";
  std::string marks(text.size(), ' ');
  for (std::size_t i = first; i < last; ++i) {
    const char c = line[cells[i].begin];
    // A tab is shown as one blank: what lies under it must take the same room.
    text += c == '\t' ? std::string{' '} : std::string{line.substr(cells[i].begin, cells[i].length)};
    if (i < end) marks += std::string(cells[i].width, i < begin ? ' ' : '^');
  }
  if (last < cells.size()) text += "...";
  if (begin >= end || begin >= last) marks += '^';
  return "  " + text + "\n  " + marks;
}

std::string renderSpan(std::string_view query, Span span) {
  const std::size_t begin = std::min<std::size_t>(span.begin, query.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, query.size());
  std::size_t lineBegin = begin == 0 ? std::string_view::npos : query.rfind('\n', begin - 1);
  lineBegin = lineBegin == std::string_view::npos ? 0 : lineBegin + 1;
  std::size_t lineEnd = query.find('\n', begin);
  if (lineEnd == std::string_view::npos) lineEnd = query.size();
  if (lineEnd > lineBegin && query[lineEnd - 1] == '\r') --lineEnd;
  const std::string_view line = query.substr(lineBegin, lineEnd - lineBegin);
  const std::vector<Cell> cells = cellsOf(line);
  const auto cellAt = [&](std::size_t offset) {
    return static_cast<std::size_t>(
        std::lower_bound(cells.begin(), cells.end(), offset, [](const Cell& c, std::size_t o) { return c.begin < o; }) -
        cells.begin());
  };
  const std::size_t from = cellAt(begin - lineBegin);
  const std::size_t to = cellAt(std::min(end, lineEnd) - std::min(lineBegin, end));
  const auto lineNumber = std::count(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(lineBegin), '\n') + 1;
  return fmt::format("line {}, column {}\n{}", lineNumber, from + 1, lineWithCarets(line, cells, from, to));
}

std::string positionText(const RecordPosition& where) {
  std::string text = where.file;
  if (where.line > 0) text += fmt::format(":{}", where.line);
  if (!where.column.empty()) text += ":" + where.column;
  return text;
}

}  // namespace

// A std::runtime_error takes no string to move from.
// NOLINTNEXTLINE(performance-unnecessary-value-param)
Error::Error(ErrorType type, Phase phase, std::string_view detail, std::string message, Where where, std::string hint)
    : std::runtime_error{message},
      type_{type},
      phase_{phase},
      detail_{detail},
      hint_{std::move(hint)},
      where_{std::move(where)} {}

Error Error::at(Span span) const {
  Error copy{*this};
  const bool placed = !std::holds_alternative<std::monostate>(where_) &&
                      !(std::holds_alternative<Span>(where_) && std::get<Span>(where_).empty());
  if (!placed) copy.where_ = span;
  return copy;
}

std::string Error::render(std::string_view query) const {
  std::string text;
  if (const auto* record = std::get_if<RecordPosition>(&where_)) text += positionText(*record) + ": ";
  text += what();
  if (!hint_.empty()) text += (std::string_view{what()}.find('\n') == std::string_view::npos ? "; " : "\n") + hint_;
  const auto* span = std::get_if<Span>(&where_);
  if (span != nullptr && *span != Span{} && !query.empty()) text += "\n" + renderSpan(query, *span);
  return text;
}

std::string_view name(ErrorType type) {
  switch (type) {
    case ErrorType::kSyntaxError:
      return "SyntaxError";
    case ErrorType::kSemanticError:
      return "SemanticError";
    case ErrorType::kTypeError:
      return "TypeError";
    case ErrorType::kArgumentError:
      return "ArgumentError";
    case ErrorType::kArithmeticError:
      return "ArithmeticError";
    case ErrorType::kEntityNotFound:
      return "EntityNotFound";
    case ErrorType::kPropertyNotFound:
      return "PropertyNotFound";
    case ErrorType::kLabelNotFound:
      return "LabelNotFound";
    case ErrorType::kParameterMissing:
      return "ParameterMissing";
    case ErrorType::kProcedureError:
      return "ProcedureError";
    case ErrorType::kConstraintValidationFailed:
      return "ConstraintValidationFailed";
    case ErrorType::kConstraintVerificationFailed:
      return "ConstraintVerificationFailed";
    case ErrorType::kInputError:
      return "InputError";
    case ErrorType::kSchemaError:
      return "SchemaError";
    case ErrorType::kTransactionError:
      return "TransactionError";
    case ErrorType::kCorruption:
      return "Corruption";
    case ErrorType::kLimitExceeded:
      return "LimitExceeded";
    case ErrorType::kCancelled:
      return "Cancelled";
    case ErrorType::kIoError:
      return "IoError";
    case ErrorType::kInternalError:
      return "InternalError";
  }
  return "InternalError";
}

void throwCompile(ErrorType type, std::string_view detail, std::string message, Span span, std::string hint) {
  throw Error{type, Phase::kCompile, detail, std::move(message), span, std::move(hint)};
}

void throwRuntime(ErrorType type, std::string_view detail, std::string message, Span span) {
  throw Error{type, Phase::kRuntime, detail, std::move(message), span};
}

}  // namespace plexus
