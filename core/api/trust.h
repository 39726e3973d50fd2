// core/api/trust.h: which asserted relationships count for a query with `CYPHER trust='...'`: those of which some row
// of evidence satisfies the condition. What they entail counts, nothing else does.
//
// A row has the statement's qualifiers too (catalog/evidence.h); a relationship without evidence is one row without it.
// Relations are judged when a query first asks about them: a pass over the relation, about 2 us a row of evidence.
// Thread safety: all calls, concurrently.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/api/compiled.h"
#include "core/api/database.h"
#include "core/inference/asserted.h"
#include "core/inference/cache.h"

namespace plexus::api {

// A condition in one view.
class Trust {
 public:
  Trust(storage::GraphView view, CompiledPtr query, Database& database);

  const storage::GraphView& view() const { return view_; }
  // The relationships of a type that count. Throws what evaluating the condition throws.
  const Roaring& of(RelTypeId type);
  // What is inferred from those, for all queries under the condition in this view.
  const std::shared_ptr<inference::Cache>& inference() const { return inference_; }

 private:
  Roaring judge(RelTypeId type);
  void choose(List rows, Roaring& chosen);

  storage::GraphView view_;
  CompiledPtr query_;
  Database& database_;  // it outlives the queries that ask
  std::shared_ptr<inference::Cache> inference_ = std::make_shared<inference::Cache>();
  std::mutex mutex_;
  std::map<RelTypeId, Roaring> judged_;
};

// As inference takes it.
inference::Trusted asTrusted(const std::shared_ptr<Trust>& trust);

}  // namespace plexus::api
