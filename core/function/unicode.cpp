#include "core/function/unicode.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
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

std::string mapAscii(std::string_view text, char first, char last) {
  std::string out{text};
  for (char& c : out) c = c >= first && c <= last ? static_cast<char>(c ^ 0x20) : c;
  return out;
}

// What a letter without an upper case of its own becomes, as SpecialCasing.txt has it (ß -> SS, ﬁ -> FI): the upper
// case of its case folding, which is several letters.
bool appendSpecialUpper(std::string& out, std::int32_t point) {
  if (utf8proc_category(point) == UTF8PROC_CATEGORY_LU) return false;
  constexpr auto kFull = static_cast<utf8proc_option_t>(UTF8PROC_CASEFOLD);
  utf8proc_int32_t folded[8];
  int lastBoundClass = 0;
  const auto count = utf8proc_decompose_char(point, folded, 8, kFull, &lastBoundClass);
  if (count < 2 || count > 8) return false;
  for (utf8proc_ssize_t i = 0; i < count; ++i) appendCodePoint(out, utf8proc_toupper(folded[i]));
  return true;
}

// Letters, which have case, and what may stand among them without ending the word (the Cased and Case_Ignorable
// properties, by categories).
bool isCased(std::int32_t point) {
  const auto category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL || category == UTF8PROC_CATEGORY_LT;
}
bool isCaseIgnorable(std::int32_t point) {
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return point == '\'' || point == '.' || point == ':' || point == 0xB7 || point == 0x2019;
  }
}

// A sigma at `at` that ends a word: a cased letter comes before it, and none after.
bool isFinalSigma(std::string_view text, std::size_t at) {
  std::size_t before = at;
  while (before > 0) {
    do --before;
    while (before > 0 && (static_cast<unsigned char>(text[before]) & 0xC0U) == 0x80);
    const std::int32_t point = decode(text, before).first;
    if (isCaseIgnorable(point) && before > 0) continue;
    if (!isCased(point)) return false;
    break;
  }
  if (at == 0) return false;
  for (std::size_t after = at + codePointLength(text, at); after < text.size();) {
    const auto [point, length] = decode(text, after);
    if (!isCaseIgnorable(point)) return !isCased(point);
    after += length;
  }
  return true;
}

constexpr std::int32_t kCapitalSigma = 0x3A3, kFinalSigma = 0x3C2, kCapitalDottedI = 0x130, kDotAbove = 0x307;

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
  if (isAscii(text)) return mapAscii(text, 'a', 'z');
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, length] = decode(text, at);
    if (point < 0) {
      out += text[at];
    } else if (!appendSpecialUpper(out, point)) {
      appendCodePoint(out, utf8proc_toupper(point));
    }
    at += length;
  }
  return out;
}

std::string lowerCase(std::string_view text) {
  if (isAscii(text)) return mapAscii(text, 'A', 'Z');
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, length] = decode(text, at);
    if (point < 0) {
      out += text[at];
    } else if (point == kCapitalSigma && isFinalSigma(text, at)) {
      appendCodePoint(out, kFinalSigma);
    } else {
      appendCodePoint(out, point == kCapitalDottedI ? 'i' : utf8proc_tolower(point));
      if (point == kCapitalDottedI) appendCodePoint(out, kDotAbove);
    }
    at += length;
  }
  return out;
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
  constexpr std::int32_t kNoBreak[] = {0xA0, 0x2007, 0x202F};
  if (std::find(std::begin(kNoBreak), std::end(kNoBreak), point) != std::end(kNoBreak)) return false;
  const auto category = utf8proc_category(point);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace plexus::function
