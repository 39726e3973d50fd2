#include <gtest/gtest.h>

#include "tests/core/parse/support.h"

namespace plexus::parse {
namespace {

TEST(Expression, Literals) {
  EXPECT_EQ(treeOf("42"), "42");
  EXPECT_EQ(treeOf("-42"), "-42");
  EXPECT_EQ(treeOf("0xFF"), "255");
  EXPECT_EQ(treeOf("0o17"), "15");
  EXPECT_EQ(treeOf("1_000_000"), "1000000");
  EXPECT_EQ(treeOf("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(treeOf(".5"), "0.5");
  EXPECT_EQ(treeOf("1e3"), "1000.0");
  EXPECT_EQ(treeOf("6.02E23"), "6.02E23");
  EXPECT_EQ(treeOf("1e-400"), "0.0");
  EXPECT_EQ(treeOf("inf"), "Infinity");
  EXPECT_EQ(treeOf("-Infinity"), "(- Infinity)");
  EXPECT_EQ(treeOf("NaN"), "NaN");
  EXPECT_EQ(treeOf("TRUE"), "true");
  EXPECT_EQ(treeOf("false"), "false");
  EXPECT_EQ(treeOf("Null"), "null");
}

TEST(Expression, Strings) {
  EXPECT_EQ(treeOf("'it\\'s'"), "'it\\'s'");
  EXPECT_EQ(treeOf("\"a'b\""), "'a\\'b'");
  EXPECT_EQ(treeOf(R"('\u00e9' = 'é')"), "('é' = 'é')");
  EXPECT_EQ(treeOf(R"('\U0001F600')"), "'😀'");
  EXPECT_EQ(treeOf(R"('\uD83D\uDE00')"), "'😀'");
  EXPECT_EQ(treeOf(R"(size('\t\n\r\b\f\\'))"), "(size '\t\n\r\b\f\\\\')");
}

TEST(Expression, ArithmeticBindsAsInOpenCypher) {
  EXPECT_EQ(treeOf("1 + 2 * 3 - 4"), "(- (+ 1 (* 2 3)) 4)");
  EXPECT_EQ(treeOf("2 ^ 3 ^ 2"), "(^ (^ 2 3) 2)");
  EXPECT_EQ(treeOf("-x ^ 2"), "(^ (- x) 2)");
  EXPECT_EQ(treeOf("-3 ^ 2"), "(^ -3 2)");
  EXPECT_EQ(treeOf("2 ^ -3"), "(^ 2 -3)");
  EXPECT_EQ(treeOf("-a.b"), "(- (. a b))");
  EXPECT_EQ(treeOf("a % b / c"), "(/ (% a b) c)");
  EXPECT_EQ(treeOf("(a + b) * c"), "(* (+ a b) c)");
  EXPECT_EQ(treeOf("a || b + c"), "(+ (|| a b) c)");
  EXPECT_EQ(treeOf("- - 1"), "(- -1)");
}

TEST(Expression, LogicBindsAsInOpenCypher) {
  EXPECT_EQ(treeOf("a OR b XOR c AND NOT d"), "(OR a (XOR b (AND c (NOT d))))");
  EXPECT_EQ(treeOf("NOT a = b"), "(NOT (a = b))");
  EXPECT_EQ(treeOf("NOT NOT a AND b"), "(AND (NOT (NOT a)) b)");
  EXPECT_EQ(treeOf("a AND b AND c"), "(AND (AND a b) c)");
  EXPECT_EQ(treeOf("a OR b OR c OR d"), "(OR (OR a b) (OR c d))");
}

TEST(Expression, ComparisonsChain) {
  EXPECT_EQ(treeOf("1 < x <= 3"), "(1 < x <= 3)");
  EXPECT_EQ(treeOf("(1 < x) <= 3"), "((1 < x) <= 3)");
  EXPECT_EQ(treeOf("a = b <> c > d >= e"), "(a = b <> c > d >= e)");
  EXPECT_EQ(treeOf("a + 1 IN b = c"), "((IN (+ a 1) b) = c)");
}

TEST(Expression, StringListAndNullPredicates) {
  EXPECT_EQ(treeOf("a STARTS WITH b ENDS WITH c"), "(ENDS WITH (STARTS WITH a b) c)");
  EXPECT_EQ(treeOf("a CONTAINS 'x' + y"), "(CONTAINS a (+ 'x' y))");
  EXPECT_EQ(treeOf("a =~ '.*'"), "(=~ a '.*')");
  EXPECT_EQ(treeOf("a IN b IS NULL"), "((IN a b) IS NULL)");
  EXPECT_EQ(treeOf("a = b IS NOT NULL"), "(a = (b IS NOT NULL))");
  EXPECT_EQ(treeOf("s IS NORMALIZED"), "(isNormalized s)");
  EXPECT_EQ(treeOf("s IS NOT NFC NORMALIZED"), "(NOT (isNormalized s 'NFC'))");
}

TEST(Expression, TypesOfValues) {
  EXPECT_EQ(treeOf("x IS :: INTEGER"), "(x IS :: INTEGER)");
  EXPECT_EQ(treeOf("x IS NOT TYPED bool NOT NULL"), "(x IS NOT :: BOOLEAN NOT NULL)");
  EXPECT_EQ(treeOf("x IS :: INT | STRING"), "(x IS :: INTEGER | STRING)");
  EXPECT_EQ(treeOf("x IS :: LIST<INTEGER | FLOAT NOT NULL> NOT NULL"),
            "(x IS :: LIST<INTEGER | FLOAT NOT NULL> NOT NULL)");
  EXPECT_EQ(treeOf("x IS :: STRING LIST"), "(x IS :: LIST<STRING>)");
  EXPECT_EQ(treeOf("x IS :: ANY<INTEGER | STRING>"), "(x IS :: INTEGER | STRING)");
  EXPECT_EQ(treeOf("x IS :: TIMESTAMP WITHOUT TIME ZONE"), "(x IS :: LOCAL DATETIME)");
  EXPECT_EQ(treeOf("x IS :: ZONED DATETIME"), "(x IS :: ZONED DATETIME)");
  EXPECT_EQ(treeOf("x IS :: PROPERTY VALUE"), "(x IS :: PROPERTY VALUE)");
  EXPECT_EQ(treeOf("x IS :: ANY NODE"), "(x IS :: NODE)");
  EXPECT_EQ(treeOf("x IS :: INTEGR"),
            "UnexpectedSyntax: there is no type `INTEGR`; did you mean `INTEGER`?\n"
            "line 1, column 9\n"
            "  x IS :: INTEGR\n"
            "          ^^^^^^");
}

TEST(Expression, PropertiesIndexesAndSlices) {
  EXPECT_EQ(treeOf("a.b.c"), "(. (. a b) c)");
  EXPECT_EQ(treeOf("a . `b c`"), "(. a b c)");
  EXPECT_EQ(treeOf("n.match.order.end"), "(. (. (. n match) order) end)");
  EXPECT_EQ(treeOf("a[0]['k']"), "(index (index a 0) 'k')");
  EXPECT_EQ(treeOf("a[1..2]"), "(slice a from 1 to 2)");
  EXPECT_EQ(treeOf("a[..-1]"), "(slice a to -1)");
  EXPECT_EQ(treeOf("a[x..]"), "(slice a from x)");
  EXPECT_EQ(treeOf("a[..]"), "(slice a)");
  EXPECT_EQ(treeOf("[1, 2][0]"), "(index [1, 2] 0)");
  EXPECT_EQ(treeOf("{a: 1}.a"), "(. {a: 1} a)");
}

TEST(Expression, Labels) {
  EXPECT_EQ(treeOf("n:Person"), "(n :Person)");
  EXPECT_EQ(treeOf("n:A:B"), "(n :(: A B))");
  EXPECT_EQ(treeOf("n:A|B&!C"), "(n :(| A (& B (! C))))");
  EXPECT_EQ(treeOf("n:(A|B)&%"), "(n :(& (| A B) %))");
  EXPECT_EQ(treeOf("n IS A AND n:$('B')"), "(AND (n :A) (n :$('B')))");
  EXPECT_EQ(treeOf("n:$any(x)"), "(n :$any(x))");
  EXPECT_EQ(treeOf("NOT n:Match"), "(NOT (n :Match))");
  EXPECT_EQ(treeOf("n:(A:B)|C:D"), "(n :(| (: A B) (: C D)))");
  EXPECT_EQ(treeOf("{a: n:A:B, b: m:C}"), "{a: (n :(: A B)), b: (m :C)}");
  EXPECT_EQ(treeOf("n {a: m:A, b: 1}"), "(project n a: (m :A) b: 1)");
  EXPECT_EQ(treeOf("CASE WHEN n:A THEN m:B END"), "(case when (n :A) then (m :B))");
  EXPECT_EQ(treeOf("r:T2"), "(r :T2)");
}

TEST(Expression, Calls) {
  EXPECT_EQ(treeOf("count(*)"), "(count *)");
  EXPECT_EQ(treeOf("count(DISTINCT n.a)"), "(count DISTINCT (. n a))");
  EXPECT_EQ(treeOf("duration.between(a, b).days"), "(. (duration.between a b) days)");
  EXPECT_EQ(treeOf("rand()"), "(rand)");
  EXPECT_EQ(treeOf("exists(n.x)"), "(exists (. n x))");
  EXPECT_EQ(treeOf("left('ab', 1)"), "(left 'ab' 1)");
  EXPECT_EQ(treeOf("trim(BOTH 'x' FROM s)"), "(btrim s 'x')");
  EXPECT_EQ(treeOf("trim(LEADING FROM s)"), "(ltrim s)");
  EXPECT_EQ(treeOf("trim(TRAILING 'y' FROM s)"), "(rtrim s 'y')");
  EXPECT_EQ(treeOf("trim(FROM s)"), "(btrim s)");
  EXPECT_EQ(treeOf("trim(s)"), "(trim s)");
  EXPECT_EQ(treeOf("normalize(s, NFKC)"), "(normalize s 'NFKC')");
}

TEST(Expression, ListsAndMaps) {
  EXPECT_EQ(treeOf("[]"), "[]");
  EXPECT_EQ(treeOf("[1, 'a', [x]]"), "[1, 'a', [x]]");
  EXPECT_EQ(treeOf("{}"), "{}");
  EXPECT_EQ(treeOf("{a: 1, `b c`: x, return: {in: 2}}"), "{a: 1, b c: x, return: {in: 2}}");
  EXPECT_EQ(treeOf("p {.name, .*, age, n: count(*)}"), "(project p .name .* age n: (count *))");
}

TEST(Expression, Parameters) {
  EXPECT_EQ(treeOf("$name"), "$name");
  EXPECT_EQ(treeOf("$0 + $`x y`.z"), "(+ $0 (. $x y z))");
  EXPECT_EQ(treeOf("$limit"), "$limit");
}

TEST(Expression, Case) {
  EXPECT_EQ(treeOf("CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END"), "(case when a then 1 when b then 2 else 3)");
  EXPECT_EQ(treeOf("CASE x WHEN 1 THEN 'a' END"), "(case x when 1 then 'a')");
  EXPECT_EQ(treeOf("CASE x WHEN < 3 THEN 'a' WHEN 5, 6 THEN 'b' END"), "(case x when < 3 then 'a' when 5, 6 then 'b')");
  EXPECT_EQ(treeOf("CASE x WHEN IS NULL THEN 1 WHEN STARTS WITH 'a', 2 THEN 2 WHEN > 3, IS NOT :: STRING THEN 3 END"),
            "(case when (x IS NULL) then 1 when (STARTS WITH x 'a'), (x = 2) then 2 "
            "when (x > 3), (x IS NOT :: STRING) then 3)");
  EXPECT_EQ(treeOf("CASE WHEN start < end THEN end ELSE start END"), "(case when (start < end) then end else start)");
  EXPECT_EQ(treeOf("CASE WHEN 1, 2 THEN 3 END"),
            "UnexpectedSyntax: WHEN needs a condition here; this form belongs to `CASE value WHEN ...`\n"
            "line 1, column 11\n"
            "  CASE WHEN 1, 2 THEN 3 END\n"
            "            ^");
}

TEST(Expression, Comprehensions) {
  EXPECT_EQ(treeOf("[x IN xs]"), "[x in xs]");
  EXPECT_EQ(treeOf("[x IN xs WHERE x > 1 | x * 2]"), "[x in xs where (x > 1) | (* x 2)]");
  EXPECT_EQ(treeOf("[x IN xs | x:A|B]"), "[x in xs | (x :(| A B))]");
  EXPECT_EQ(treeOf("[x IN xs WHERE x:A|B | x.name]"), "[x in xs where (x :(| A B)) | (. x name)]");
  EXPECT_EQ(treeOf("[x IN xs WHERE x:A | x]"), "[x in xs where (x :A) | x]");
  EXPECT_EQ(treeOf("[x IN xs WHERE x IS :: INTEGER | x]"), "[x in xs where (x IS :: INTEGER) | x]");
  EXPECT_EQ(treeOf("[x IN xs WHERE x:A | x:B:C]"), "[x in xs where (x :A) | (x :(: B C))]");
  EXPECT_EQ(treeOf("[x IN xs WHERE x:A | (x):B]"), "[x in xs where (x :A) | (x :B)]");
  EXPECT_EQ(treeOf("[x IN xs, y]"), "[(IN x xs), y]");
  EXPECT_EQ(treeOf("[1 IN [1]]"), "[(IN 1 [1])]");
  EXPECT_EQ(treeOf("[(a)-->(b:B) WHERE b.x | b.y]"), "[(a)-[]->(b:B) where (. b x) | (. b y)]");
  EXPECT_EQ(treeOf("[p = (a)-[:T*]->() | nodes(p)]"), "[p = (a)-[:T*{1,}]->() | (nodes p)]");
  EXPECT_EQ(treeOf("[x IN [y IN ys | y + 1] | x]"), "[x in [y in ys | (+ y 1)] | x]");
}

TEST(Expression, QuantifiersAndReduce) {
  EXPECT_EQ(treeOf("all(x IN xs WHERE x > 0)"), "(all x in xs where (x > 0))");
  EXPECT_EQ(treeOf("NONE(x IN xs WHERE x)"), "(none x in xs where x)");
  EXPECT_EQ(treeOf("any(x IN xs)"), "(any x in xs)");
  EXPECT_EQ(treeOf("single(x IN xs WHERE x = 1)"), "(single x in xs where (x = 1))");
  EXPECT_EQ(treeOf("reduce(s = 0, x IN xs | s + x)"), "(reduce s = 0, x in xs | (+ s x))");
}

TEST(Expression, PatternsAndSubqueries) {
  EXPECT_EQ(treeOf("(a)-[:T]->() AND NOT (a)--(b)"), "(AND (pattern (a)-[:T]->()) (NOT (pattern (a)-[]-(b))))");
  EXPECT_EQ(treeOf("exists((a)<--(b))"), "(exists (pattern (a)<-[]-(b)))");
  EXPECT_EQ(treeOf("(a) - (b)"), "(- a b)");
  EXPECT_EQ(treeOf("(a) < -1"), "(a < -1)");
  EXPECT_EQ(treeOf("length(shortestPath((a)-[*]->(b)))"), "(length (pattern shortestPath (a)-[*{1,}]->(b)))");
  EXPECT_EQ(treeOf("EXISTS { (a)-->(b) WHERE b.x }"), "(exists {MATCH (a)-[]->(b) where (. b x)})");
  EXPECT_EQ(treeOf("COUNT { MATCH (n) } > 1"), "((count {MATCH (n)}) > 1)");
  EXPECT_EQ(treeOf("COLLECT { MATCH (n) RETURN n.a UNION ALL RETURN 1 AS x }"),
            "(collect {MATCH (n) RETURN (. n a) UNION ALL RETURN 1 AS x})");
}

TEST(Expression, KeywordsAreNamesWhereNothingElseFits) {
  EXPECT_EQ(treeOf("end - start"), "(- end start)");
  EXPECT_EQ(treeOf("order.type"), "(. order type)");
  EXPECT_EQ(treeOf("match.score + limit"), "(+ (. match score) limit)");
  EXPECT_EQ(treeOf("count"), "count");
  EXPECT_EQ(treeOf("collect(set)"), "(collect set)");
  EXPECT_EQ(treeOf("{null: 1}.null"), "(. {null: 1} null)");
}

TEST(Expression, SpansAreTheExactText) {
  const std::string text = " ( a . b )  +  1 ";
  const auto sum = parseExpression(text);
  EXPECT_EQ(text.substr(sum->span.begin, sum->span.end - sum->span.begin), "( a . b )  +  1");
  const auto& left = *sum->as<ast::Binary>().left;
  EXPECT_EQ(text.substr(left.span.begin, left.span.end - left.span.begin), "( a . b )");
  const auto name = parseExpression("'é' + ñ");
  EXPECT_EQ(name->as<ast::Binary>().right->span, (Span{7, 9}));  // bytes, not characters
}

}  // namespace
}  // namespace plexus::parse
