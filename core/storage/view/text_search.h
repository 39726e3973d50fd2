// core/storage/view/text_search.h: a piece of text looked for in many bytes at once, in any case of ASCII letters if
// wanted.
#pragma once

#include <array>
#include <cstring>
#include <string_view>

namespace plexus::storage {

class TextSearch {
 public:
  // `fold`: bytes A-Z of the searched text count as a-z; `part` then has no upper case letters.
  TextSearch(std::string_view part, bool fold) : part_{part}, fold_{fold} {
    if (part_.empty()) return;
    first_ = needle(part_.front());
    last_ = needle(part_.back());
  }

  // Where `part` begins in `text` at or after `from`; npos: nowhere. 16 bytes a step, by its first and last byte.
  std::size_t find(std::string_view text, std::size_t from) const {
    const std::size_t size = part_.size();
    if (size == 0) return from <= text.size() ? from : std::string_view::npos;
    for (; from + 16 + size - 1 <= text.size(); from += 16) {
      const Block hits = matches(first_, text.data() + from) & matches(last_, text.data() + from + size - 1);
      if (!any(hits)) continue;
      for (std::size_t i = 0; i < 16; ++i) {
        if (hits[i] != 0 && at(text, from + i)) return from + i;
      }
    }
    for (; from + size <= text.size(); ++from) {
      if (at(text, from)) return from;
    }
    return std::string_view::npos;
  }

  // Does `part` stand at `from`? Requires from + part.size() <= text.size().
  bool at(std::string_view text, std::size_t from) const {
    if (!fold_) return std::memcmp(text.data() + from, part_.data(), part_.size()) == 0;
    for (std::size_t i = 0; i < part_.size(); ++i) {
      if (folded(text[from + i]) != part_[i]) return false;
    }
    return true;
  }

 private:
  using Block = unsigned char __attribute__((vector_size(16)));
  struct Needle {
    unsigned char byte = 0;
    unsigned char caseBit = 0;  // to be set in the text before comparing
  };

  static bool isLetter(char c) { return c >= 'a' && c <= 'z'; }
  static char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
  Needle needle(char c) const {
    return {static_cast<unsigned char>(c), static_cast<unsigned char>(fold_ && isLetter(c) ? 0x20 : 0)};
  }
  static Block matches(const Needle& wanted, const char* bytes) {
    Block block;
    std::memcpy(&block, bytes, sizeof(block));
    return reinterpret_cast<Block>((block | wanted.caseBit) == wanted.byte);
  }
  static bool any(const Block& block) {
    std::array<std::uint64_t, 2> words;
    std::memcpy(words.data(), &block, sizeof(block));
    return (words[0] | words[1]) != 0;
  }

  std::string_view part_;
  bool fold_;
  Needle first_, last_;
};

}  // namespace plexus::storage
