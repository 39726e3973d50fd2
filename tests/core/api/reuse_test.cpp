// The states that one execution of a plan leaves to the next: whatever the first did, the next gives what a plan made
// for it alone gives.
#include <atomic>
#include <thread>

#include "tests/core/api/query_fixture.h"

namespace plexus {
namespace {

// Every operator and expression that keeps something is in one of these. $x decides what they meet.
const std::vector<std::string> kQueries = {
    "MATCH (n:P) WHERE n.v = $x RETURN n.v, n.name",
    "MATCH (n:P {v: $x})-[:R]->(m) RETURN n.name, m.name ORDER BY m.name DESC",
    "MATCH (n:P)-[:R]->(m) WHERE n.v < $x RETURN m.name AS name, count(*) AS c, sum(n.v) AS s ORDER BY c DESC, name "
    "LIMIT 3",
    "MATCH (n:P)-[:R]->(m) RETURN DISTINCT m.v = $x AS same, n.v % 3 AS part",
    "MATCH (n:P) WITH n.v + $x AS y RETURN y, -y AS z ORDER BY y SKIP 2 LIMIT 5",
    "MATCH (n:P)-[r:R]->(m)-[q:R]->(o) WHERE n.v = $x RETURN count(*), count(DISTINCT o.name), min(q.w), collect(r.w)",
    "MATCH (a:P {v: $x})-[:R]->(m)<-[:R]-(b) RETURN a.name, b.name",
    "MATCH (a)-[:R]->(b)-[:R]->(c)-[:R]->(a) WHERE a.v <> $x RETURN count(*)",
    "MATCH (a:P), (b:P) WHERE a.v = b.v AND a.v IN [1, 2, $x] RETURN a.name, b.name",
    "MATCH (n:P) RETURN n.name, COUNT { (n)-[:R]->() } AS d, EXISTS { (n)<-[:R]-(:P {v: $x}) } AS e",
    "MATCH (n:P) WHERE n.v = 1 OPTIONAL MATCH (n)-[:R]->(m {v: $x}) RETURN n.name, m.name",
    "UNWIND [1, $x, 'a', null] AS y RETURN y, CASE y WHEN 1 THEN 'one' ELSE coalesce(y, 'none') END AS z",
    "MATCH (n:P) WHERE n.v = $x RETURN n.name AS name UNION MATCH (n:P) WHERE n.v = 2 RETURN n.name AS name",
    "MATCH (n:P) RETURN n.v AS key, avg(n.v + 0.5) AS a, count(DISTINCT n.name) AS c ORDER BY key",
    "MATCH (n:P {v: $x}), p = shortestPath((n)-[:R*]->(m:P {v: 2})) RETURN length(p)",
    "MATCH (n:P {v: $x})-[:R*1..3]->(m) RETURN count(*), count(DISTINCT m)",
    "MATCH (n:P) RETURN [y IN [1, 2, 3] WHERE y <> $x | y + n.v] AS list, {k: n.v = $x} AS map ORDER BY n.name LIMIT 2",
};

const std::vector<Value> kValues = {Value{1}, Value{2}, Value{"name 3"}, Value{}, Value{2.0}, Value{7}, Value{true}};

class ReuseTest : public QueryTest {
 protected:
  void SetUp() override {
    QueryTest::SetUp();
    run("UNWIND range(0, 29) AS i CREATE (:P {v: i % 5, name: 'name ' + toString(i)})");
    run("MATCH (a:P), (b:P) WHERE (id(a) * 7 + id(b) * 3) % 11 = 0 CREATE (a)-[:R {w: id(a) - id(b)}]->(b)");
  }

  // What a statement gives, sorted, or its error; by a plan that nobody used before.
  std::string fresh(const std::string& query, const Value& x) {
    const auto connection = database_->connect();
    connection->options().disabledRewrites = {"no-such-rewrite-" + std::to_string(++plans_)};  // its own plan
    auto prepared = connection->prepare(query);
    return told(prepared, x);
  }
  static std::string told(PreparedStatement& prepared, const Value& x) {
    try {
      Lines lines;
      for (const auto& row : prepared.run({{"x", x}}).rows()) {
        std::string line;
        for (const Value& value : row) line += toCypherText(value) + " | ";
        lines.push_back(line);
      }
      std::sort(lines.begin(), lines.end());
      std::string text;
      for (const std::string& line : lines) text += line + "\n";
      return text;
    } catch (const Error& error) {
      return error.what();
    }
  }

  static ErrorType error(PreparedStatement& prepared, const Value& x) {
    try {
      prepared.run({{"x", x}}).drain();
    } catch (const Error& error) {
      return error.type();
    }
    return ErrorType::kInternalError;  // there was none
  }

  int plans_ = 0;
};

TEST_F(ReuseTest, OtherParametersOfOtherTypes) {
  for (const std::string& query : kQueries) {
    auto prepared = connection_->prepare(query);
    for (int round = 0; round < 2; ++round) {
      for (const Value& x : kValues) EXPECT_EQ(told(prepared, x), fresh(query, x)) << query << toCypherText(x);
    }
  }
}

TEST_F(ReuseTest, AfterAResultThatWasNotReadToItsEnd) {
  for (const std::string& query : kQueries) {
    auto prepared = connection_->prepare(query);
    for (const Value& x : kValues) {
      try {
        auto result = prepared.run({{"x", x}});
        result.nextRow();
      } catch (const Error&) {
      }
      EXPECT_EQ(told(prepared, Value{2}), fresh(query, Value{2})) << query << toCypherText(x);
    }
  }
}

TEST_F(ReuseTest, RowsOutliveTheExecutionThatMadeThem) {
  for (const std::string& query : kQueries) {
    auto prepared = connection_->prepare(query);
    prepared.run({{"x", Value{1}}}).drain();
    std::vector<Batch> kept;
    Batch batch;
    auto result = std::make_unique<Result>(prepared.run({{"x", Value{1}}}));
    while (result->next(batch)) kept.push_back(batch);
    const auto shown = [&] {
      std::string text;
      for (const Batch& rows : kept) {
        for (std::size_t row = 0; row < rows.rows(); ++row) {
          for (ColumnIndex i = 0; i < rows.columns(); ++i) text += toCypherText(rows.column(i).value(row)) + " ";
        }
      }
      return text;
    };
    const std::string before = shown();
    result.reset();
    told(prepared, Value{2});
    EXPECT_EQ(shown(), before) << query;
  }
}

TEST_F(ReuseTest, AfterAnErrorHalfWay) {
  auto prepared = connection_->prepare(
      "MATCH (n:P) WITH n ORDER BY n.name WITH n.v AS v, 12 / (n.v - $x) AS y RETURN v, sum(y) AS s, collect(y) AS c");
  const std::string wanted = told(prepared, Value{9});
  EXPECT_NE(wanted.find("|"), std::string::npos);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(told(prepared, Value{3}), "an integer was divided by zero");
    EXPECT_EQ(told(prepared, Value{9}), wanted);
  }
}

TEST_F(ReuseTest, AfterACancellation) {
  auto prepared =
      connection_->prepare("UNWIND range(1, $x) AS i WITH i % 7 AS v, count(*) AS c RETURN v, c ORDER BY v LIMIT 4");
  const std::string wanted = told(prepared, Value{100});
  for (int i = 0; i < 3; ++i) {
    connection_->options().timeout = std::chrono::milliseconds{5};
    EXPECT_EQ(error(prepared, Value{1000000000}), ErrorType::kLimitExceeded);
    connection_->options().timeout = std::chrono::milliseconds{0};
    EXPECT_EQ(told(prepared, Value{100}), wanted);
  }
}

TEST_F(ReuseTest, SeesWhatWasCommittedSince) {
  auto byIndex = connection_->prepare("MATCH (n:P) WHERE n.v = $x RETURN count(n), sum(n.v)");
  auto hop = connection_->prepare("MATCH (n:P {v: $x})-[:R]->(m) RETURN count(*), count(DISTINCT m.name)");
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(told(byIndex, Value{3}), fresh("MATCH (n:P) WHERE n.v = $x RETURN count(n), sum(n.v)", Value{3}));
    EXPECT_EQ(told(hop, Value{3}),
              fresh("MATCH (n:P {v: $x})-[:R]->(m) RETURN count(*), count(DISTINCT m.name)", Value{3}));
    run("MATCH (n:P {name: 'name 4'}) CREATE (:P {v: 3, name: 'new " + std::to_string(i) + "'})-[:R]->(n)");
    if (i == 2) run("MATCH (n:P {v: 3}) DETACH DELETE n");
  }
}

TEST_F(ReuseTest, ManyAtOnce) {
  std::vector<std::vector<std::string>> wanted;
  for (const std::string& query : kQueries) {
    auto& answers = wanted.emplace_back();
    for (const Value& x : kValues) answers.push_back(fresh(query, x));
  }
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      const auto connection = database_->connect();  // plans are shared through the cache, and so are their idle states
      for (std::size_t i = 0; i < 3 * kQueries.size() * kValues.size(); ++i) {
        const std::size_t q = (i + static_cast<std::size_t>(t) * 5) % kQueries.size();
        const std::size_t v = (i / kQueries.size() + static_cast<std::size_t>(t)) % kValues.size();
        auto prepared = connection->prepare(kQueries[q]);
        if (told(prepared, kValues[v]) != wanted[q][v]) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

// What is kept is not charged: a budget that is enough once is enough again and again.
TEST_F(ReuseTest, KeepsNothingOfTheBudget) {
  connection_->options().memoryBytes = std::size_t{24} << 20;
  auto prepared = connection_->prepare(
      "UNWIND range(1, $x) AS i WITH i, toString(i) AS s RETURN s, count(*) AS c ORDER BY s DESC LIMIT 3");
  const std::string wanted = told(prepared, Value{50000});
  EXPECT_NE(wanted.find("|"), std::string::npos) << wanted;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(told(prepared, Value{50000}), wanted);
}

}  // namespace
}  // namespace plexus
