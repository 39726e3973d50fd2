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
#include "core/base/cancellation.h"
#include "core/inference/asserted.h"
#include "core/inference/cache.h"

namespace plexus::api {

// The query on whose behalf relations are judged: `compiled` has the condition.
struct TrustQuery {
  std::shared_ptr<Database> database;
  CompiledPtr compiled;
  storage::GraphView view;
  std::shared_ptr<const Cancellation> cancellation;  // may be null
};

// What counts under a condition as of a commit. Holds no view of it, so that it can be kept when queries are over.
class Trust {
 public:
  // The relationships of a type that count; the set stays while this lives. Throws what evaluating the condition
  // throws, and Error{kCancelled, kLimitExceeded} when `query` is stopped; another may ask again then.
  const Roaring& of(RelTypeId type, const TrustQuery& query);
  // What is inferred from those, for all queries under the condition in this view.
  const std::shared_ptr<inference::Cache>& inference() const { return inference_; }

 private:
  std::shared_ptr<inference::Cache> inference_ = std::make_shared<inference::Cache>();
  std::timed_mutex mutex_;
  std::map<RelTypeId, Roaring> judged_;
};

// As inference takes it.
inference::Trusted asTrusted(const std::shared_ptr<Trust>& trust, TrustQuery query);

}  // namespace plexus::api
