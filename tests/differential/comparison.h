// tests/differential/comparison.h: one query on one graph: what the naive evaluator says against the engine under every
// setting, and the smallest case that still differs.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/database.h"
#include "tests/differential/graph_model.h"
#include "tests/differential/random_graph.h"
#include "tests/differential/random_query.h"

namespace plexus::test {

// How the engine is asked: names of rewrites and operator choices that are switched off, workers, rows a batch.
struct Setting {
  std::string name;
  std::set<std::string> disabled;
  unsigned threads = 1;
  std::size_t batchRows = kBatchRows;
};
// Default; small batches and two workers; each switch off; all off.
std::vector<Setting> allSettings();

enum class Verdict {
  kSame,
  kDiffers,
  kInvalid,  // the query does not bind
  kFails,    // a run-time error: which rows meet it is not determined
  kTooLarge  // for the naive evaluator
};
struct Comparison {
  Verdict verdict = Verdict::kSame;
  std::string report;  // of kDiffers: the setting and both answers; of kInvalid and kFails: the error
};

// A graph made, ready to be asked.
class Subject {
 public:
  explicit Subject(const GraphSpec& graph);
  Comparison compare(const std::string& query, bool ordered);

 private:
  std::unique_ptr<Connection> connection_;
  GraphModel model_;
};

// What is left of a case that differs when everything is dropped without which it still does. Prints as text that can
// be run.
std::string minimised(GraphSpec graph, QuerySpec query);

}  // namespace plexus::test
