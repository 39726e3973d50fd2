#include "import/format/cell_type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "import/format/point_text.h"
#include "import/format/shorten.h"
#include "import/format/temporal_cell.h"

namespace plexus::format {
namespace {

using Kind = CellType::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 32> kNames{{
    {"string", Kind::kString},
    {"text", Kind::kString},
    {"char", Kind::kChar},
    {"byte", Kind::kByte},
    {"short", Kind::kShort},
    {"int", Kind::kInt},
    {"long", Kind::kInteger},
    {"integer", Kind::kInteger},
    {"signed integer", Kind::kInteger},
    {"float", Kind::kFloat},
    {"double", Kind::kFloat},
    {"boolean", Kind::kBoolean},
    {"bool", Kind::kBoolean},
    {"date", Kind::kDate},
    {"localtime", Kind::kLocalTime},
    {"local_time", Kind::kLocalTime},
    {"local time", Kind::kLocalTime},
    {"time without time zone", Kind::kLocalTime},
    {"time", Kind::kTime},
    {"zoned time", Kind::kTime},
    {"zoned_time", Kind::kTime},
    {"time with time zone", Kind::kTime},
    {"localdatetime", Kind::kLocalDateTime},
    {"local_datetime", Kind::kLocalDateTime},
    {"local datetime", Kind::kLocalDateTime},
    {"timestamp without time zone", Kind::kLocalDateTime},
    {"datetime", Kind::kDateTime},
    {"zoned datetime", Kind::kDateTime},
    {"zoned_datetime", Kind::kDateTime},
    {"timestamp with time zone", Kind::kDateTime},
    {"duration", Kind::kDuration},
    {"point", Kind::kPoint},
}};

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

template <typename T>
std::from_chars_result readNumber(std::string_view text, T& out) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  if (result.ec == std::errc{} && result.ptr != text.data() + text.size()) result.ec = std::errc::invalid_argument;
  return result;
}

std::pair<std::int64_t, std::int64_t> rangeOf(Kind kind) {
  switch (kind) {
    case Kind::kByte:
      return {-128, 127};
    case Kind::kShort:
      return {-32768, 32767};
    case Kind::kInt:
      return {-2147483648LL, 2147483647LL};
    default:
      return {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  }
}

std::string isNot(std::string_view text, const CellType& type) {
  return fmt::format("`{}` is not of type {}", shorten(text), type.name);
}

bool readInteger(const CellType& type, std::string_view text, std::int64_t& out, std::string& why) {
  const auto [ptr, code] = readNumber(trim(text), out);
  const auto [low, high] = rangeOf(type.kind);
  if (code == std::errc::result_out_of_range || (code == std::errc{} && (out < low || out > high))) {
    why = fmt::format("`{}` does not fit {} ({} to {})", shorten(text), type.name, low, high);
    return false;
  }
  if (code != std::errc{}) why = isNot(text, type);
  return code == std::errc{};
}

bool readFloat(const CellType& type, std::string_view text, double& out, std::string& why) {
  const auto [ptr, code] = readNumber(trim(text), out);
  if (code == std::errc::result_out_of_range) why = fmt::format("`{}` does not fit {}", shorten(text), type.name);
  if (code == std::errc::invalid_argument) why = isNot(text, type);
  return code == std::errc{};
}

bool readBoolean(const CellType& type, std::string_view text, bool& out, std::string& why) {
  const std::string word = lower(trim(text));
  out = word == "true";
  if (!out && word != "false") {
    why = isNot(text, type);
    return false;
  }
  return true;
}

bool isOneCharacter(std::string_view text) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
  return !text.empty() && std::count_if(text.begin(), text.end(), continues) + 1 == std::ssize(text);
}

}  // namespace

std::optional<CellType> parseCellType(std::string_view name) {
  CellType type;
  type.name = std::string{name};
  std::string word = lower(trim(name));
  if (word.ends_with("[]")) {
    type.list = true;
    word.resize(word.size() - 2);
  } else if (word.starts_with("list<") && word.ends_with(">")) {
    type.list = true;
    word = word.substr(5, word.size() - 6);
  }
  const auto* found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& n) { return n.first == word; });
  if (found == kNames.end()) return std::nullopt;
  type.kind = found->second;
  return type;
}

std::optional<Value> parseScalar(const CellType& type, std::string_view text, std::string& why) {
  switch (type.kind) {
    case Kind::kString:
      return Value{text};
    case Kind::kChar:
      if (isOneCharacter(text)) return Value{text};
      why = isNot(text, type);
      return std::nullopt;
    case Kind::kByte:
    case Kind::kShort:
    case Kind::kInt:
    case Kind::kInteger: {
      std::int64_t number = 0;
      return readInteger(type, text, number, why) ? std::optional{Value{number}} : std::nullopt;
    }
    case Kind::kFloat: {
      double number = 0;
      return readFloat(type, text, number, why) ? std::optional{Value{number}} : std::nullopt;
    }
    case Kind::kBoolean: {
      bool truth = false;
      return readBoolean(type, text, truth, why) ? std::optional{Value{truth}} : std::nullopt;
    }
    case Kind::kPoint: {
      const std::optional<Point> point = parsePoint(text);
      if (!point) why = isNot(text, type);
      return point ? std::optional{Value{*point}} : std::nullopt;
    }
    default: {
      std::optional<Value> moment = parseTemporalCell(type.kind, trim(text));
      if (!moment) why = isNot(text, type);
      return moment;
    }
  }
}

CellParser::CellParser(CellType type, char arrayDelimiter, std::optional<std::string> nullText)
    : type_{std::move(type)}, arrayDelimiter_{arrayDelimiter}, nullText_{std::move(nullText)} {}

Vector::Kind CellParser::vectorKind() const {
  if (type_.list) return Vector::Kind::kValue;
  switch (type_.kind) {
    case Kind::kString:
    case Kind::kChar:
      return Vector::Kind::kString;
    case Kind::kByte:
    case Kind::kShort:
    case Kind::kInt:
    case Kind::kInteger:
      return Vector::Kind::kInteger;
    case Kind::kFloat:
      return Vector::Kind::kFloat;
    case Kind::kBoolean:
      return Vector::Kind::kBoolean;
    default:
      return Vector::Kind::kValue;
  }
}

bool CellParser::parse(const Cell& cell, Vector& out, std::size_t row, std::string& why) const {
  const bool isText = vectorKind() == Vector::Kind::kString;
  if (isNull(cell) || (cell.empty() && !isText && !type_.list)) {
    out.setNull(row);
    return true;
  }
  switch (vectorKind()) {
    case Vector::Kind::kString:
      if (type_.kind == Kind::kChar && !isOneCharacter(cell.text())) {
        why = isNot(cell.text(), type_);
        return false;
      }
      out.data<std::string_view>()[row] = cell.text();
      return true;
    case Vector::Kind::kInteger:
      return readInteger(type_, cell.text(), out.data<std::int64_t>()[row], why);
    case Vector::Kind::kFloat:
      return readFloat(type_, cell.text(), out.data<double>()[row], why);
    case Vector::Kind::kBoolean: {
      bool truth = false;
      if (!readBoolean(type_, cell.text(), truth, why)) return false;
      out.data<std::uint8_t>()[row] = truth ? 1 : 0;
      return true;
    }
    default: {
      if (type_.list) return parseList(cell.text(), out.data<Value>()[row], why);
      std::optional<Value> value = parseScalar(type_, cell.text(), why);
      if (value) out.data<Value>()[row] = std::move(*value);
      return value.has_value();
    }
  }
}

bool CellParser::parseList(std::string_view text, Value& out, std::string& why) const {
  List elements;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(arrayDelimiter_), text.size());
    std::optional<Value> element = parseScalar(type_, text.substr(0, end), why);
    if (!element) return false;
    elements.push_back(std::move(*element));
    if (end + 1 == text.size() && type_.kind == Kind::kString) elements.emplace_back("");  // `a;` has two elements
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  out = Value{std::move(elements)};
  return true;
}

void TypeInference::see(std::string_view text) {
  any_ = true;
  std::string ignored;
  if (floating_) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    const bool isNumeral = !digits.empty() && digits[0] >= '0' && digits[0] <= '9';
    const bool isNegativeZero = text == "-0";
    const bool isPadded = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
    const bool isWhole = digits.find_first_not_of("0123456789") == std::string_view::npos;
    std::int64_t whole = 0;
    const bool isInteger =
        isNumeral && !isPadded && !isNegativeZero && isWhole && readNumber(text, whole).ec == std::errc{};
    double number = 0;
    integer_ = integer_ && isInteger;
    floating_ = isInteger || (isNumeral && !isPadded && !isWhole && readNumber(text, number).ec == std::errc{});
    integer_ = integer_ && floating_;
  }
  bool truth = false;
  boolean_ = boolean_ && readBoolean({}, text, truth, ignored);
  date_ = date_ && text.size() == 10 && text[4] == '-' && text[7] == '-' &&
          parseTemporalCell(Kind::kDate, text).has_value();
}

CellType TypeInference::result() const {
  const auto named = [](Kind kind, const char* name) { return CellType{kind, false, name}; };
  if (!any_) return {};
  if (integer_) return named(Kind::kInteger, "INTEGER");
  if (floating_) return named(Kind::kFloat, "FLOAT");
  if (boolean_) return named(Kind::kBoolean, "BOOLEAN");
  if (date_) return named(Kind::kDate, "DATE");
  return {};
}

}  // namespace plexus::format
