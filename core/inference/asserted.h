// core/inference/asserted.h: the asserted relationships that inference starts from, of one view.
//
// The one place where a condition on asserted relationships applies: what it hides, nothing is entailed by.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "core/storage/graph_view.h"

namespace plexus::inference {

// Of a type, the asserted relationships that count; the set stays as long as a copy of the function lives. Empty: all
// count.
using Trusted = std::function<const Roaring&(RelTypeId type)>;

// Handles are opened on first use and kept: as of then, in a view of a transaction.
// Thread safety: one thread at a time.
class Asserted {
 public:
  explicit Asserted(storage::GraphView view, Trusted trusted = {})
      : view_{std::move(view)}, trusted_{std::move(trusted)} {}

  const storage::GraphView& view() const { return view_; }
  const storage::Adjacency& adjacency(RelTypeId type, Direction direction);

 private:
  storage::GraphView view_;
  Trusted trusted_;
  std::map<std::pair<RelTypeId, Direction>, storage::Adjacency> open_;
};

// One adjacency as a reader sees it who trusts only some of its relationships.
storage::Adjacency trustedAdjacency(const storage::GraphView& view, RelTypeId type, Direction direction,
                                    const Trusted& trusted);

}  // namespace plexus::inference
