// Queries damaged at random are read or refused with an Error that points into them; the same ones in each run.
#include <array>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "core/parse/parser.h"

namespace plexus::parse {
namespace {

constexpr std::array<std::string_view, 8> kQueries = {
    "MATCH (n:A|B&!C {x: 1} WHERE n.y > 2)-[r:T*1..3 {k: $p}]->(m)<-[:S]-{1,3}(k) RETURN DISTINCT n.x AS x, count(*) "
    "ORDER BY x",
    "MATCH p = SHORTEST 2 (a) ((x)-[q]->(y) WHERE q.w < 1){2,} (b) WITH *, nodes(p) AS ns WHERE size(ns) > 1 RETURN "
    "ns[0..-1]",
    "RETURN CASE x WHEN < 3, 5 THEN 'a\\u00e9' ELSE [y IN xs WHERE y:L | y.z][0] END + reduce(s = 0, v IN l | s + v) "
    "AS r",
    "UNWIND $rows AS row MERGE (n:N {id: row.id}) ON CREATE SET n += row, n:M ON MATCH SET n.seen = true REMOVE n.old",
    "CALL (a, b) { MATCH (a)--(b) RETURN 1 AS one UNION ALL RETURN 2 AS one } IN TRANSACTIONS OF 10 ROWS RETURN one",
    "CREATE RELATION TYPE treats EXTENDS affects FROM Drug|Surgery TO Disease SYMMETRIC IMPLIED BY a/b (e STRING NOT "
    "NULL)",
    "MATCH (n) WHERE EXISTS { (n)-->(:X) } AND NOT (n)--() AND n.v IS :: LIST<INT> | STRING RETURN n {.a, .*, b: COUNT "
    "{ (n) }}",
    "RETURN [(a)-[:T]->(b) WHERE b.x =~ '.*' | b.x] || [1, -2.5e3, 0xFF, 'q'], all(i IN [1] WHERE i = 1), `odd ``name` "
    "// end",
};
constexpr std::array<std::string_view, 16> kPieces = {"(", ")",  "[", "]", "{",  "}",   " NOT ",  "|",
                                                      ":", "..", "'", "`", "/*", "\\u", " CASE ", "\xC3"};

std::string damaged(std::mt19937& random) {
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  std::string text{kQueries[below(kQueries.size())]};
  for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
    const std::size_t at = below(text.size());
    const std::size_t choice = below(4);
    if (choice == 0) text.erase(at, 1 + below(9));
    if (choice == 1) text.insert(at, kPieces[below(kPieces.size())]);
    if (choice == 2) text.insert(at, text.substr(below(text.size()), below(30)));
    if (choice == 3) text.insert(at, kQueries[below(kQueries.size())].substr(below(60), below(30)));
  }
  return text;
}

TEST(Mutation, DamagedQueriesAreReadOrRefused) {
  std::mt19937 random{20231};
  for (int i = 0; i < 3000; ++i) {
    const std::string text = damaged(random);
    for (const Span span : splitStatements(text)) EXPECT_LE(span.end, text.size());
    try {
      EXPECT_LE(parse(text)->span.end, text.size());
    } catch (const Error& error) {
      const auto* span = std::get_if<Span>(&error.where());
      ASSERT_NE(span, nullptr) << text;
      EXPECT_LE(span->begin, span->end);
      EXPECT_LE(span->end, text.size());
      EXPECT_NE(error.type(), ErrorType::kInternalError) << text;
    }
  }
}

}  // namespace
}  // namespace plexus::parse
