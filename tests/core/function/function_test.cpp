// What the examples in the registry do not show: errors, nulls, limits. Temporal functions: temporal_test.cpp.
#include <gtest/gtest.h>

#include "core/base/error.h"
#include "tests/core/function/evaluate.h"

namespace plexus::function::test {
namespace {

TEST(Arithmetic, OverflowAndDivisionByZero) {
  EXPECT_EQ(shown("9223372036854775807 + 1"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("-9223372036854775808 - 1"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("9223372036854775807 * 2"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("-(-9223372036854775808)"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("(-9223372036854775808) / (-1)"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("abs(-9223372036854775808)"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("(-9223372036854775808) % (-1)"), "0");
  EXPECT_EQ(shown("1 / 0"), "ArithmeticError: DivisionByZero");
  EXPECT_EQ(shown("1 % 0"), "ArithmeticError: DivisionByZero");
  EXPECT_EQ(shown("1 / 0.0"), "Infinity");
  EXPECT_EQ(shown("-7 / 2"), "-3");
  EXPECT_EQ(shown("7.5 % 2"), "1.5");
  EXPECT_EQ(shown("2 ^ 3 ^ 2"), "64.0");
  EXPECT_EQ(shown("null + 1"), "null");
  EXPECT_EQ(shown("1 + true"), "TypeError: InvalidArgumentType");
  EXPECT_EQ(shown("'a' + 1 + true"), "'a1true'");
  EXPECT_EQ(shown("[1] + [2, 3] + 4"), "[1, 2, 3, 4]");
}

TEST(Comparison, ExactAcrossTypes) {
  EXPECT_EQ(shown("9007199254740993 = 9007199254740992.0"), "false");
  EXPECT_EQ(shown("9007199254740993 > 9007199254740992.0"), "true");
  EXPECT_EQ(shown("9223372036854775807 < 9223372036854775808.0"), "true");
  EXPECT_EQ(shown("1 = 'a'"), "false");
  EXPECT_EQ(shown("1 < 'a'"), "null");
  EXPECT_EQ(shown("(0.0 / 0.0) <> (0.0 / 0.0)"), "true");
  EXPECT_EQ(shown("(0.0 / 0.0) >= 1"), "false");
  EXPECT_EQ(shown("{a: 1, b: null} = {a: 2, b: 1}"), "false");
}

TEST(Arithmetic, JoiningStopsBeforeMemoryIsFull) {
  const FunctionEntry& plus = operatorEntry("+");
  FunctionContext context;
  const auto doubled = [&](Value value, int times) {
    for (int i = 0; i < times; ++i) value = call(plus, context, std::vector<Value>{value, value});
    return value;
  };
  const Value text = doubled(std::string(1 << 20, 'x'), 8);
  EXPECT_EQ(text.string().size(), std::size_t{1} << 28);
  EXPECT_THROW(doubled(text, 1), Error);
}

TEST(Lists, IndexesAndSlices) {
  EXPECT_EQ(shown("[1, 2][5]"), "null");
  EXPECT_EQ(shown("[1, 2][null]"), "null");
  EXPECT_EQ(shown("[1, 2]['a']"), "TypeError: InvalidArgumentType");
  EXPECT_EQ(shown("{a: 1}['b']"), "null");
  EXPECT_EQ(shown("{a: 1}[0]"), "TypeError: MapElementAccessByNonString");
  EXPECT_EQ(shown("(100)[0]"), "TypeError: InvalidArgumentType");
  EXPECT_EQ(shown("[1, 2, 3][-2..]"), "[2, 3]");
  EXPECT_EQ(shown("[1, 2, 3][2..1]"), "[]");
  EXPECT_EQ(shown("null IN []"), "false");
  EXPECT_EQ(shown("1 IN null"), "null");
  EXPECT_EQ(shown("range(0, 10, -1)"), "[]");
  EXPECT_EQ(shown("range(3, 0, -2)"), "[3, 1]");
  EXPECT_EQ(shown("range(9223372036854775806, 9223372036854775807)"), "[9223372036854775806, 9223372036854775807]");
  EXPECT_EQ(shown("range(0, 9223372036854775807)"), "LimitExceeded: ");
  EXPECT_EQ(shown("range(0, 1, 0)"), "ArgumentError: NumberOutOfRange");
  EXPECT_EQ(shown("range(true, 1)"), "ArgumentError: InvalidArgumentType");
}

TEST(Text, CountsCharactersNotBytes) {
  EXPECT_EQ(shown("left('äöü', 2)"), "'äö'");
  EXPECT_EQ(shown("right('äöü', 2)"), "'öü'");
  EXPECT_EQ(shown("right('äöü', 9)"), "'äöü'");
  EXPECT_EQ(shown("substring('äöü', 1)"), "'öü'");
  EXPECT_EQ(shown("substring('äöü', 5)"), "''");
  EXPECT_EQ(shown("reverse('aä😀')"), "'😀äa'");
  EXPECT_EQ(shown("left('a', -1)"), "ArgumentError: NumberOutOfRange");
  EXPECT_EQ(shown("split('', ',')"), "['']");
  EXPECT_EQ(shown("split('äb', '')"), "['ä', 'b']");
  EXPECT_EQ(shown("split('a,b', null)"), "null");
  EXPECT_EQ(shown("replace('aaa', 'a', 'b', 2)"), "'bba'");
  EXPECT_EQ(shown("replace('aöa', '', '-')"), "'-a-ö-a-'");
  EXPECT_EQ(shown("trim('\u2003a\u2003')"), "'a'");
  EXPECT_EQ(shown("rtrim('aöö', 'ö')"), "'a'");
  EXPECT_EQ(shown("toUpper(1)"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("toUpper('ﬁŉΐǰßé')"), "'FI\u02bcN\u0399\u0308\u0301J\u030cSSÉ'");
  EXPECT_EQ(shown("toUpper('ẞİ')"), "'ẞİ'");
  EXPECT_EQ(shown("toLower('ΟΔΥΣΣΕΥΣ, ΣΑΣ')"), "'οδυσσευς, σας'");
  EXPECT_EQ(shown("toLower('Σ İ')"), "'σ i̇'");
}

TEST(Text, RegularExpressionsMatchTheWholeText) {
  EXPECT_EQ(shown("'sarcoma' =~ 'sar'"), "false");
  EXPECT_EQ(shown("'sarcoma' =~ 'sar|s.*a'"), "true");
  EXPECT_EQ(shown("'äb' =~ '..'"), "true");
  EXPECT_EQ(shown("'Äb' =~ '(?iu)äB'"), "true");
  EXPECT_EQ(shown("1 =~ 'a'"), "null");
  EXPECT_EQ(shown("'a' =~ '('"), "SyntaxError: InvalidArgumentValue");
  EXPECT_EQ(shown("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' =~ '(a*)*(a*)*c'"), "false");
}

TEST(Conversion, NullForUnreadableTextErrorForOtherTypes) {
  EXPECT_EQ(shown("toInteger('abc')"), "null");
  EXPECT_EQ(shown("toInteger(' 42 ')"), "null");
  EXPECT_EQ(shown("toInteger('-1.9')"), "-1");
  EXPECT_EQ(shown("toInteger('9223372036854775808')"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("toInteger('1e30')"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("toIntegerOrNull('1e30')"), "null");
  EXPECT_EQ(shown("toInteger('Infinity')"), "null");
  EXPECT_EQ(shown("toFloat('1.5d')"), "1.5");
  EXPECT_EQ(shown("toFloat('d')"), "null");
  EXPECT_EQ(shown("toInteger(1e30)"), "ArithmeticError: IntegerOverflow");
  EXPECT_EQ(shown("toIntegerOrNull(1e30)"), "null");
  EXPECT_EQ(shown("toInteger([])"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("toFloat(true)"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("toFloat('1e')"), "null");
  EXPECT_EQ(shown("toBoolean(1.5)"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("toBoolean(' True')"), "true");
  EXPECT_EQ(shown("toString({})"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("toString(date('2024-02-29'))"), "'2024-02-29'");
  EXPECT_EQ(shown("valueType(null)"), "'NULL'");
  EXPECT_EQ(shown("valueType([null, 1])"), "'LIST<INTEGER> NOT NULL'");
  EXPECT_EQ(shown("valueType([])"), "'LIST<NOTHING> NOT NULL'");
}

TEST(Numbers, Rounding) {
  EXPECT_EQ(shown("round(-1.5)"), "-1.0");
  EXPECT_EQ(shown("round(2.5)"), "3.0");
  EXPECT_EQ(shown("round(0.49999999999999994)"), "0.0");
  EXPECT_EQ(shown("round(1.005, 2)"), "1.01");
  EXPECT_EQ(shown("round(-1.55, 1)"), "-1.6");
  EXPECT_EQ(shown("round(-1.55, 1, 'CEILING')"), "-1.5");
  EXPECT_EQ(shown("round(-1.55, 1, 'HALF_DOWN')"), "-1.5");
  EXPECT_EQ(shown("round(9.99, 1)"), "10.0");
  EXPECT_EQ(shown("round(1.1, 0, 'UP')"), "2.0");
  EXPECT_EQ(shown("round(1.5, 1, 'SIDEWAYS')"), "ArgumentError: InvalidArgumentValue");
  EXPECT_EQ(shown("sqrt(-1)"), "NaN");
  EXPECT_EQ(shown("sign(-3)"), "-1");
}

TEST(Logic, ErrorsForOtherTypes) {
  EXPECT_EQ(shown("null AND false"), "false");
  EXPECT_EQ(shown("null OR false"), "null");
  EXPECT_EQ(shown("null XOR true"), "null");
  EXPECT_EQ(shown("1 AND true"), "TypeError: InvalidArgumentType");
  EXPECT_EQ(shown("NOT null"), "null");
}

TEST(Spatial, PointsAndDistances) {
  EXPECT_EQ(shown("point({x: 1, y: 2})"), "point({x: 1.0, y: 2.0, crs: 'cartesian'})");
  EXPECT_EQ(shown("point({longitude: 12, latitude: 56}).crs"), "'wgs-84'");
  EXPECT_EQ(shown("point({x: 1, y: 2, z: 3, srid: 7203})"), "ArgumentError: InvalidArgumentValue");
  EXPECT_EQ(shown("point({x: 1, y: null})"), "null");
  EXPECT_EQ(shown("point({latitude: 91, longitude: 0})"), "ArgumentError: InvalidArgumentValue");
  EXPECT_EQ(shown("point.distance(point({x: 1, y: 2}), point({longitude: 1, latitude: 2}))"), "null");
  EXPECT_EQ(shown("round(point.distance(point({longitude: 0, latitude: 0}), point({longitude: 90, latitude: 0})) / "
                  "1000)"),
            "10019.0");
}

TEST(Access, ErrorsForValuesWithoutProperties) {
  EXPECT_EQ(shown("(1).a"), "TypeError: InvalidArgumentType");
  EXPECT_EQ(shown("null.a"), "null");
  EXPECT_EQ(shown("date('2020-01-01').hour"), "ArgumentError: InvalidArgumentValue");
  EXPECT_EQ(shown("labels(1)"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(shown("type(1)"), "TypeError: InvalidArgumentValue");
}

TEST(Registry, FindsByAnyCaseAndNamesSignatures) {
  EXPECT_EQ(findFunction("TOUPPER"), findFunction("toUpper"));
  EXPECT_EQ(findFunction("duration.BETWEEN")->name, "duration.between");
  EXPECT_EQ(findFunction("nosuch"), nullptr);
  EXPECT_EQ(findFunction("count"), nullptr);
  EXPECT_NE(findAggregate("Count"), nullptr);
  EXPECT_EQ(signatureTexts(*findFunction("substring")).front(),
            "substring(text :: STRING, start :: INTEGER, length? :: INTEGER) :: STRING");
  EXPECT_TRUE(takes(findFunction("coalesce")->signature, 7));
  EXPECT_FALSE(takes(findFunction("coalesce")->signature, 0));
  EXPECT_FALSE(takes(findFunction("left")->signature, 1));
}

std::string typeOf(std::string_view name, std::vector<Type> arguments) {
  const auto type = resultType(*findFunction(name), arguments);
  return type ? type->text() : "refused";
}

TEST(Registry, ResultTypes) {
  const Type integer{TypeKind::kInteger}, text{TypeKind::kString}, any, boolean{TypeKind::kBoolean};
  EXPECT_EQ(typeOf("+", {integer, integer}), "INTEGER");
  EXPECT_EQ(typeOf("+", {integer, TypeKind::kFloat}), "FLOAT");
  EXPECT_EQ(typeOf("+", {integer, any}), "ANY");
  EXPECT_EQ(typeOf("+", {integer, boolean}), "refused");
  EXPECT_EQ(typeOf("+", {Type::list(integer), text}), "LIST<ANY>");
  EXPECT_EQ(typeOf("+", {TypeKind::kDate, TypeKind::kDuration}), "DATE");
  EXPECT_EQ(typeOf("*", {integer, TypeKind::kNumber}), "INTEGER | FLOAT");
  EXPECT_EQ(typeOf("[]", {Type::list(text), integer}), "STRING");
  EXPECT_EQ(typeOf("IN", {integer, boolean}), "refused");
  EXPECT_EQ(typeOf("AND", {integer, boolean}), "refused");
  EXPECT_EQ(typeOf("size", {TypeKind::kPath}), "refused");
  EXPECT_EQ(typeOf("head", {Type::list(integer)}), "INTEGER");
  EXPECT_EQ(typeOf("coalesce", {TypeKind::kNull, integer, TypeKind::kFloat}), "INTEGER | FLOAT");
  EXPECT_EQ(typeOf("left", {text, TypeKind::kNull}), "NULL");
  EXPECT_EQ(typeOf("properties", {integer}), "refused");
}

TEST(Registry, RandomNumbersDifferFromRowToRow) {
  EXPECT_NE(shown("[rand(), rand()]"), shown("[rand(), rand()]"));
  EXPECT_EQ(findFunction("rand")->volatility, Volatility::kVolatile);
  FunctionContext context;
  FunctionContext other = context.forWorker();
  EXPECT_NE(context.random(), other.random());
}

}  // namespace
}  // namespace plexus::function::test
