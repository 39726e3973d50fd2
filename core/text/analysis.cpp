#include "core/text/analysis.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <memory>

#include <utf8proc.h>

#include "core/text/code_point.h"

namespace plexus::text {
namespace {

constexpr std::size_t kLongestTerm = 255;

bool isAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char foldAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Ideographs and kana are words of one letter: their texts have no blanks.
bool standsAlone(utf8proc_int32_t point) {
  return (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x4DBF) ||
         (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

bool isWord(utf8proc_int32_t point) {
  if (point < 0x80) return (point >= '0' && point <= '9') || (point >= 'a' && point <= 'z');
  switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

bool isApostrophe(utf8proc_int32_t point) { return point == '\'' || point == 0x2019; }

class Splitter {
 public:
  explicit Splitter(std::vector<std::string>& out) : out_{out} {}

  void run(std::string_view folded) {
    for (std::size_t at = 0; at < folded.size();) {
      const auto [point, bytes] = codePointAt(folded, at);
      if (standsAlone(point)) {
        end();
        take(folded.substr(at, bytes));
        end();
      } else if (point >= 0 && isWord(point)) {
        take(folded.substr(at, bytes));
      } else {
        const bool possessive = isApostrophe(point) && isFinalS(folded.substr(at + bytes));
        end();
        if (possessive) at += 1;
      }
      at += bytes;
    }
    end();
  }

 private:
  // After the apostrophe: an s, and then no word.
  bool isFinalS(std::string_view rest) const {
    if (word_.empty() || rest.empty() || rest[0] != 's') return false;
    return rest.size() == 1 || !isWord(codePointAt(rest, 1).value);
  }
  void take(std::string_view bytes) {
    if (word_.size() + bytes.size() <= kLongestTerm) word_ += bytes;
  }
  void end() {
    if (!word_.empty()) out_.push_back(std::move(word_));
    word_.clear();
  }

  std::vector<std::string>& out_;
  std::string word_;
};

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  if (isAscii(text)) {
    out.resize(text.size());
    std::transform(text.begin(), text.end(), out.begin(), foldAscii);
    return out;
  }
  constexpr auto kOptions =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
  utf8proc_uint8_t* mapped = nullptr;
  const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &mapped, kOptions);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{mapped, &std::free};
  if (size < 0) {  // not well-formed: what is ASCII is folded
    out.resize(text.size());
    std::transform(text.begin(), text.end(), out.begin(), foldAscii);
    return out;
  }
  out.assign(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  return out;
}

std::vector<std::string> termsOf(std::string_view text) {
  std::vector<std::string> terms;
  Splitter{terms}.run(fold(text));
  return terms;
}

std::vector<std::string_view> textsOf(const Value& value) {
  if (value.is(ValueKind::kString)) return {value.string()};
  std::vector<std::string_view> texts;
  if (!value.is(ValueKind::kList)) return texts;
  for (const Value& element : value.list()) {
    if (element.is(ValueKind::kString)) texts.push_back(element.string());
  }
  return texts;
}

std::vector<storage::TextTerm> analyse(const Value& value) {
  std::map<std::string, storage::TextTerm> best;
  for (const std::string_view text : textsOf(value)) {
    std::map<std::string, unsigned> counts;
    const std::vector<std::string> terms = termsOf(text);
    for (const std::string& term : terms) ++counts[term];
    const auto length = static_cast<std::uint16_t>(std::min<std::size_t>(terms.size(), 0xFFFF));
    for (const auto& [term, count] : counts) {
      const storage::TextTerm here{term, static_cast<std::uint8_t>(std::min(count, 255U)), length};
      const auto [at, isNew] = best.emplace(term, here);
      const auto weight = [](const storage::TextTerm& t) { return termWeight(t.frequency, t.length); };
      if (!isNew && weight(here) > weight(at->second)) at->second = here;
    }
  }
  std::vector<storage::TextTerm> out;
  out.reserve(best.size());
  for (auto& [term, entry] : best) out.push_back(std::move(entry));
  return out;
}

double termWeight(unsigned frequency, unsigned length) {
  // BM25's usual parameters. The length that counts as ordinary is fixed, so that scores do not depend on what else is
  // in the index: names have about four words.
  constexpr double kSaturation = 1.2, kLengthShare = 0.75, kOrdinaryLength = 4;
  return frequency / (frequency + kSaturation * (1 - kLengthShare + kLengthShare * length / kOrdinaryLength));
}

}  // namespace plexus::text
