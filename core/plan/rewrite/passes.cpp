#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

std::span<const Rewrite> rewrites() {
  static constexpr Rewrite kRewrites[] = {
      {"non-null-counts", nonNullCounts},
      {"message-aggregate", messageAggregate},
      {"pair-groups", pairGroups},
      {"distinct-ends", distinctEnds},
  };
  return kRewrites;
}

std::vector<std::string_view> switches() {
  std::vector<std::string_view> names;
  for (const auto& rewrite : rewrites()) names.push_back(rewrite.name);
  names.insert(names.end(), {"merge-matches", "semi-join", "top-k", "message-cost", "hash-join", "intersect",
                             "fixed-length", "path-search", "relationship-scan", "index-seek", "join-order"});
  return names;
}

}  // namespace plexus::plan
