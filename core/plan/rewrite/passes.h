// core/plan/rewrite/passes.h: what is done to a plan once it is complete: a list of rewrites, each of which keeps the
// bag of rows of every plan, and can be switched off by name.
//
// Names that plan() knows besides (they steer how the plan is built): "merge-matches" (consecutive MATCH clauses are
// ordered together), "semi-join" (EXISTS at the top of a WHERE becomes a join), "top-k" (ORDER BY ... LIMIT keeps only
// the first rows), "message-cost" (disabled: matches are counted by messages wherever that is possible, not only where
// it is cheaper), "fixed-length" (`-[:T*2]-` is planned as two relationships), "path-search", "hash-join", "intersect",
// "relationship-scan", "index-seek" (those operators; seeks that a hint asks for stay), "join-order" (disabled: the
// costliest order wins).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/plan/planning.h"

namespace plexus::plan {

struct Rewrite {
  std::string_view name;
  void (*run)(LogicalPtr& root, Planning& planning);
};

// In the order in which they run, each on the pruned result of the one before.
std::span<const Rewrite> rewrites();

// Every name that may be switched off: of the rewrites, then the others.
std::vector<std::string_view> switches();

// non_null_counts.cpp: count(x) of what is never null is count(*), for which nobody need know x.
void nonNullCounts(LogicalPtr& root, Planning& planning);

// distinct_ends.cpp: variable-length expansions of which only the distinct ends matter go breadth first.
void distinctEnds(LogicalPtr& root, Planning& planning);

// message_aggregate.cpp: where no more than two nodes of a pattern are read, its matches are counted instead of
// enumerated, if that is cheaper.
void messageAggregate(LogicalPtr& root, Planning& planning);

// pair_groups.cpp: counted pairs of which only the groups with the highest counts are wanted, or in each group the
// number of different nodes, are grouped as they are counted.
void pairGroups(LogicalPtr& root, Planning& planning);

}  // namespace plexus::plan
