#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/parse/build/builder.h"
#include "core/parse/build/literal.h"

namespace plexus::parse {
namespace {

std::string withoutUnderscores(std::string_view text) {
  std::string digits{text};
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  return digits;
}

void appendUtf8(std::string& text, std::uint32_t c) {
  const auto byte = [&text](std::uint32_t b) { text += static_cast<char>(b); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F));
  } else {
    byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F));
  }
}

// The body of a string or name while its escapes are read.
class Escapes {
 public:
  Escapes(std::string_view body, std::uint32_t begin) : body_{body}, begin_{begin} {}

  std::string readString() {
    while (at_ < body_.size()) {
      const char c = body_[at_];
      if (c != '\\') {
        out_ += c;
        ++at_;
      } else if (!simple() && !unicode()) {
        throwSyntax("UnexpectedSyntax", fmt::format("`{}` is no escape sequence", sequence(2)), spanOfSequence(2),
                    "a backslash in a string is written `\\\\`");
      }
    }
    return std::move(out_);
  }

  std::string readName() {
    while (at_ < body_.size()) {
      const char c = body_[at_];
      if (c == '\\' && unicode()) continue;
      out_ += c;
      at_ += c == '`' ? 2 : 1;
    }
    return std::move(out_);
  }

 private:
  bool simple() {
    static constexpr std::string_view kLetters = "\\'\"`bfnrt";
    static constexpr std::string_view kValues = "\\'\"`\b\f\n\r\t";
    const auto found = at_ + 1 < body_.size() ? kLetters.find(body_[at_ + 1]) : std::string_view::npos;
    if (found == std::string_view::npos) return false;
    out_ += kValues[found];
    at_ += 2;
    return true;
  }

  bool unicode() {
    const char kind = at_ + 1 < body_.size() ? body_[at_ + 1] : '\0';
    if (kind != 'u' && kind != 'U') return false;
    std::uint32_t point = hex(at_ + 2, kind == 'u' ? 4 : 8);
    at_ += kind == 'u' ? 6 : 10;
    const bool high = point >= 0xD800 && point < 0xDC00;
    if (high && body_.substr(at_, 2) == "\\u") {  // a surrogate pair, as Java writes it
      const std::uint32_t low = hex(at_ + 2, 4);
      if (low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        at_ += 6;
      }
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
      at_ -= 6;
      throwSyntax("InvalidUnicodeLiteral", "the escape sequence is no Unicode character", spanOfSequence(6));
    }
    appendUtf8(out_, point);
    return true;
  }

  std::uint32_t hex(std::size_t from, std::size_t digits) const {
    std::uint32_t value = 0;
    const std::string_view text = body_.substr(std::min(from, body_.size()), digits);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() < digits || error != std::errc{} || end != text.data() + text.size()) {
      throwSyntax("InvalidUnicodeLiteral",
                  fmt::format("`{}` must be followed by {} hexadecimal digits", sequence(2), digits),
                  spanOfSequence(2 + digits));
    }
    return value;
  }

  std::string_view sequence(std::size_t length) const { return body_.substr(at_, length); }
  Span spanOfSequence(std::size_t length) const {
    const auto begin = begin_ + static_cast<std::uint32_t>(at_);
    return {begin, begin + static_cast<std::uint32_t>(sequence(length).size())};
  }

  std::string_view body_;
  std::uint32_t begin_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::int64_t readInteger(std::string_view text, bool negative, Span span) {
  std::string digits = withoutUnderscores(text);
  int base = 10;
  if (digits.size() > 1 && digits[0] == '0') {
    const char kind = static_cast<char>(digits[1] | 0x20);
    if (kind != 'x' && kind != 'o') {
      const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
      throwSyntax("InvalidNumberLiteral", fmt::format("`{}` has a leading zero", text), span,
                  fmt::format("write `0o{0}` for octal or `{0}` for decimal", digits.substr(first)));
    }
    base = kind == 'x' ? 16 : 8;
    digits.erase(0, 2);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  const auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1U : 0U);
  if (error == std::errc::result_out_of_range || value > largest) {
    throwSyntax("IntegerOverflow", fmt::format("`{}{}` does not fit into 64 bits", negative ? "-" : "", text), span);
  }
  return static_cast<std::int64_t>(negative ? 0U - value : value);
}

double readFloat(std::string_view text, Span span) {
  const std::string digits = withoutUnderscores(text);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc::result_out_of_range) {
    // Too large, or too close to zero: only the exponent tells.
    const auto exponent = digits.find_first_of("eE");
    if (exponent != std::string::npos && digits[exponent + 1] == '-') return 0.0;
    throwSyntax("FloatingPointOverflow", fmt::format("`{}` is too large for a 64-bit float", text), span);
  }
  return value;
}

ast::ExpressionPtr negativeLiteral(std::string_view number, bool isFloat, Span span) {
  auto node = make<ast::Literal>(span);
  node->value = isFloat ? Value{-readFloat(number, span)} : Value{readInteger(number, true, span)};
  return node;
}

std::string readString(std::string_view text, Span span) {
  const std::string_view body = text.substr(1, text.size() - 2);
  if (body.find('\\') == std::string_view::npos) return std::string{body};
  return Escapes{body, span.begin + 1}.readString();
}

std::string readName(std::string_view text, Span span) {
  if (text.empty() || text.front() != '`') return std::string{text};
  return Escapes{text.substr(1, text.size() - 2), span.begin + 1}.readName();
}

void throwSyntax(std::string_view detail, std::string message, Span span, std::string hint) {
  throwCompile(ErrorType::kSyntaxError, detail, std::move(message), span, std::move(hint));
}

}  // namespace plexus::parse
