#include "import/format/utf8.h"

#include <cstdint>
#include <cstring>

namespace plexus::format {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080U;
constexpr std::uint64_t kOnes = 0x0101010101010101U;

std::uint64_t word(const char* p) {
  std::uint64_t w;
  std::memcpy(&w, p, sizeof w);
  return w;
}

std::uint8_t byteAt(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

bool within(std::string_view text, std::size_t i, std::uint8_t low, std::uint8_t high) {
  return i < text.size() && byteAt(text, i) >= low && byteAt(text, i) <= high;
}

// Bytes of the well-formed sequence that begins at `i` with a byte >= 0x80; 0 if it is ill-formed.
std::size_t sequenceLength(std::string_view text, std::size_t i) {
  const std::uint8_t lead = byteAt(text, i);
  const auto tail = [&](std::size_t k) { return within(text, i + k, 0x80, 0xBF); };
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;   // no overlong forms
    const std::uint8_t high = lead == 0xED ? 0x9F : 0xBF;  // no surrogates
    return within(text, i + 1, low, high) && tail(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const std::uint8_t low = lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;
    return within(text, i + 1, low, high) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool isPlainAscii(const char* data, std::size_t size) {
  std::uint64_t suspicious = 0;
  std::size_t i = 0;
  // A byte w has its high bit in w, or in w - 1 where it is zero (or follows a zero; no matter here).
  for (; i + 8 <= size; i += 8) suspicious |= word(data + i) | (word(data + i) - kOnes);
  if ((suspicious & kHighBits) != 0) return false;
  for (; i < size; ++i) {
    if (static_cast<signed char>(data[i]) <= 0) return false;
  }
  return true;
}

std::size_t firstInvalidUtf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (i + 8 <= text.size()) {
      const std::uint64_t w = word(text.data() + i);
      if (((w | (w - kOnes)) & kHighBits) == 0) {
        i += 8;
        continue;
      }
    }
    const std::uint8_t c = byteAt(text, i);
    if (c == 0) return i;
    const std::size_t length = c < 0x80 ? 1 : sequenceLength(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace plexus::format
