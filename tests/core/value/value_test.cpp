#include "core/value/value.h"

#include <gtest/gtest.h>

#include "core/value/compare.h"
#include "core/value/type.h"

namespace plexus {
namespace {

TEST(Value, CopiesShareAndMovesEmpty) {
  Value text{"leiomyosarcoma"};
  const Value copy = text;
  EXPECT_EQ(copy.string().data(), text.string().data());
  const Value moved = std::move(text);
  EXPECT_EQ(moved.string(), "leiomyosarcoma");
  EXPECT_TRUE(text.isNull());  // NOLINT: a moved-from Value is null
  Value other = 1;
  other = copy;
  other = *&other;
  EXPECT_EQ(other.string(), "leiomyosarcoma");
}

TEST(Value, AListIsNotAListOfAList) {
  const Value list{List{1, "a"}};
  ASSERT_EQ(list.list().size(), 2U);
  const Value nested{List{Value{List{1}}}};
  EXPECT_EQ(nested.list().front().list().size(), 1U);
}

TEST(Value, KeepsWhatItIsGiven) {
  const std::string_view withZero{"a\0b", 3};
  EXPECT_EQ(Value{withZero}.string(), withZero);
  EXPECT_EQ((Value{Time{5, -3600}}.time()), (Time{5, -3600}));
  EXPECT_EQ((Value{LocalDateTime{-7, 999}}.localDateTime()), (LocalDateTime{-7, 999}));
  const Relationship r{1, 2, 3, 4};
  const Relationship back = Value{r}.relationship();
  EXPECT_EQ(back.start, 1U);
  EXPECT_EQ(back.end, 2U);
  EXPECT_EQ(back.id, 3U);
  EXPECT_EQ(back.type, 4U);
  EXPECT_EQ(name(Value{DateTime{}}.kind()), "ZONED DATETIME");
}

TEST(Value, CountsItsHeap) {
  EXPECT_EQ(Value{7}.heapBytes(), 0U);
  EXPECT_GE(Value{std::string(1000, 'x')}.heapBytes(), 1000U);
  EXPECT_GE((Value{List{std::string(1000, 'x'), 1}}.heapBytes()), 1000U + 2 * sizeof(Value));
}

TEST(Map, LaterEntriesReplaceEarlierOnes) {
  for (const int size : {3, 8, 9, 100}) {
    std::vector<MapEntry> entries;
    entries.reserve(static_cast<std::size_t>(size) + 1);
    for (int i = 0; i < size; ++i) entries.emplace_back("k" + std::to_string(i), i);
    entries.emplace_back("k1", 1000);
    Map map{entries};
    EXPECT_EQ(map.size(), static_cast<std::size_t>(size));
    EXPECT_EQ(map.find("k1")->integer(), 1000);
    EXPECT_EQ(map.entries()[1].first, "k1");
    EXPECT_EQ(map.find("absent"), nullptr);
    map.set("new", 5);
    map.set("k0", 6);
    map.erase("k2");
    map.erase("absent");
    EXPECT_EQ(map.find("new")->integer(), 5);
    EXPECT_EQ(map.find("k0")->integer(), 6);
    EXPECT_EQ(map.find("k2"), nullptr);
    EXPECT_EQ(map.size(), static_cast<std::size_t>(size));
  }
}

TEST(Type, CommonAndPossible) {
  const Type integer{TypeKind::kInteger}, real{TypeKind::kFloat}, text{TypeKind::kString};
  EXPECT_EQ(integer.common(real), Type{TypeKind::kNumber});
  EXPECT_EQ(integer.common(text), Type{});
  EXPECT_EQ(integer.common(TypeKind::kNull), integer);
  EXPECT_EQ(Type::list(integer).common(Type::list(real)).text(), "LIST<INTEGER | FLOAT>");
  EXPECT_TRUE(Type{}.mayBe(integer));
  EXPECT_TRUE(Type::list(integer).mayBe(Type::list(text)));  // the empty list is both
  EXPECT_FALSE(integer.mayBe(text));
  EXPECT_TRUE(Type{TypeKind::kNumber}.mayBe(integer));
  EXPECT_FALSE(Type{TypeKind::kNumber}.isA(integer));
  EXPECT_TRUE(integer.isA(TypeKind::kNumber));
  EXPECT_EQ(Type::of(List{1, 2.5}).text(), "LIST<INTEGER | FLOAT>");
}

}  // namespace
}  // namespace plexus
