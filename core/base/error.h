// core/base/error.h: the one exception that crosses the public API, and the places it can point at.
//
// An error is thrown where it is known, with the place it is about (a span of the query, a record of a file); only the
// front end renders it. `ErrorType` and `detail` are the openCypher TCK's names (docs/language.md, "Errors"), so that
// a program can switch on them; the wording of `what()` may change.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace plexus {

// Bytes [begin, end) of the query text. AST nodes and bound expressions carry one; {0, 0} means "no place".
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool empty() const { return begin == end; }
  friend bool operator==(Span, Span) = default;
};

// A record of an imported file. `line` counts from 1; `column` is a name or a 1-based index as text, or empty.
struct RecordPosition {
  std::string file;
  std::uint64_t line = 0;
  std::string column;
};

enum class ErrorType : std::uint8_t {
  // The TCK's types.
  kSyntaxError,
  kSemanticError,
  kTypeError,
  kArgumentError,
  kArithmeticError,
  kEntityNotFound,
  kPropertyNotFound,
  kLabelNotFound,
  kParameterMissing,
  kProcedureError,
  kConstraintValidationFailed,
  kConstraintVerificationFailed,
  // Ours: what the TCK has no word for.
  kInputError,        // a file to import is wrong
  kSchemaError,       // a declaration contradicts the schema or the data
  kTransactionError,  // BEGIN inside a transaction, write on a read-only database, ...
  kCorruption,        // stored bytes are not what was written, or of a newer format
  kLimitExceeded,     // memory, depth or time limit; the message names the limit
  kCancelled,         // Ctrl-C, Connection::interrupt()
  kIoError,           // a file or directory cannot be read or written
  kInternalError,     // our fault
};

// When the error was raised: kCompile = before any data was touched.
enum class Phase : std::uint8_t { kCompile, kRuntime };

class Error : public std::runtime_error {
 public:
  using Where = std::variant<std::monostate, Span, RecordPosition>;

  // `detail` is the TCK's detail name ("UndefinedVariable") or "" where the TCK has none; a static string.
  // `hint` is one more line, e.g. "did you mean `drug`?".
  Error(ErrorType type, Phase phase, std::string_view detail, std::string message, Where where = {},
        std::string hint = {});

  ErrorType type() const noexcept { return type_; }
  Phase phase() const noexcept { return phase_; }
  std::string_view detail() const noexcept { return detail_; }
  const std::string& hint() const noexcept { return hint_; }
  const Where& where() const noexcept { return where_; }

  // The error with a place, if it had none (kept otherwise). For callers that know the expression being evaluated.
  Error at(Span span) const;

  // Message, hint, "line L, column C", the query's line and carets under the span (by display width; long lines are
  // cut around the span). For a file position: "FILE:LINE:COLUMN: message". No trailing newline.
  std::string render(std::string_view query) const;

 private:
  ErrorType type_;
  Phase phase_;
  std::string_view detail_;
  std::string hint_;
  Where where_;
};

// "SyntaxError", "TypeError", ... as the TCK writes them.
std::string_view name(ErrorType type);

// Shorthands for the two places most errors come from.
[[noreturn]] void throwCompile(ErrorType type, std::string_view detail, std::string message, Span span,
                               std::string hint = {});
[[noreturn]] void throwRuntime(ErrorType type, std::string_view detail, std::string message, Span span = {});

}  // namespace plexus
