// core/catalog/statistics.h: the numbers on which the planner bases its choice. Exact for counts, estimates for values.
//
// Computed from a view on demand and kept per commit: counts by label are bitmap cardinalities; counts by (label, type,
// direction) come from one pass over an adjacency's sources, on first question.
// Thread safety: all calls, concurrently.
#pragma once

#include <memory>
#include <optional>

#include "core/base/ids.h"
#include "core/storage/graph_view.h"

namespace plexus::catalog {

class Statistics {
 public:
  explicit Statistics(storage::GraphView view);
  ~Statistics();

  double nodeCount() const;
  double nodeCount(LabelId label) const;
  double relationshipCount(RelTypeId type) const;
  // Relationships of `type` whose near end (the start for kOut, the end for kIn) has `label`.
  double relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction) const;
  // Those whose far end has `farEnd`, too.
  double relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction, LabelId farEnd) const;
  // Distinct values of a property among the nodes with a label (sampled). At least 1.
  double distinctValues(LabelId label, PropertyKeyId key) const;
  // Nodes of `label` that have the property.
  double propertyCount(LabelId label, PropertyKeyId key) const;
  // True if every node of `label` has exactly one relationship of the type in that direction.
  bool isTotalFunction(LabelId label, RelTypeId type, Direction direction) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexus::catalog
