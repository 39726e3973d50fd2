// Random queries on random graphs give the same answers by every road. PLEXUS_DIFFERENTIAL_GRAPHS=N asks for more
// graphs than usual, PLEXUS_DIFFERENTIAL_SEED=S for others: the graphs S, S + 1, ..., S + N - 1.
#include <cstdlib>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "tests/differential/comparison.h"
#include "tests/differential/random_graph.h"
#include "tests/setting.h"

namespace plexus::test {
namespace {

constexpr std::uint64_t kGraphs = 70, kQueriesPerGraph = 20, kMostFailures = 10;

TEST(Differential, SameAnswersByEveryRoad) {
  const std::uint64_t first = setting("PLEXUS_DIFFERENTIAL_SEED", 1);
  const std::uint64_t graphs = setting("PLEXUS_DIFFERENTIAL_GRAPHS", kGraphs);
  const bool verbose = std::getenv("PLEXUS_DIFFERENTIAL_VERBOSE") != nullptr;
  std::map<Verdict, std::uint64_t> verdicts;
  for (std::uint64_t seed = first; seed < first + graphs && verdicts[Verdict::kDiffers] < kMostFailures; ++seed) {
    Random random{seed};
    const GraphSpec graph = GraphSpec::make(random);
    Subject subject{graph};
    for (std::uint64_t i = 0; i < kQueriesPerGraph; ++i) {
      const QuerySpec query = makeQuery(random);
      if (verbose) std::cerr << seed << "/" << i << ": " << query.text.text() << std::endl;
      const Comparison comparison = subject.compare(query.text.text(), query.ordered);
      ++verdicts[comparison.verdict];
      if (verbose && comparison.verdict != Verdict::kSame) std::cerr << comparison.report << "\n";
      if (comparison.verdict != Verdict::kDiffers) continue;
      ADD_FAILURE() << "seed " << seed << ", query " << i << ": " << query.text.text() << "\n"
                    << comparison.report << "\nsmallest:\n"
                    << minimised(graph, query);
    }
  }
  RecordProperty("same", std::to_string(verdicts[Verdict::kSame]));
  std::cout << "same " << verdicts[Verdict::kSame] << ", different " << verdicts[Verdict::kDiffers]
            << ", run-time errors " << verdicts[Verdict::kFails] << ", do not bind " << verdicts[Verdict::kInvalid]
            << ", too large " << verdicts[Verdict::kTooLarge] << "\n";
  // A generator that makes little of use would find nothing.
  EXPECT_GT(verdicts[Verdict::kSame], graphs * kQueriesPerGraph / 2);
}

// What larger runs have found.
TEST(Differential, FoundBefore) {
  const struct {
    std::string graph, query;
  } kFound[] = {
      // A join whose other side is the row of the query around: `n` is that row's, not any node.
      {"CREATE (n0:B:C {k: 2}), (n1:A {k: 3, i: 0}), (n2:A:C {k: 4}), (n1)-[:R]->(n1), (n2)-[:R]->(n1), "
       "(n0)-[:S]->(n2)",
       "MATCH ()<-[r:S]-(n) WHERE EXISTS { MATCH (a)<-[b]-(a)((x)-[q]-(y)){2}(n:C) } "
       "RETURN n.k AS k, COUNT { MATCH (n)-[*..2]-() WHERE NOT (2 = n.i = 1) } AS v"},
      // An end of a selected path that stands inside of it as well.
      {"CREATE (n0 {k: 1}), (n1:C {k: 2, i: 2}), (n0)-[:R]->(n1)",
       "MATCH p = ALL SHORTEST ()<-[]-*(n)-->{0,2}(n) RETURN n.k AS k, length(p) AS l"},
      {"CREATE (n0:B {k: 0}), (n1:C {k: 3}), (n0)-[:R]->(n0), (n0)-[:R]->(n0), (n0)-[:R]->(n1), (n1)-[:R]->(n1)",
       "MATCH p = ANY SHORTEST (n)<--+(n)-[:R]->{1,2}(n) RETURN n.k AS k, length(p) AS l"}};
  for (const auto& [graph, query] : kFound) {
    GraphSpec spec;
    spec.schema = {graph};
    const Comparison comparison = Subject{spec}.compare(query, false);
    EXPECT_EQ(comparison.verdict, Verdict::kSame) << query << "\n" << comparison.report;
  }
}

}  // namespace
}  // namespace plexus::test
