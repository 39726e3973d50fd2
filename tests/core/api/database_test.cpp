#include "core/api/database.h"

#include <thread>

#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

using DatabaseTest = QueryTest;

TEST_F(DatabaseTest, CreatesAndFinds) {
  const Summary summary =
      run("CREATE (:Disease {name: 'leiomyosarcoma'})<-[:TREATS {since: 1990}]-(:Drug {name: 'x'})");
  EXPECT_EQ(summary.kind, StatementKind::kWrite);
  EXPECT_EQ(summary.counters.nodesCreated, 2U);
  EXPECT_EQ(summary.counters.relationshipsCreated, 1U);
  EXPECT_EQ(summary.counters.propertiesSet, 3U);
  EXPECT_EQ(summary.counters.labelsAdded, 2U);
  EXPECT_EQ(rows("MATCH (d:Drug)-[r:TREATS]->(x) RETURN d.name, r.since, x"),
            Lines{"'x' | 1990 | (:Disease {name: 'leiomyosarcoma'})"});
}

TEST_F(DatabaseTest, ParametersAreValues) {
  EXPECT_EQ(one("RETURN $a + $b AS sum", {{"a", 1}, {"b", 2}}), "3");
  EXPECT_EQ(error("RETURN $missing"), "ParameterMissing: MissingParameter");
}

TEST_F(DatabaseTest, AFailedStatementLeavesNoTrace) {
  EXPECT_EQ(error("CREATE (:A) WITH 1 AS x RETURN toInteger([])"), "TypeError: InvalidArgumentValue");
  EXPECT_EQ(one("MATCH (n) RETURN count(*)"), "0");
}

TEST_F(DatabaseTest, TransactionsCommitOrRollBack) {
  run("BEGIN");
  run("CREATE (:A {x: 1})");
  EXPECT_TRUE(connection_->inTransaction());
  EXPECT_EQ(one("MATCH (a:A) RETURN a.x"), "1");
  EXPECT_EQ(database_->snapshot().nodeCount(), 0U);
  run("ROLLBACK");
  EXPECT_EQ(one("MATCH (n) RETURN count(*)"), "0");
  run("BEGIN");
  run("CREATE (:A {x: 2})");
  run("COMMIT");
  EXPECT_EQ(one("MATCH (a:A) RETURN a.x"), "2");
}

TEST_F(DatabaseTest, AStatementThatFailsInsideATransactionUndoesItself) {
  run("BEGIN");
  run("CREATE (:A)");
  EXPECT_NE(error("CREATE (:A) WITH 1 AS x RETURN toInteger([])"), "");
  run("CREATE (:B)");
  run("COMMIT");
  EXPECT_EQ(sorted("MATCH (n) RETURN n"), (Lines{"(:A)", "(:B)"}));
}

TEST_F(DatabaseTest, TransactionCommandsOutOfPlaceAreErrors) {
  EXPECT_EQ(error("COMMIT"), "TransactionError: NoTransaction");
  run("BEGIN");
  EXPECT_EQ(error("BEGIN"), "TransactionError: TransactionOpen");
}

TEST_F(DatabaseTest, ReadersSeeTheirSnapshot) {
  run("UNWIND range(1, 10) AS i CREATE (:A {i: i})");
  Result result = connection_->run("MATCH (a:A) RETURN a.i");
  const auto other = database_->connect();
  other->run("MATCH (a:A) DELETE a");
  EXPECT_EQ(result.drain(), 10U);
  EXPECT_EQ(one("MATCH (a:A) RETURN count(*)"), "0");
}

TEST_F(DatabaseTest, PlansAreCachedUntilTheSchemaChanges) {
  run("CREATE (:A {x: 1})");
  const std::string query = "MATCH (a:A {x: 1}) RETURN a.x";
  EXPECT_FALSE(run(query).timings.planCached);
  EXPECT_TRUE(run(query).timings.planCached);
  run("CREATE INDEX FOR (a:A) ON (a.x)");
  EXPECT_FALSE(run(query).timings.planCached);
  EXPECT_EQ(one(query), "1");
}

TEST_F(DatabaseTest, PreparedStatementsRunOften) {
  auto statement = connection_->prepare("UNWIND range(1, $n) AS i RETURN sum(i) AS total");
  EXPECT_EQ(statement.columns(), Lines{"total"});
  EXPECT_EQ(statement.parameters(), Lines{"n"});
  EXPECT_EQ(statement.run({{"n", 3}}).rows().front().front().integer(), 6);
  EXPECT_EQ(statement.run({{"n", 4}}).rows().front().front().integer(), 10);
}

TEST_F(DatabaseTest, ExplainShowsThePlanAndRunsNothing) {
  Result result = connection_->run("EXPLAIN CREATE (:A)");
  EXPECT_EQ(result.summary().kind, StatementKind::kExplain);
  EXPECT_EQ(result.columns(), Lines{"plan"});
  EXPECT_FALSE(result.rows().empty());
  EXPECT_EQ(one("MATCH (n) RETURN count(*)"), "0");
}

TEST_F(DatabaseTest, ProfileTellsWhatOperatorsDid) {
  const Summary summary = run("PROFILE UNWIND [1, 2] AS x RETURN x");
  EXPECT_NE(summary.profile.find("Unwind"), std::string::npos);
}

TEST_F(DatabaseTest, TimeOutsEndAQuery) {
  connection_->options().timeout = std::chrono::milliseconds{20};
  EXPECT_EQ(error("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a + b)"), "LimitExceeded: ");
}

TEST_F(DatabaseTest, TimeOutsEndWalksWithoutEnd) {
  run("UNWIND range(1, 40) AS i CREATE (:N {k: i})");
  run("MATCH (a:N), (b:N) WHERE a.k < b.k CREATE (a)-[:R]->(b)");
  connection_->options().timeout = std::chrono::milliseconds{20};
  for (const char* walk : {"-[*]-", "-[:R]-+", "((x)-[:R]-(y) WHERE x.k > 0)+"}) {
    const std::string pattern = "(a:N {k: 1})" + std::string{walk} + "(b:N {k: 2})";
    EXPECT_EQ(error("MATCH " + pattern + " RETURN count(*)"), "LimitExceeded: ") << walk;
    EXPECT_EQ(error("MATCH p = " + pattern + " WHERE length(p) > 1000 RETURN p"), "LimitExceeded: ") << walk;
  }
}

TEST_F(DatabaseTest, InterruptEndsTheQueryThatRuns) {
  std::atomic<bool> done{false};
  std::thread other{[&] {
    while (!done) {
      connection_->interrupt();
      std::this_thread::yield();
    }
  }};
  EXPECT_EQ(error("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a + b)"), "Cancelled: ");
  done = true;
  other.join();
  EXPECT_EQ(one("RETURN 1"), "1");
}

TEST_F(DatabaseTest, TransactionsOfAllConnectionsAreShown) {
  const auto other = database_->connect();
  const std::string show =
      "SHOW TRANSACTIONS YIELD currentQuery AS q, status AS s, connectionId AS c RETURN q, s, c ORDER BY q";
  const std::string self = "'" + show + "' | 'Running' | 'connection-1'";
  EXPECT_EQ(rows(show), Lines{self});
  other->run("BEGIN");
  EXPECT_EQ(rows(show), (Lines{"'' | 'Running' | 'connection-2'", self}));
  other->run("COMMIT");
  {
    Result half = other->run("UNWIND range(1, 100000) AS x RETURN x");
    half.nextRow();
    EXPECT_EQ(rows(show), (Lines{self, "'UNWIND range(1, 100000) AS x RETURN x' | 'Running' | 'connection-2'"}));
  }
  EXPECT_EQ(rows(show), Lines{self});
  EXPECT_THROW(other->run("RETURN 1 +"), Error);
  EXPECT_THROW(other->run("CREATE (:A {l: [[1]]})"), Error);
  EXPECT_EQ(rows(show), Lines{self});
}

TEST_F(DatabaseTest, WhatRunsInAnotherThreadIsShown) {
  const auto other = database_->connect();
  const std::string text = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a + b)";
  std::thread runs{[&] { EXPECT_THROW(other->run(text).drain(), Error); }};
  const std::string show =
      "SHOW TRANSACTIONS YIELD currentQuery AS q, currentQueryId AS id WHERE q STARTS WITH 'UNWIND' "
      "RETURN count(id)";
  while (one(show) == "0") std::this_thread::yield();
  while (one(show) != "0") other->interrupt();
  runs.join();
}

TEST_F(DatabaseTest, QueryOptionsAreGivenBackAndChecked) {
  const Summary summary = run("CYPHER inference=off RETURN 1");
  ASSERT_EQ(summary.options.size(), 1U);
  EXPECT_EQ(summary.options[0].first, "inference");
  EXPECT_EQ(error("CYPHER inference=perhaps RETURN 1"), "ArgumentError: InvalidArgumentValue");
}

TEST_F(DatabaseTest, RegisteredProceduresAreCalled) {
  function::ProcedureEntry entry;
  entry.name = "test.my.proc";
  entry.inputs = {{"n", Type{TypeKind::kInteger}, std::nullopt, true}};
  entry.outputs = {{"out", Type{TypeKind::kInteger}}};
  entry.run = [](function::ProcedureContext&, std::span<const Value> in, const function::ProcedureEntry::Emit& emit) {
    for (std::int64_t i = 0; i < in[0].integer(); ++i) {
      const Value row{i};
      emit(std::span{&row, 1});
    }
  };
  database_->registerProcedure(entry);
  EXPECT_EQ(rows("CALL test.my.proc(2)"), (Lines{"0", "1"}));
  EXPECT_EQ(rows("UNWIND [1, 2] AS n CALL test.my.proc(n) YIELD out RETURN n, out"),
            (Lines{"1 | 0", "2 | 0", "2 | 1"}));
  EXPECT_TRUE(database_->unregisterProcedure("TEST.my.proc"));
  EXPECT_EQ(error("CALL test.my.proc(2)"), "ProcedureError: ProcedureNotFound");
}

TEST_F(DatabaseTest, ShowTakesYieldWhereAndReturn) {
  run("CREATE INDEX by_name FOR (n:Drug) ON (n.name)");
  EXPECT_EQ(one("SHOW INDEXES YIELD name, labelsOrTypes WHERE name = 'by_name' RETURN labelsOrTypes"), "['Drug']");
  EXPECT_FALSE(rows("SHOW FUNCTIONS").empty());
  EXPECT_FALSE(rows("SHOW PROCEDURES").empty());
}

TEST_F(DatabaseTest, ClosedDatabasesRefuse) {
  database_->close();
  EXPECT_EQ(error("RETURN 1"), "IoError: ");
}

}  // namespace
}  // namespace plexus
