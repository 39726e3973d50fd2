// Every codec: what is written is read back, bytes that are damaged are refused, forms that must sort do.
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/storage/codec/adjacency_chunk.h"
#include "core/storage/codec/label_block.h"
#include "core/storage/codec/property_segment.h"
#include "core/storage/codec/value_codec.h"

namespace plexus::storage {
namespace {

std::string bytesOf(const Value& v) {
  std::string out;
  encodeValue(out, v);
  return out;
}

std::string sortable(const Value& v) {
  std::string out;
  encodeSortable(out, v);
  return out;
}

std::vector<Value> samples() {
  return {Value{true},
          Value{false},
          Value{0},
          Value{-1},
          Value{std::numeric_limits<std::int64_t>::min()},
          Value{std::numeric_limits<std::int64_t>::max()},
          Value{-0.5},
          Value{1e300},
          Value{std::nan("")},
          Value{""},
          Value{std::string_view{"a\0b", 3}},
          Value{"leiomyosarcoma"},
          Value{List{}},
          Value{List{Value{"x"}, Value{"y"}}},
          Value{Date{-1}},
          Value{LocalTime{123}},
          Value{Time{5, -3600}},
          Value{LocalDateTime{-5, 999999999}},
          Value{DateTime{1700000000, 1, 3600, "Europe/Stockholm"}},
          Value{Duration{1, -2, 3, 4}},
          Value{Point{7203, 1, 2, std::nan("")}},
          Value{Point{4979, 1, 2, 3}}};
}

// Every strict prefix, and single changed bytes: an error or some other value, never a crash.
template <typename Decode>
void damage(const std::string& bytes, Decode decode) {
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_THROW(decode(bytes.substr(0, size)), Error) << size;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 0x5A);
    try {
      decode(changed);
    } catch (const Error& error) {
      EXPECT_EQ(error.type(), ErrorType::kCorruption);
    }
  }
}

TEST(ValueCodec, RoundTripAndDamage) {
  for (const Value& v : samples()) {
    const std::string bytes = bytesOf(v);
    ByteReader in{bytes, "test"};
    EXPECT_EQ(bytesOf(decodeValue(in)), bytes);
    EXPECT_TRUE(in.atEnd());
    damage(bytes, [](const std::string& b) {
      ByteReader damaged{b, "test"};
      return decodeValue(damaged);
    });
  }
}

// Arithmetic on a time of day or an offset outside the type's range would overflow.
TEST(ValueCodec, TemporalFieldsOutOfRangeAreRefused) {
  constexpr std::int64_t kHuge = std::numeric_limits<std::int64_t>::max();
  const std::int64_t dayLength = kSecondsPerDay * kNanosPerSecond;
  for (const Value& v : {Value{Date{kHuge}}, Value{LocalTime{dayLength}}, Value{LocalTime{-1}},
                         Value{Time{kHuge, -3600}}, Value{Time{0, std::numeric_limits<std::int32_t>::max()}},
                         Value{LocalDateTime{kHuge, 0}}, Value{LocalDateTime{0, 1'000'000'000}},
                         Value{DateTime{-kHuge, 0, 0, ""}}, Value{Duration{0, 0, 0, -1'000'000'000}}}) {
    const std::string bytes = bytesOf(v);
    ByteReader in{bytes, "test"};
    EXPECT_THROW(decodeValue(in), Error);
  }
  for (const Value& v :
       {Value{LocalTime{dayLength - 1}}, Value{Time{dayLength - 1, -64'800}}, Value{Duration{0, 0, 1, -999'999'999}}}) {
    const std::string bytes = bytesOf(v);
    ByteReader in{bytes, "test"};
    EXPECT_EQ(bytesOf(decodeValue(in)), bytes);
  }
}

TEST(ValueCodec, WhatCanBeStored) {
  EXPECT_TRUE(isStorable(Value{List{Value{1}, Value{2.5}}}));
  EXPECT_FALSE(isStorable(Value{List{Value{1}, Value{"a"}}}));
  EXPECT_FALSE(isStorable(Value{List{Value{}}}));
  EXPECT_FALSE(isStorable(Value{List{Value{List{}}}}));
  EXPECT_FALSE(isStorable(Value{Map{}}));
  EXPECT_FALSE(isStorable(Value::node(1)));
}

TEST(SortableForm, NumbersSortAsNumbers) {
  const std::int64_t big = std::int64_t{1} << 53;
  const std::vector<Value> ascending{Value{-HUGE_VAL},
                                     Value{std::numeric_limits<std::int64_t>::min()},
                                     Value{-1.5},
                                     Value{-1},
                                     Value{0},
                                     Value{0.25},
                                     Value{1},
                                     Value{1.5},
                                     Value{big},
                                     Value{big + 1},
                                     Value{big + 2},
                                     Value{std::numeric_limits<std::int64_t>::max() - 1},
                                     Value{std::numeric_limits<std::int64_t>::max()},
                                     Value{0x1p63},
                                     Value{HUGE_VAL},
                                     Value{std::nan("")}};
  for (std::size_t i = 1; i < ascending.size(); ++i) EXPECT_LT(sortable(ascending[i - 1]), sortable(ascending[i])) << i;
  EXPECT_EQ(sortable(Value{1}), sortable(Value{1.0}));
  EXPECT_EQ(sortable(Value{0.0}), sortable(Value{-0.0}));
}

TEST(SortableForm, StringsAndTemporalValues) {
  EXPECT_LT(sortable(Value{"a"}), sortable(Value{std::string_view{"a\0", 2}}));
  EXPECT_LT(sortable(Value{std::string_view{"a\0", 2}}), sortable(Value{"a\x01"}));
  EXPECT_LT(sortable(Value{"a"}), sortable(Value{"ab"}));
  EXPECT_LT(sortable(Value{Date{-5}}), sortable(Value{Date{3}}));
  EXPECT_LT(sortable(Value{false}), sortable(Value{true}));
  std::string prefix;
  encodeSortablePrefix(prefix, "le");
  EXPECT_TRUE(sortable(Value{"leio"}).starts_with(prefix));
}

TEST(SortableForm, NoneIsThePrefixOfAnother) {
  std::set<std::string> forms;
  for (const Value& v : samples()) forms.insert(sortable(v));
  for (const std::string& a : forms) {
    for (const std::string& b : forms) EXPECT_FALSE(a != b && b.starts_with(a));
  }
}

std::vector<AdjacencyEntry> randomEntries(std::mt19937& random, unsigned nodes, unsigned count) {
  std::vector<AdjacencyEntry> entries;
  for (unsigned i = 0; i < count; ++i) entries.push_back({NodeId(random() % nodes), NodeId(random() % 50), RelId(i)});
  std::sort(entries.begin(), entries.end());
  return entries;
}

TEST(AdjacencyChunk, RoundTripInEveryLayout) {
  std::mt19937 random{1};
  // Dense, sparse, one each, one hub, none; with narrow and wide offsets.
  for (const auto& [nodes, count] : std::vector<std::pair<unsigned, unsigned>>{
           {10, 500}, {4000000000U, 300}, {1, 1000}, {1, 0}, {100, 70000}, {3000000000U, 70000}}) {
    const auto entries = randomEntries(random, nodes, count);
    const std::string value = encodeNeighbours(entries.data(), entries.size());
    EXPECT_EQ(decodeChunk(NeighboursView{value}, encodeIds(entries.data(), entries.size())), entries);
  }
  std::vector<AdjacencyEntry> column;
  for (unsigned i = 0; i < 100; ++i) column.push_back({7 + i, i * 3, i});
  const std::string value = encodeNeighbours(column.data(), column.size());
  EXPECT_EQ(value.size(), 16 + column.size() * 4);  // no offsets
  EXPECT_EQ(encodeIds(column.data(), column.size()).size(), 12U);
  EXPECT_EQ(decodeChunk(NeighboursView{value}, encodeIds(column.data(), column.size())), column);
}

TEST(AdjacencyChunk, OperationsFold) {
  std::mt19937 random{2};
  std::set<AdjacencyEntry> model;
  for (const auto& e : randomEntries(random, 5, 100)) model.insert(e);
  const std::vector<AdjacencyEntry> base{model.begin(), model.end()};
  std::string value = encodeNeighbours(base.data(), base.size());
  for (RelId id = 1000; id < 1300; ++id) {
    AdjacencyOp op{{NodeId(random() % 8), NodeId(random() % 50), id}, true};
    if (random() % 3 == 0 && !model.empty())
      op = {*std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size())), false};
    appendOperation(value, op);
    if (op.add) {
      model.insert(op.entry);
    } else {
      model.erase(op.entry);
    }
  }
  EXPECT_EQ(decodeChunk(NeighboursView{value}, encodeIds(base.data(), base.size())),
            (std::vector<AdjacencyEntry>{model.begin(), model.end()}));
}

TEST(AdjacencyChunk, DamageIsRefused) {
  std::mt19937 random{3};
  const auto entries = randomEntries(random, 6, 20);
  damage(encodeNeighbours(entries.data(), entries.size()), [&](const std::string& b) {
    return decodeChunk(NeighboursView{b}, encodeIds(entries.data(), entries.size()));
  });
  damage(encodeIds(entries.data(), entries.size()), [](const std::string& b) {
    std::vector<RelId> ids;
    decodeIds(b, 20, ids);
  });
  damage(encodeDirectory({AdjacencyEntry{}, {1, 2, 3}}), [](const std::string& b) { return decodeDirectory(b); });
}

TEST(AdjacencyChunk, EntriesThatDoNotAscendAreRefused) {
  const std::vector<AdjacencyEntry> entries{{1, 10, 0}, {1, 20, 1}, {2, 5, 2}};
  std::string value = encodeNeighbours(entries.data(), entries.size());
  const auto neighbours = value.end() - 12;  // the last, without operations
  std::swap_ranges(neighbours, neighbours + 4, neighbours + 4);
  const std::string ids = encodeIds(entries.data(), entries.size());
  EXPECT_THROW(decodeChunk(NeighboursView{value}, ids), Error);
}

std::string encodeAll(const std::map<std::uint16_t, Value>& values) {
  SegmentBuilder builder;
  for (const auto& [slot, value] : values) builder.add(slot, value);
  return builder.encode();
}

void expectSegment(const std::string& bytes, const std::map<std::uint16_t, Value>& values) {
  const Segment segment = Segment::decode(bytes);
  EXPECT_EQ(segment.count(), values.size());
  for (std::uint32_t slot = 0; slot < kSegmentSlots; ++slot) {
    const auto expected = values.find(static_cast<std::uint16_t>(slot));
    ASSERT_EQ(bytesOf(segment.get(slot)), expected == values.end() ? bytesOf({}) : bytesOf(expected->second)) << slot;
  }
}

TEST(PropertySegment, RoundTripOfEveryKind) {
  std::mt19937 random{4};
  const std::vector<std::function<Value()>> kinds{
      [&] { return Value{random() % 2 == 0}; },
      [&] { return Value{7}; },
      [&] { return Value{static_cast<std::int64_t>(random() % 200) - 100}; },
      [&] { return Value{static_cast<std::int64_t>(std::uint64_t{random()} * std::uint64_t{random()})}; },
      [&] {
        return Value{random() % 2 == 0 ? std::numeric_limits<std::int64_t>::min()
                                       : std::numeric_limits<std::int64_t>::max()};
      },
      [&] { return Value{static_cast<double>(random()) / 3}; },
      [&] { return Value{"few " + std::to_string(random() % 5)}; },
      [&] { return Value{"many " + std::to_string(random())}; },
      [&] { return samples()[random() % samples().size()]; }};
  for (const auto& kind : kinds) {
    for (const unsigned percent : {1U, 50U, 100U}) {
      std::map<std::uint16_t, Value> values;
      for (std::uint16_t slot = 0; slot < kSegmentSlots; ++slot) {
        if (random() % 100 < percent) values.emplace(slot, kind());
      }
      values.emplace(9, kind());
      expectSegment(encodeAll(values), values);
    }
  }
}

TEST(PropertySegment, RepeatedStringsAreADictionary) {
  std::map<std::uint16_t, Value> values;
  for (std::uint16_t slot = 0; slot < 1000; ++slot)
    values.emplace(slot, Value{slot % 2 == 0 ? "Homo sapiens" : "Mus musculus"});
  EXPECT_LT(encodeAll(values).size(), 2300U);
  expectSegment(encodeAll(values), values);
}

TEST(PropertySegment, OperationsFold) {
  std::mt19937 random{5};
  std::map<std::uint16_t, Value> model;
  std::string bytes;
  for (int round = 0; round < 20; ++round) {
    std::string operand;
    for (int i = 0; i < 50; ++i) {
      const auto slot = static_cast<std::uint16_t>(random() % 200);
      const Value value = random() % 3 == 0 ? Value{} : samples()[random() % samples().size()];
      appendSlotOp(operand, slot, value);
      model.erase(slot);
      if (!value.isNull()) model.emplace(slot, value);
    }
    bytes = foldSegment(bytes, decodeSlotOps(operand));
    expectSegment(bytes, model);
  }
  std::vector<SlotOp> clear;
  for (std::uint16_t slot = 0; slot < 200; ++slot) clear.push_back({slot, {}});
  EXPECT_EQ(foldSegment(bytes, clear), "");
}

TEST(PropertySegment, DamageIsRefused) {
  for (const auto& values : std::vector<std::map<std::uint16_t, Value>>{{{1, Value{1}}, {4, Value{400}}},
                                                                        {{0, Value{1.5}}, {3, Value{2.5}}},
                                                                        {{2, Value{"a"}}, {3, Value{"bc"}}},
                                                                        {{2, Value{"a"}}, {3, Value{true}}}}) {
    damage(encodeAll(values), [](const std::string& b) { return Segment::decode(b); });
  }
}

TEST(LabelBlock, RoundTripFoldAndDamage) {
  Roaring nodes;
  nodes.addRange(100, 5000);
  nodes.add(60000);
  const std::string bytes = encodeLabelBlock(nodes);
  EXPECT_LT(bytes.size(), 60U);
  EXPECT_TRUE(decodeLabelBlock(bytes) == nodes);
  std::string operand;
  appendBitmapOp(operand, {5, true});
  appendBitmapOp(operand, {100, false});
  foldBitmap(nodes, decodeBitmapOps(operand));
  EXPECT_TRUE(nodes.contains(5));
  EXPECT_FALSE(nodes.contains(100));
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_THROW(decodeLabelBlock(bytes.substr(0, size)), Error);
}

}  // namespace
}  // namespace plexus::storage
