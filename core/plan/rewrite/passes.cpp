#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

std::span<const Rewrite> rewrites() {
  static constexpr Rewrite kRewrites[] = {
      {"non-null-counts", nonNullCounts},
      {"message-aggregate", messageAggregate},
      {"distinct-ends", distinctEnds},
  };
  return kRewrites;
}

}  // namespace plexus::plan
