#include <filesystem>
#include <fstream>

#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

class CallTest : public QueryTest {
 protected:
  CallTest() { connection_->options().batchRows = 2; }
};

TEST_F(CallTest, UnwindTakesListsNullsAndSingleValues) {
  EXPECT_EQ(rows("UNWIND [1, null, [2], 'x'] AS a UNWIND a AS b RETURN b"), (Lines{"1", "2", "'x'"}));
  EXPECT_EQ(rows("UNWIND range(1, 5) AS a UNWIND range(a, 2) AS b RETURN a, b"), (Lines{"1 | 1", "1 | 2", "2 | 2"}));
}

TEST_F(CallTest, SubqueriesRunForEachRow) {
  EXPECT_EQ(rows("UNWIND [1, 2] AS a CALL (a) { UNWIND range(1, a) AS b RETURN b * 10 AS c } RETURN a, c"),
            (Lines{"1 | 10", "2 | 10", "2 | 20"}));
  EXPECT_EQ(rows("UNWIND [1, 2] AS a OPTIONAL CALL (a) { WITH a WHERE a > 1 RETURN a AS b } RETURN a, b"),
            (Lines{"1 | null", "2 | 2"}));
}

TEST_F(CallTest, UnitSubqueriesLeaveRowsAsTheyAre) {
  EXPECT_EQ(rows("UNWIND [1, 2] AS a CALL (a) { CREATE (:N {a: a}) CREATE (:N {a: -a}) } RETURN a"), (Lines{"1", "2"}));
  EXPECT_EQ(one("MATCH (n:N) RETURN count(*)"), "4");
}

TEST_F(CallTest, OptionalMatchGivesNulls) {
  run("CREATE (:A {i: 1})-[:R]->(:B {i: 2}), (:A {i: 3})");
  EXPECT_EQ(rows("MATCH (a:A) OPTIONAL MATCH (a)-->(b) RETURN a.i, b.i ORDER BY a.i"), (Lines{"1 | 2", "3 | null"}));
}

TEST_F(CallTest, ForeachRunsItsBodyForEachElement) {
  run("FOREACH (i IN [1, 2, 3] | CREATE (n:N {i: i}) FOREACH (j IN [i] | SET n.j = j))");
  EXPECT_EQ(sorted("MATCH (n:N) RETURN n.i, n.j"), (Lines{"1 | 1", "2 | 2", "3 | 3"}));
}

TEST_F(CallTest, InTransactionsCommitsOnTheWay) {
  run("UNWIND range(1, 5) AS i CALL (i) { CREATE (:N {i: i}) } IN TRANSACTIONS OF 2 ROWS");
  EXPECT_EQ(one("MATCH (n:N) RETURN count(*)"), "5");
  EXPECT_EQ(rows("UNWIND [1, 0, 2] AS i CALL (i) { CREATE (:M {i: 10 / i}) } IN TRANSACTIONS OF 1 ROW "
                 "ON ERROR CONTINUE REPORT STATUS AS s RETURN i, s.committed"),
            (Lines{"1 | true", "0 | false", "2 | true"}));
  EXPECT_EQ(one("MATCH (n:M) RETURN count(*)"), "2");
}

TEST_F(CallTest, LoadCsvGivesListsOrMaps) {
  const auto file = std::filesystem::temp_directory_path() / "plexus_load_csv_test.csv";
  std::ofstream{file} << "id,name\n1,\"a, b\"\n2,\n3,\"\"\n";
  const Parameters url{{"url", "file://" + file.string()}};
  EXPECT_EQ(rows("LOAD CSV WITH HEADERS FROM $url AS row RETURN row.id, row.name", url),
            (Lines{"'1' | 'a, b'", "'2' | null", "'3' | ''"}));
  EXPECT_EQ(rows("LOAD CSV FROM $url AS row RETURN row[0] LIMIT 2", url), (Lines{"'id'", "'1'"}));
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace plexus
