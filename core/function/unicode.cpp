#include "core/function/unicode.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "core/base/error.h"

namespace plexus::function {
namespace {

const utf8proc_uint8_t* units(std::string_view text, std::size_t at) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
}

// The code point that begins at `at` and its length; -1 and 1 if the bytes are not well-formed.
std::pair<std::int32_t, std::size_t> decode(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  utf8proc_int32_t point = -1;
  const auto length = utf8proc_iterate(units(text, at), static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  return length > 0 ? std::pair{point, static_cast<std::size_t>(length)} : std::pair{-1, std::size_t{1}};
}

void appendCodePoint(std::string& out, std::int32_t point) {
  utf8proc_uint8_t buffer[4];
  const auto length = utf8proc_encode_char(point, buffer);
  out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(length));
}

bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

template <typename Ascii, typename Other>
std::string mapCase(std::string_view text, Ascii ascii, Other other) {
  std::string out;
  out.reserve(text.size());
  if (isAscii(text)) {
    out.resize(text.size());
    std::transform(text.begin(), text.end(), out.begin(), ascii);
    return out;
  }
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, length] = decode(text, at);
    if (point < 0) {
      out += text[at];
    } else {
      other(out, point);
    }
    at += length;
  }
  return out;
}

constexpr std::int32_t kSharpS = 0xDF;

}  // namespace

std::size_t countCodePoints(std::string_view text) {
  std::size_t continuation = 0;  // a plain loop: compilers vectorise it
  for (const char c : text) continuation += (static_cast<unsigned char>(c) & 0xC0U) == 0x80 ? 1 : 0;
  return text.size() - continuation;
}

std::size_t codePointLength(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) ++end;
  return end - at;
}

std::size_t bytePosition(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  while (index > 0 && at < text.size()) {
    at += codePointLength(text, at);
    --index;
  }
  return at;
}

std::string reverseCodePoints(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t place = text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = codePointLength(text, at);
    place -= length;
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), length,
                out.begin() + static_cast<std::ptrdiff_t>(place));
    at += length;
  }
  return out;
}

std::string upperCase(std::string_view text) {
  return mapCase(
      text, [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; },
      [](std::string& out, std::int32_t point) {
        if (point == kSharpS) {
          out += "SS";
        } else {
          appendCodePoint(out, utf8proc_toupper(point));
        }
      });
}

std::string lowerCase(std::string_view text) {
  return mapCase(
      text, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; },
      [](std::string& out, std::int32_t point) { appendCodePoint(out, utf8proc_tolower(point)); });
}

std::string normalized(std::string_view text, Normalization form) {
  int options = UTF8PROC_STABLE;
  const bool composed = form == Normalization::kNfc || form == Normalization::kNfkc;
  options |= composed ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE;
  if (form == Normalization::kNfkc || form == Normalization::kNfkd) options |= UTF8PROC_COMPAT;
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(units(text, 0), static_cast<utf8proc_ssize_t>(text.size()), &mapped,
                                   static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{mapped, std::free};
  if (length < 0) throwRuntime(ErrorType::kArgumentError, "InvalidArgumentValue", "the text is not well-formed UTF-8");
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

std::int32_t codePointAt(std::string_view text, std::size_t at) { return decode(text, at).first; }

bool isWhitespace(std::int32_t point) {
  if (point < 0) return false;
  if (point < 0x80) return point == ' ' || (point >= 0x09 && point <= 0x0D) || (point >= 0x1C && point <= 0x1F);
  const auto category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
         point == 0x85;
}

}  // namespace plexus::function
