#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

std::span<const Rewrite> rewrites() {
  static constexpr Rewrite kRewrites[] = {
      {"distinct-ends", distinctEnds},
  };
  return kRewrites;
}

}  // namespace plexus::plan
