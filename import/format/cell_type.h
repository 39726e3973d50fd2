// import/format/cell_type.h: the types that a column of text can be declared to have, and reading cells as such.
//
// Names are Neo4j's header types (int, long, float, double, boolean, byte, short, char, string, point, date, localtime,
// time, localdatetime, datetime, duration) and Cypher's (INTEGER, FLOAT, BOOLEAN, STRING, LOCAL DATETIME, ...), in any
// case; T[] and LIST<T> are lists. byte, short and int are INTEGERs that are checked against their range.
// A cell that is empty and not quoted is null; a quoted empty cell is '' for STRING, an empty list for lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/value/vector.h"
#include "import/format/csv.h"

namespace plexus::format {

struct CellType {
  enum class Kind : std::uint8_t {
    kString,
    kChar,
    kByte,
    kShort,
    kInt,
    kInteger,
    kFloat,
    kBoolean,
    kDate,
    kLocalTime,
    kTime,
    kLocalDateTime,
    kDateTime,
    kDuration,
    kPoint,
  };
  Kind kind = Kind::kString;
  bool list = false;
  std::string name = "STRING";  // as it was declared, for messages
};

// Nothing if there is no such type.
std::optional<CellType> parseCellType(std::string_view name);

// Reads the cells of one column. Thread safety: const calls may run concurrently.
class CellParser {
 public:
  CellParser(CellType type, char arrayDelimiter, std::optional<std::string> nullText);

  Vector::Kind vectorKind() const;

  // Stores the cell as row `row` of `out`, which is of vectorKind(). Strings in typed vectors point to where the cell
  // points. False if the text is not of the type: `why` says so then, with the text, and the row stays as it was.
  bool parse(const Cell& cell, Vector& out, std::size_t row, std::string& why) const;

  bool isNull(const Cell& cell) const {
    return !cell.quoted && (cell.empty() || (nullText_ && cell.text() == *nullText_));
  }

 private:
  bool parseList(std::string_view text, Value& out, std::string& why) const;
  CellType type_;
  char arrayDelimiter_;
  std::optional<std::string> nullText_;
};

// One scalar, not null. Throws nothing; nothing if the text is not of the type, `why` says so then.
std::optional<Value> parseScalar(const CellType& type, std::string_view text, std::string& why);

// What all values of a column have in common: INTEGER, FLOAT, BOOLEAN, DATE, else STRING. Numbers that would not read
// back as they were written (007, more than 64 bits) are STRING, since they are ids more often than quantities.
class TypeInference {
 public:
  void see(std::string_view text);  // not for nulls
  CellType result() const;

 private:
  bool any_ = false;
  bool integer_ = true, floating_ = true, boolean_ = true, date_ = true;
};

}  // namespace plexus::format
