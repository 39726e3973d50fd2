#include "core/storage/codec/property_segment.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "core/storage/codec/value_codec.h"

namespace plexus::storage {
namespace {

constexpr std::uint8_t kVersion = 1;

template <typename T>
void putArray(std::string& out, const std::vector<T>& values) {
  if (!values.empty()) out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

unsigned widthFor(std::uint64_t range) {
  return range == 0 ? 0 : range <= 0xFF ? 1 : range <= 0xFFFF ? 2 : range <= 0xFFFFFFFF ? 4 : 8;
}

// Ends that ascend and close the text.
void checkEnds(const std::vector<std::uint32_t>& ends, const ByteReader& in) {
  for (std::size_t i = 1; i < ends.size(); ++i) {
    if (ends[i] < ends[i - 1]) in.fail();
  }
}

}  // namespace

void appendSlotOp(std::string& out, std::uint16_t slot, const Value& value) {
  putLittle(out, slot);
  encodeValue(out, value);
}

std::vector<SlotOp> decodeSlotOps(std::string_view operand) {
  std::vector<SlotOp> ops;
  ByteReader in{operand, "property operations"};
  while (!in.atEnd()) {
    const auto slot = in.little<std::uint16_t>();
    if (slot >= kSegmentSlots) in.fail();
    ops.push_back({slot, decodeValue(in)});
  }
  return ops;
}

bool SegmentBuilder::take(std::uint32_t slot, SegmentKind kind) {
  if (slots_.empty()) kind_ = kind;
  if (kind_ != kind && kind_ != SegmentKind::kMixed) toMixed();
  slots_.push_back(static_cast<std::uint16_t>(slot));
  return kind_ == kind;
}

void SegmentBuilder::addMixed(const Value& value) {
  encodeValue(text_, value);
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void SegmentBuilder::toMixed() {
  const std::string text = std::move(text_);
  const std::vector<std::uint32_t> ends = std::move(ends_);
  text_.clear();
  ends_.clear();
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const std::uint32_t begin = i == 0 || ends.empty() ? 0 : ends[i - 1];
    switch (kind_) {
      case SegmentKind::kBoolean:
        addMixed(Value{integers_[i] != 0});
        break;
      case SegmentKind::kInteger:
        addMixed(Value{integers_[i]});
        break;
      case SegmentKind::kFloat:
        addMixed(Value{floats_[i]});
        break;
      default:
        addMixed(Value{std::string_view{text}.substr(begin, ends[i] - begin)});
    }
  }
  integers_.clear();
  floats_.clear();
  kind_ = SegmentKind::kMixed;
}

void SegmentBuilder::addBoolean(std::uint32_t slot, bool value) {
  if (take(slot, SegmentKind::kBoolean)) return integers_.push_back(value ? 1 : 0);
  addMixed(Value{value});
}

void SegmentBuilder::addInteger(std::uint32_t slot, std::int64_t value) {
  if (take(slot, SegmentKind::kInteger)) return integers_.push_back(value);
  addMixed(Value{value});
}

void SegmentBuilder::addFloat(std::uint32_t slot, double value) {
  if (take(slot, SegmentKind::kFloat)) return floats_.push_back(value);
  addMixed(Value{value});
}

void SegmentBuilder::addString(std::uint32_t slot, std::string_view value) {
  if (!take(slot, SegmentKind::kString)) return addMixed(Value{value});
  text_ += value;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void SegmentBuilder::add(std::uint32_t slot, const Value& value) {
  switch (value.kind()) {
    case ValueKind::kBoolean:
      return addBoolean(slot, value.boolean());
    case ValueKind::kInteger:
      return addInteger(slot, value.integer());
    case ValueKind::kFloat:
      return addFloat(slot, value.floating());
    case ValueKind::kString:
      return addString(slot, value.string());
    default:
      take(slot, SegmentKind::kMixed);
      return addMixed(value);
  }
}

void SegmentBuilder::clear() {
  slots_.clear();
  integers_.clear();
  floats_.clear();
  text_.clear();
  ends_.clear();
}

std::pair<std::uint16_t, std::uint16_t> SegmentBuilder::zone() const {
  std::size_t low = 0, high = 0;
  const auto search = [&](auto at, auto skip) {
    bool any = false;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (skip(at(i))) continue;
      if (!any || at(i) < at(low)) low = i;
      if (!any || at(high) < at(i)) high = i;
      any = true;
    }
  };
  const auto none = [](const auto&) { return false; };
  if (kind_ == SegmentKind::kInteger) search([&](std::size_t i) { return integers_[i]; }, none);
  if (kind_ == SegmentKind::kFloat)
    search([&](std::size_t i) { return floats_[i]; }, [](double d) { return std::isnan(d); });
  if (kind_ == SegmentKind::kString) {
    search(
        [&](std::size_t i) {
          const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
          return std::string_view{text_}.substr(begin, ends_[i] - begin);
        },
        none);
  }
  return {static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(high)};
}

void SegmentBuilder::encodeIntegers(std::string& out) const {
  const auto [low, high] = std::minmax_element(integers_.begin(), integers_.end());
  const auto range = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(*low);
  const unsigned width = widthFor(range);
  out.push_back(static_cast<char>(width));
  putLittle(out, *low);
  for (const std::int64_t value : integers_) {
    const std::uint64_t delta = static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(*low);
    char raw[8];
    std::memcpy(raw, &delta, 8);
    out.append(raw, width);
  }
}

void SegmentBuilder::encodeStrings(std::string& out) const {
  std::unordered_map<std::string_view, std::uint16_t> codeOf;
  std::vector<std::uint16_t> codes;
  std::vector<std::uint32_t> ends;
  std::string text;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    const std::string_view s = std::string_view{text_}.substr(begin, ends_[i] - begin);
    const auto [it, added] = codeOf.emplace(s, static_cast<std::uint16_t>(ends.size()));
    if (added) {
      text += s;
      ends.push_back(static_cast<std::uint32_t>(text.size()));
    }
    codes.push_back(it->second);
    // Hardly anything repeats: stop looking.
    if (i == 255 && ends.size() > 240) break;
  }
  const bool complete = codes.size() == slots_.size() && ends.size() < slots_.size();
  const std::size_t dictionary = text.size() + ends.size() * 4 + codes.size() * 2;
  const bool useDictionary = complete && dictionary < text_.size() + ends_.size() * 4;
  putLittle(out, static_cast<std::uint32_t>(useDictionary ? ends.size() : ends_.size()));
  putArray(out, useDictionary ? ends : ends_);
  out += useDictionary ? text : text_;
  if (useDictionary) putArray(out, codes);
}

std::string SegmentBuilder::encode() const {
  const auto [low, high] = zone();
  const std::size_t slots = std::size_t{slots_.back()} + 1;
  std::string out;
  out.push_back(static_cast<char>(kVersion));
  out.push_back(static_cast<char>(kind_));
  putLittle(out, static_cast<std::uint16_t>(slots));
  putLittle(out, static_cast<std::uint16_t>(slots_.size()));
  putLittle(out, low);
  putLittle(out, high);
  putLittle(out, std::uint16_t{0});
  const std::size_t at = out.size();
  out.resize(at + (slots + 7) / 8);
  for (const std::uint16_t slot : slots_) {
    char& byte = out[at + slot / 8];
    byte = static_cast<char>(byte | (1 << (slot % 8)));
  }
  switch (kind_) {
    case SegmentKind::kBoolean:
      for (const std::int64_t b : integers_) out.push_back(static_cast<char>(b));
      break;
    case SegmentKind::kInteger:
      encodeIntegers(out);
      break;
    case SegmentKind::kFloat:
      putArray(out, floats_);
      break;
    case SegmentKind::kString:
      encodeStrings(out);
      break;
    case SegmentKind::kMixed:
      putArray(out, ends_);
      out += text_;
      break;
  }
  return out;
}

Segment Segment::decode(std::string_view bytes) {
  ByteReader in{bytes, "property segment"};
  Segment s;
  if (in.little<std::uint8_t>() != kVersion) in.fail();
  const auto kind = in.little<std::uint8_t>();
  if (kind < 1 || kind > 5) in.fail();
  s.kind_ = static_cast<SegmentKind>(kind);
  const auto slots = in.little<std::uint16_t>();
  s.count_ = in.little<std::uint16_t>();
  s.low_ = in.little<std::uint16_t>();
  s.high_ = in.little<std::uint16_t>();
  const bool zoneGood = s.low_ < s.count_ && s.high_ < s.count_;
  if (in.little<std::uint16_t>() != 0 || slots > kSegmentSlots || s.count_ == 0 || !zoneGood) in.fail();
  in.array(reinterpret_cast<char*>(s.present_.data()), (std::size_t{slots} + 7) / 8);
  std::size_t total = 0;
  for (std::size_t w = 0; w < s.present_.size(); ++w) {
    s.ranks_[w] = static_cast<std::uint16_t>(total);
    total += static_cast<std::size_t>(std::popcount(s.present_[w]));
  }
  if (total != s.count_) in.fail();
  switch (s.kind_) {
    case SegmentKind::kBoolean:
      for (const char c : in.take(s.count_)) s.integers_.push_back(c);
      break;
    case SegmentKind::kInteger:
      s.decodeIntegers(in);
      break;
    case SegmentKind::kFloat:
      if (in.rest().size() != s.count_ * sizeof(double)) in.fail();
      s.floats_.resize(s.count_);
      in.array(s.floats_.data(), s.count_);
      break;
    case SegmentKind::kString:
      s.decodeStrings(in);
      break;
    case SegmentKind::kMixed:
      s.decodeMixed(in);
      break;
  }
  if (!in.atEnd()) in.fail();
  return s;
}

void Segment::decodeIntegers(ByteReader& in) {
  const auto width = in.little<std::uint8_t>();
  if (width > 8 || (width & (width - 1)) != 0) in.fail();
  const auto base = static_cast<std::uint64_t>(in.little<std::int64_t>());
  const std::string_view raw = in.take(count_ * width);
  integers_.resize(count_, static_cast<std::int64_t>(base));
  for (std::size_t i = 0; i < count_ && width > 0; ++i) {
    std::uint64_t delta = 0;
    std::memcpy(&delta, raw.data() + i * width, width);
    integers_[i] = static_cast<std::int64_t>(base + delta);
  }
}

void Segment::decodeStrings(ByteReader& in) {
  const auto entries = in.little<std::uint32_t>();
  if (entries == 0 || entries > count_) in.fail();
  ends_.resize(entries);
  in.array(ends_.data(), entries);
  checkEnds(ends_, in);
  text_ = in.take(ends_.back());
  ascii_ = std::all_of(text_.begin(), text_.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  if (entries == count_) return;
  codes_.resize(count_);
  in.array(codes_.data(), count_);
  for (const std::uint16_t code : codes_) {
    if (code >= entries) in.fail();
  }
}

void Segment::decodeMixed(ByteReader& in) {
  std::vector<std::uint32_t> ends(count_);
  in.array(ends.data(), count_);
  checkEnds(ends, in);
  const std::string_view text = in.take(ends.back());
  for (std::size_t i = 0; i < count_; ++i) {
    const std::uint32_t begin = i == 0 ? 0 : ends[i - 1];
    ByteReader value{text.substr(begin, ends[i] - begin), "property value"};
    values_.push_back(decodeValue(value));
    if (!value.atEnd() || values_.back().isNull()) value.fail();
  }
}

Value Segment::byRank(std::size_t r) const {
  switch (kind_) {
    case SegmentKind::kBoolean:
      return Value{boolean(r)};
    case SegmentKind::kInteger:
      return Value{integer(r)};
    case SegmentKind::kFloat:
      return Value{floating(r)};
    case SegmentKind::kString:
      return Value{string(r)};
    default:
      return values_[r];
  }
}

Value Segment::get(std::uint32_t slot) const { return has(slot) ? byRank(rank(slot)) : Value{}; }

std::uint32_t Segment::slot(std::size_t rank) const {
  const auto after = std::upper_bound(ranks_.begin(), ranks_.end(), rank);
  const auto word = static_cast<std::size_t>(after - ranks_.begin()) - 1;
  std::uint64_t bits = present_[word];
  for (std::size_t skip = rank - ranks_[word]; skip > 0; --skip) bits &= bits - 1;
  return static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
}

std::uint32_t Segment::kinds() const {
  switch (kind_) {
    case SegmentKind::kBoolean:
      return 1U << static_cast<unsigned>(ValueKind::kBoolean);
    case SegmentKind::kInteger:
      return 1U << static_cast<unsigned>(ValueKind::kInteger);
    case SegmentKind::kFloat:
      return 1U << static_cast<unsigned>(ValueKind::kFloat);
    case SegmentKind::kString:
      return 1U << static_cast<unsigned>(ValueKind::kString);
    default:
      break;
  }
  std::uint32_t kinds = 0;
  for (const Value& v : values_) kinds |= 1U << static_cast<unsigned>(v.kind());
  return kinds;
}

std::size_t Segment::bytes() const {
  std::size_t total = sizeof(Segment) + integers_.size() * 8 + floats_.size() * 8 + text_.size() + ends_.size() * 4 +
                      codes_.size() * 2 + values_.size() * sizeof(Value);
  for (const Value& v : values_) total += v.heapBytes();
  return total;
}

std::string foldSegment(std::string_view base, std::vector<SlotOp> ops) {
  keepLast(ops);
  SegmentBuilder out;
  auto op = ops.begin();
  const auto addUpTo = [&](std::uint32_t slot) {
    for (; op != ops.end() && op->slot < slot; ++op) {
      if (!op->value.isNull()) out.add(op->slot, op->value);
    }
  };
  if (!base.empty()) {
    const Segment segment = Segment::decode(base);
    segment.forEach([&](std::uint32_t slot, std::size_t rank) {
      addUpTo(slot);
      if (op == ops.end() || op->slot != slot) out.add(slot, segment.byRank(rank));
    });
  }
  addUpTo(kSegmentSlots);
  return out.empty() ? std::string{} : out.encode();
}

}  // namespace plexus::storage
