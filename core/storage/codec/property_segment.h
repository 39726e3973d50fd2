// core/storage/codec/property_segment.h: one property of kSegmentSlots consecutive entities. Integers little-endian.
//
//   segment := version: u8 (= 1)  kind: u8  slots: u16  count: u16  low: u16  high: u16  zero: u16
//              present: u8[(slots + 7) / 8]      bit s: slot s has a value (low bits first); `count` bits are set
//              values                            of the present slots, in order
//   kind 1 boolean: u8[count]
//   kind 2 integer: width: u8 (0, 1, 2, 4 or 8)  base: i64  (value - base): unsigned, `width` bytes [count]
//   kind 3 float:   f64[count]
//   kind 4 string:  entries: u32  end: u32[entries]  bytes   (entries == count: one a value; fewer: a dictionary, then
//                   code: u16[count])
//   kind 5 mixed:   end: u32[count]  value bytes (value_codec.h)
// low, high: the zone map: ranks (0 = first present slot) of a least and a greatest value, of kinds 2, 3 (without NaN)
// and 4; both 0 where there is none. A merge operand is (slot: u16  value)+; a value of kind null clears the slot.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/fold.h"
#include "core/value/value.h"

namespace plexus::storage {

inline constexpr unsigned kSegmentBits = 12;
inline constexpr std::uint32_t kSegmentSlots = 1U << kSegmentBits;

enum class SegmentKind : std::uint8_t { kBoolean = 1, kInteger = 2, kFloat = 3, kString = 4, kMixed = 5 };

void appendSlotOp(std::string& out, std::uint16_t slot, const Value& value);
std::vector<SlotOp> decodeSlotOps(std::string_view operand);  // throws Error{kCorruption}

// Values of one segment in ascending order of slot, typed as long as they are of one type.
class SegmentBuilder {
 public:
  void add(std::uint32_t slot, const Value& value);  // not null
  void addBoolean(std::uint32_t slot, bool value);
  void addInteger(std::uint32_t slot, std::int64_t value);
  void addFloat(std::uint32_t slot, double value);
  void addString(std::uint32_t slot, std::string_view value);

  bool empty() const { return slots_.empty(); }
  std::size_t count() const { return slots_.size(); }
  std::uint32_t lastSlot() const { return slots_.back(); }
  std::size_t bytes() const { return slots_.size() * 10 + text_.size(); }
  std::string encode() const;
  void clear();

 private:
  bool take(std::uint32_t slot, SegmentKind kind);  // false: the segment is mixed
  void toMixed();
  void addMixed(const Value& value);
  void encodeIntegers(std::string& out) const;
  void encodeStrings(std::string& out) const;
  std::pair<std::uint16_t, std::uint16_t> zone() const;

  SegmentKind kind_ = SegmentKind::kMixed;
  std::vector<std::uint16_t> slots_;
  std::vector<std::int64_t> integers_;  // booleans too
  std::vector<double> floats_;
  std::string text_;  // strings, or mixed values encoded
  std::vector<std::uint32_t> ends_;
};

// A decoded segment: immutable, O(1) access by slot through a rank over the presence bits.
class Segment {
 public:
  static Segment decode(std::string_view bytes);  // throws Error{kCorruption}

  SegmentKind kind() const { return kind_; }
  std::size_t count() const { return count_; }
  bool has(std::uint32_t slot) const { return ((present_[slot >> 6] >> (slot & 63)) & 1) != 0; }
  // Position of a present slot among the present ones.
  std::size_t rank(std::uint32_t slot) const {
    const std::uint64_t below = present_[slot >> 6] & ((std::uint64_t{1} << (slot & 63)) - 1);
    return ranks_[slot >> 6] + static_cast<std::size_t>(std::popcount(below));
  }
  Value get(std::uint32_t slot) const;  // null where absent

  // By rank; each requires the kind.
  bool boolean(std::size_t rank) const { return integers_[rank] != 0; }
  std::int64_t integer(std::size_t rank) const { return integers_[rank]; }
  double floating(std::size_t rank) const { return floats_[rank]; }
  std::string_view string(std::size_t rank) const {
    const std::size_t entry = codes_.empty() ? rank : codes_[rank];
    const std::uint32_t begin = entry == 0 ? 0 : ends_[entry - 1];
    return std::string_view{text_}.substr(begin, ends_[entry] - begin);
  }
  const Value& mixed(std::size_t rank) const { return values_[rank]; }
  Value byRank(std::size_t rank) const;

  // f(slot, rank) for each present slot, ascending.
  template <typename F>
  void forEach(F f) const {
    std::size_t r = 0;
    for (std::uint32_t word = 0; word < present_.size(); ++word) {
      for (std::uint64_t bits = present_[word]; bits != 0; bits &= bits - 1) {
        f(word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)), r++);
      }
    }
  }
  // The slot of the present one with this rank.
  std::uint32_t slot(std::size_t rank) const;
  // Ranks of a least and a greatest value, by the zone map; of integers, floats (NaN aside) and strings.
  std::size_t leastRank() const { return low_; }
  std::size_t greatestRank() const { return high_; }

  // The strings as they are stored: entry i is text()[ends()[i - 1], ends()[i]). Without codes() entry = rank.
  std::string_view text() const { return text_; }
  std::span<const std::uint32_t> ends() const { return ends_; }
  std::span<const std::uint16_t> codes() const { return codes_; }
  bool isAscii() const { return ascii_; }                               // all strings are
  std::span<const std::int64_t> integers() const { return integers_; }  // booleans too
  std::span<const double> floats() const { return floats_; }

  std::uint32_t kinds() const;  // a bit (1 << ValueKind) for each kind of value in it
  std::size_t bytes() const;

 private:
  void decodeIntegers(class ByteReader& in);
  void decodeStrings(class ByteReader& in);
  void decodeMixed(class ByteReader& in);
  SegmentKind kind_ = SegmentKind::kMixed;
  std::size_t count_ = 0;
  std::uint16_t low_ = 0, high_ = 0;
  bool ascii_ = false;
  std::array<std::uint64_t, kSegmentSlots / 64> present_{};
  std::array<std::uint16_t, kSegmentSlots / 64> ranks_{};
  std::vector<std::int64_t> integers_;
  std::vector<double> floats_;
  std::string text_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint16_t> codes_;
  std::vector<Value> values_;
};

// `base` (empty: nothing yet) with the operations done; empty if no value remains.
std::string foldSegment(std::string_view base, std::vector<SlotOp> ops);

}  // namespace plexus::storage
