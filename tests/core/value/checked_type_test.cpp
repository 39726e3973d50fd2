#include "core/value/checked_type.h"

#include <gtest/gtest.h>

namespace plexus {
namespace {

TEST(CheckedType, TextIsReadBackAsTheSameType) {
  for (const char* text :
       {"INTEGER", "STRING NOT NULL", "LIST<STRING NOT NULL>", "LIST<LIST<FLOAT> NOT NULL> NOT NULL", "INTEGER | FLOAT",
        "ZONED DATETIME NOT NULL | LOCAL DATETIME", "LIST<INTEGER | STRING>", "PROPERTY VALUE NOT NULL"}) {
    EXPECT_EQ(typeText(typeOfText(text)), text);
  }
}

TEST(CheckedType, TextTellsTheParts) {
  const CheckedType list = typeOfText("LIST<INTEGER NOT NULL | STRING> NOT NULL");
  EXPECT_EQ(list.base, "LIST");
  EXPECT_TRUE(list.notNull);
  ASSERT_EQ(list.arguments.size(), 1U);
  const auto& alternatives = list.arguments.front().alternatives;
  ASSERT_EQ(alternatives.size(), 2U);
  EXPECT_EQ(alternatives[0].base, "INTEGER");
  EXPECT_TRUE(alternatives[0].notNull);
  EXPECT_EQ(alternatives[1].base, "STRING");
  EXPECT_FALSE(alternatives[1].notNull);
}

TEST(CheckedType, OtherTextIsNoError) {
  for (const char* text : {"", "LIST<", "LIST<INTEGER", ">", " | ", "INTEGER | ", " NOT NULL"}) {
    EXPECT_NO_THROW(typeOfText(text)) << text;
  }
}

TEST(CheckedType, NullIsOfEveryTypeThatTakesIt) {
  EXPECT_TRUE(isOfType(Value{}, typeOfText("INTEGER")));
  EXPECT_FALSE(isOfType(Value{}, typeOfText("INTEGER NOT NULL")));
  EXPECT_TRUE(isOfType(Value{}, typeOfText("INTEGER NOT NULL | STRING")));
  EXPECT_FALSE(isOfType(Value{}, typeOfText("NOTHING")));
}

TEST(CheckedType, OneOfTheAlternativesIsEnough) {
  const CheckedType type = typeOfText("INTEGER | STRING");
  EXPECT_TRUE(isOfType(Value{1}, type));
  EXPECT_TRUE(isOfType(Value{"a"}, type));
  EXPECT_FALSE(isOfType(Value{1.5}, type));
  EXPECT_TRUE(isOfType(Value{1.5}, typeOfText("NUMBER")));
}

}  // namespace
}  // namespace plexus
