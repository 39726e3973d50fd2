// core/catalog/statistics.h: the numbers on which the planner bases its choice. Exact for counts, estimates for values.
//
// Counted in a view on demand: counts by label are bitmap cardinalities; counts by (label, type, direction) come from
// one pass over an adjacency's sources, on first question. What was counted in one view serves later ones too, as
// shares of what those have, until the counts beside it have moved by an eighth: a commit does not make the next plan
// read whole relations. Thread safety: all calls, concurrently.
#pragma once

#include <memory>
#include <optional>

#include "core/base/ids.h"
#include "core/storage/graph_view.h"

namespace plexus::catalog {

class Statistics {
 public:
  // What was counted so far, of all views of a database.
  class Counted;
  static std::shared_ptr<Counted> nothingCounted();

  Statistics(storage::GraphView view, std::shared_ptr<Counted> counted);

  double nodeCount() const;
  double nodeCount(LabelId label) const;
  double relationshipCount(RelTypeId type) const;
  // Relationships of `type` whose near end (the start for kOut, the end for kIn) has `label`.
  double relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction) const;
  // Those whose far end has `farEnd`, too.
  double relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction, LabelId farEnd) const;
  // Distinct values of a property among the nodes with a label (sampled). At least 1.
  double distinctValues(LabelId label, PropertyKeyId key) const;

 private:
  storage::GraphView view_;
  std::shared_ptr<Counted> counted_;
};

}  // namespace plexus::catalog
