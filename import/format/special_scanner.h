// import/format/special_scanner.h: finds the next of a few characters, 64 bytes a step.
//
// Each block of 64 bytes becomes a 64-bit mask of the positions that hold a wanted character (SSE2, which every x86-64
// has; a plain loop elsewhere); next() takes one bit. So short cells cost a few instructions each, whatever their
// length.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace plexus::format {

// `end` must be followed by kPadding readable bytes.
class SpecialScanner {
 public:
  static constexpr std::size_t kPadding = 64;

  // Give a character twice where fewer are wanted.
  SpecialScanner(char a, char b, char c, char d) : wanted_{a, b, c, d} {}

  // Restarts at `begin`.
  void reset(const char* begin, const char* end) {
    end_ = end;
    seek(begin);
  }

  // Goes on from `p`, in the bytes given to reset().
  void seek(const char* p) {
    block_ = p;
    mask_ = p < end_ ? matches(p) : 0;
  }

  // The next wanted character, once each; `end` if there is none.
  const char* next() {
    while (mask_ == 0) {
      block_ += 64;
      if (block_ >= end_) return end_;
      mask_ = matches(block_);
    }
    const char* found = block_ + std::countr_zero(mask_);
    mask_ &= mask_ - 1;
    return found < end_ ? found : end_;
  }

 private:
  std::uint64_t matches(const char* p) const {
#ifdef __SSE2__
    std::uint64_t mask = 0;
    for (int quarter = 0; quarter < 4; ++quarter) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + std::ptrdiff_t{16} * quarter));
      __m128i hits = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted_[0]));
      for (int k = 1; k < 4; ++k) hits = _mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted_[k])));
      mask |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hits))) << (16 * quarter);
    }
    return mask;
#else
    std::uint64_t mask = 0;
    for (int i = 0; i < 64; ++i) {
      const bool hit = p[i] == wanted_[0] || p[i] == wanted_[1] || p[i] == wanted_[2] || p[i] == wanted_[3];
      mask |= static_cast<std::uint64_t>(hit) << i;
    }
    return mask;
#endif
  }

  char wanted_[4];
  const char* block_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t mask_ = 0;
};

}  // namespace plexus::format
