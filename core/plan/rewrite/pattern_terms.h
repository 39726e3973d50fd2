// core/plan/rewrite/pattern_terms.h: a pattern with conditions that things differ, as a signed sum of trees without.
//
// Matches in which two nodes differ are all matches less those in which they are the same node; matches in which two
// relationships differ are all less those in which they are the same: then their ends coincide. With several
// conditions, by inclusion and exclusion over their subsets: 2^conditions terms.
#pragma once

#include <optional>
#include <vector>

#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

inline constexpr std::size_t kMostConditions = 5;

// The terms, the one without coincidences first, each rooted at `root`. Nothing if a term is not a tree (after edges
// between the same nodes are taken together), or a condition is beyond this.
std::optional<std::vector<MessageAggregate::Term>> termsOf(const TreePattern& pattern, std::size_t root);

}  // namespace plexus::plan
