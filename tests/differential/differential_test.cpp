// Random queries on random graphs give the same answers by every road. PLEXUS_DIFFERENTIAL_GRAPHS=N asks for more
// graphs than usual, PLEXUS_DIFFERENTIAL_SEED=S for others: the graphs S, S + 1, ..., S + N - 1.
#include <cstdlib>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "tests/differential/comparison.h"
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

}  // namespace
}  // namespace plexus::test
