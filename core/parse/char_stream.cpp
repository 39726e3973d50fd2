#include "core/parse/char_stream.h"

#include <algorithm>

#include <utf8proc.h>

namespace plexus::parse {
namespace {

constexpr std::size_t kWordStart = 1;
constexpr std::size_t kWordPart = 2;
constexpr std::size_t kBlank = 3;
constexpr std::size_t kOther = 4;
constexpr std::size_t kDash = 5;
constexpr std::size_t kLeftHead = 6;
constexpr std::size_t kRightHead = 7;

// openCypher's other dashes and arrow heads; 0 for other characters.
std::size_t signOf(utf8proc_int32_t point) {
  switch (point) {
    case 0x00AD:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
      return kDash;
    case 0x27E8:
    case 0x3008:
    case 0xFE64:
    case 0xFF1C:
      return kLeftHead;
    case 0x27E9:
    case 0x3009:
    case 0xFE65:
    case 0xFF1E:
      return kRightHead;
    default:
      return 0;
  }
}

// openCypher's identifiers: ID_Start and Pc, then ID_Continue and Sc.
std::size_t classOf(utf8proc_int32_t point) {
  constexpr utf8proc_int32_t kByteOrderMark = 0xFEFF;
  constexpr utf8proc_int32_t kNextLine = 0x85;
  if (point == kByteOrderMark || point == kNextLine) return kBlank;
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC:
      return kWordStart;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_SC:
      return kWordPart;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return kBlank;
    default:
      return kOther;
  }
}

}  // namespace

std::size_t CharStream::length(std::size_t at) const {
  const auto lead = static_cast<unsigned char>(text_[at]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

std::size_t CharStream::characterAt(std::size_t at) const {
  const auto lead = static_cast<unsigned char>(text_[at]);
  if (lead < 0x80) return lead <= kRightHead ? kOther : lead;
  utf8proc_int32_t point = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text_.data() + at);
  utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text_.size() - at), &point);
  const std::size_t sign = signOf(point);
  return sign != 0 ? sign : classOf(point);
}

std::size_t CharStream::LA(ssize_t i) {
  if (i == 0) return 0;
  std::size_t at = at_;
  for (; i > 1 && at < text_.size(); --i) at += length(at);
  for (; i < 0; ++i) {
    if (at == 0) return antlr4::IntStream::EOF;
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U);
  }
  return at < text_.size() ? characterAt(at) : antlr4::IntStream::EOF;
}

std::string CharStream::getText(const antlr4::misc::Interval& interval) {
  const auto begin = std::min(static_cast<std::size_t>(std::max<ssize_t>(interval.a, 0)), text_.size());
  const auto end = std::clamp(static_cast<std::size_t>(interval.b + 1), begin, text_.size());
  return std::string{text_.substr(begin, end - begin)};
}

}  // namespace plexus::parse
