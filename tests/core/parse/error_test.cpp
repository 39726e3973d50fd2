// What a person sees: the whole text of an error, carets included.
#include <gtest/gtest.h>

#include "tests/core/parse/support.h"

namespace plexus::parse {
namespace {

std::string errorOf(std::string_view text) {
  try {
    parse(text);
    return "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kSyntaxError);
    EXPECT_EQ(error.phase(), Phase::kCompile);
    return "\n" + std::string{error.detail()} + ": " + error.render(text);
  }
}

TEST(SyntaxError, MistypedKeywords) {
  EXPECT_EQ(errorOf("MTCH (n) RETURN n"), R"(
UnexpectedSyntax: unexpected `MTCH`: expected a statement that starts with MATCH, CREATE, RETURN or the like; did you mean MATCH?
line 1, column 1
  MTCH (n) RETURN n
  ^^^^)");
  EXPECT_EQ(errorOf("MATCH (n)\nRETURN n\n  ORDR BY n.x"), R"(
UnexpectedSyntax: unexpected `ORDR`: expected an operator, a clause such as MATCH, WITH or RETURN, `,`, AS, LIMIT, OFFSET, ORDER, SKIP, UNION or the end of the query; did you mean ORDER?
line 3, column 3
    ORDR BY n.x
    ^^^^)");
  EXPECT_EQ(errorOf("CREATE NODE TYPE A EXTEND B"), R"(
UnexpectedSyntax: unexpected `EXTEND`: expected `(`, ABSTRACT, EXTENDS, IF, STRICT or the end of the query; did you mean EXTENDS?
line 1, column 20
  CREATE NODE TYPE A EXTEND B
                     ^^^^^^)");
}

TEST(SyntaxError, WhatWasExpected) {
  EXPECT_EQ(errorOf("MATCH (n) WHERE n.x > RETURN n"), R"(
UnexpectedSyntax: unexpected `RETURN`: expected an expression
line 1, column 23
  MATCH (n) WHERE n.x > RETURN n
                        ^^^^^^)");
  EXPECT_EQ(errorOf("MATCH (n RETURN n"), R"(
UnexpectedSyntax: unexpected `RETURN`: expected `)`, `{`, `:`, `$`, `=` or WHERE
line 1, column 10
  MATCH (n RETURN n
           ^^^^^^)");
  EXPECT_EQ(errorOf("MATCH (n) WHERE n.x = 1 n.y = 2 RETURN n"), R"(
UnexpectedSyntax: unexpected `n`: expected an operator, a clause such as MATCH, WITH or RETURN, LIMIT, OFFSET, ORDER, SKIP, UNION or the end of the query
line 1, column 25
  MATCH (n) WHERE n.x = 1 n.y = 2 RETURN n
                          ^)");
  EXPECT_EQ(errorOf("MATCH (n:) RETURN n"), R"(
UnexpectedSyntax: unexpected `)`: expected a name, `(`, `!`, `$` or `%`
line 1, column 10
  MATCH (n:) RETURN n
           ^)");
  EXPECT_EQ(errorOf("RETURN [1, 2"), R"(
UnexpectedSyntax: the query ends too early: expected an operator, `]` or `,`
line 1, column 13
  RETURN [1, 2
              ^)");
  EXPECT_EQ(errorOf(""), R"(
UnexpectedSyntax: the query is empty: expected a statement that starts with MATCH, CREATE, RETURN or the like)");
  EXPECT_EQ(errorOf("RETURN 1; RETURN 2"), R"(
UnexpectedSyntax: unexpected `RETURN`: expected the end of the query; statements are parsed one at a time
line 1, column 11
  RETURN 1; RETURN 2
            ^^^^^^)");
}

TEST(SyntaxError, OtherLanguagesHabits) {
  EXPECT_EQ(errorOf("RETURN 1 != 2"), R"(
UnexpectedSyntax: `!=` is no operator; write `<>` for "not equal"
line 1, column 10
  RETURN 1 != 2
           ^^)");
  EXPECT_EQ(errorOf("RETURN 'a\\d'"), R"(
UnexpectedSyntax: `\d` is no escape sequence; a backslash in a string is written `\\`
line 1, column 10
  RETURN 'a\d'
           ^^)");
}

TEST(SyntaxError, WhatIsNotClosed) {
  EXPECT_EQ(errorOf("RETURN 'abc"), R"(
UnexpectedSyntax: the string is not closed; it needs a ' at its end
line 1, column 8
  RETURN 'abc
         ^^^^)");
  EXPECT_EQ(errorOf("RETURN `a"), R"(
UnexpectedSyntax: the name in backquotes is not closed; it needs a ` at its end
line 1, column 8
  RETURN `a
         ^^)");
  EXPECT_EQ(errorOf("RETURN 1 /* a"), R"(
UnexpectedSyntax: the comment is not closed; it needs a */ at its end
line 1, column 10
  RETURN 1 /* a
           ^^^^)");
}

TEST(SyntaxError, Numbers) {
  EXPECT_EQ(errorOf("RETURN 9223372036854775808"), R"(
IntegerOverflow: `9223372036854775808` does not fit into 64 bits
line 1, column 8
  RETURN 9223372036854775808
         ^^^^^^^^^^^^^^^^^^^)");
  EXPECT_EQ(errorOf("RETURN -0x8000000000000001"), R"(
IntegerOverflow: `-0x8000000000000001` does not fit into 64 bits
line 1, column 8
  RETURN -0x8000000000000001
         ^^^^^^^^^^^^^^^^^^^)");
  EXPECT_EQ(errorOf("RETURN 12abc"), R"(
InvalidNumberLiteral: `12abc` is not a number
line 1, column 8
  RETURN 12abc
         ^^^^^)");
  EXPECT_EQ(errorOf("RETURN 017"), R"(
InvalidNumberLiteral: `017` has a leading zero; write `0o17` for octal or `17` for decimal
line 1, column 8
  RETURN 017
         ^^^)");
  EXPECT_EQ(errorOf("RETURN 1e999"), R"(
FloatingPointOverflow: `1e999` is too large for a 64-bit float
line 1, column 8
  RETURN 1e999
         ^^^^^)");
}

TEST(SyntaxError, Unicode) {
  EXPECT_EQ(errorOf("RETURN 42 — 41"), R"(
InvalidUnicodeCharacter: the character `—` has no meaning here
line 1, column 11
  RETURN 42 — 41
            ^)");
  EXPECT_EQ(errorOf("RETURN 'é\\uH'"), R"(
InvalidUnicodeLiteral: `\u` must be followed by 4 hexadecimal digits
line 1, column 10
  RETURN 'é\uH'
           ^^^)");
  EXPECT_EQ(errorOf("RETURN '\\uD800'"), R"(
InvalidUnicodeLiteral: the escape sequence is no Unicode character
line 1, column 9
  RETURN '\uD800'
          ^^^^^^)");
}

TEST(SyntaxError, Patterns) {
  EXPECT_EQ(errorOf("MATCH (a)-[:T..]->(b) RETURN a"), R"(
InvalidRelationshipPattern: unexpected `..`: expected `]`, `{`, `:`, `|`, `&`, `$`, `*` or WHERE
line 1, column 14
  MATCH (a)-[:T..]->(b) RETURN a
               ^^)");
  EXPECT_EQ(detailOf("MATCH (a)-[:T*-2]->(b) RETURN a"), "InvalidRelationshipPattern");
  EXPECT_EQ(errorOf("CREATE (a)(b)"), R"(
UnexpectedSyntax: two nodes stand side by side; put a relationship such as `-->` or a comma between them
line 1, column 11
  CREATE (a)(b)
            ^^^)");
  EXPECT_EQ(errorOf("MATCH (a)-[r]- RETURN r"), R"(
UnexpectedSyntax: a relationship must stand between two nodes; write `()` for a node that does not matter
line 1, column 10
  MATCH (a)-[r]- RETURN r
           ^^^^^)");
  EXPECT_EQ(errorOf("MATCH SHORTEST (a)-->+(b) RETURN a"), R"(
UnexpectedSyntax: SHORTEST needs a number of paths; write SHORTEST 1, ANY SHORTEST or ALL SHORTEST
line 1, column 7
  MATCH SHORTEST (a)-->+(b) RETURN a
        ^^^^^^^^)");
}

TEST(SyntaxError, Maps) {
  for (const char* text : {"RETURN {1B2c3e67:1}", "RETURN {k1#k: 1}", "RETURN {k1.k: 1}", "RETURN {, }", "RETURN {1}",
                           "RETURN {[]}", "RETURN {{}}", "RETURN {k: {k: {}}", "RETURN [[[]]", "RETURN [, ]",
                           "RETURN [[','[]',']]", "RETURN 9223372#54775808", "MATCH (n) REMOVE n"}) {
    EXPECT_EQ(detailOf(text), "UnexpectedSyntax") << text;
  }
}

}  // namespace
}  // namespace plexus::parse
