// tests/fuzz/property_fuzz.cpp: segments and single values give back what was put in; damaged ones are read or refused.
#include <map>

#include "core/base/error.h"
#include "core/storage/codec/property_segment.h"
#include "core/storage/codec/value_codec.h"
#include "core/value/compare.h"
#include "tests/fuzz/input.h"

namespace plexus::storage {
namespace {

using fuzz::Input;
using fuzz::require;

Value takeValue(Input& input, unsigned kind) {
  switch (kind % 7) {
    case 0:
      return input.take<std::uint8_t>() % 2 == 0;
    case 1:
      return std::int64_t{input.take<std::int16_t>()};
    case 2:
      return input.take<std::int64_t>();
    case 3:
      return input.take<double>();
    case 4:
      return input.takeText(input.take<std::uint8_t>() % 16);
    case 5:
      return Date{input.take<std::int32_t>()};
    default:
      return List{Value{input.takeText(3)}, Value{input.takeText(2)}};
  }
}

bool same(const Segment& segment, const std::map<std::uint16_t, Value>& values) {
  for (const auto& [slot, value] : values) {
    if (!equivalent(segment.get(slot), value)) return false;
  }
  return segment.count() == values.size();
}

void readAll(std::string_view bytes) {
  try {
    const Segment segment = Segment::decode(bytes);
    std::size_t seen = 0;
    segment.forEach([&](std::uint32_t slot, std::size_t rank) {
      require(rank == seen++ && segment.rank(slot) == rank);
      require(equivalent(segment.byRank(rank), segment.get(slot)));
    });
    require(seen == segment.count());
    require(foldSegment(bytes, {}).empty() == (seen == 0));
  } catch (const Error& error) {
    require(error.type() == ErrorType::kCorruption);
  }
}

// Any bytes: those that are a value are the same value when written again.
void readValue(std::string_view bytes) {
  try {
    ByteReader in{bytes, "fuzz"};
    const Value value = decodeValue(in);
    std::string again;
    encodeValue(again, value);
    ByteReader in2{again, "fuzz"};
    require(equivalent(decodeValue(in2), value));
    std::string key;
    if (isStorable(value)) encodeSortable(key, value);
  } catch (const Error& error) {
    require(error.type() == ErrorType::kCorruption);
  }
}

void roundTrip(Input& input) {
  std::map<std::uint16_t, Value> values;
  const unsigned kind = input.take<std::uint8_t>();
  const std::size_t count = input.take<std::uint8_t>();
  while (values.size() < count && !input.empty()) {
    // Kinds above 8 give segments of values of several types.
    values[input.take<std::uint16_t>() % kSegmentSlots] =
        takeValue(input, kind < 8 ? kind : input.take<std::uint8_t>());
  }
  if (values.empty()) return;
  SegmentBuilder builder;
  for (const auto& [slot, value] : values) builder.add(slot, value);
  std::string bytes = builder.encode();
  require(same(Segment::decode(bytes), values));
  std::vector<SlotOp> ops(input.take<std::uint8_t>() % 4);
  for (SlotOp& op : ops) {
    op.slot = input.take<std::uint16_t>() % kSegmentSlots;
    if (input.take<std::uint8_t>() % 2 == 0) op.value = takeValue(input, input.take<std::uint8_t>());
    if (op.value.isNull()) {
      values.erase(op.slot);
    } else {
      values[op.slot] = op.value;
    }
  }
  const std::string folded = foldSegment(bytes, ops);
  require(folded.empty() ? values.empty() : same(Segment::decode(folded), values));
  readAll(input.damage(bytes));
}

}  // namespace
}  // namespace plexus::storage

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plexus::fuzz::Input input{data, size};
  if (input.take<std::uint8_t>() % 4 == 0) {
    plexus::storage::readValue(input.rest());
    plexus::storage::readAll(input.rest());
  } else {
    plexus::storage::roundTrip(input);
  }
  return 0;
}
