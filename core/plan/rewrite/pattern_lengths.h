// core/plan/rewrite/pattern_lengths.h: a pattern with walks of varying length as patterns of single relationships.
#pragma once

#include <vector>

#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

// One pattern for each choice of the lengths; their matches add up to those of `pattern`. A walk of k relationships is
// k edges over nodes of its own, which differ from each other and from all that the walk differs from; of none, the
// same node at both ends. The nodes of the longest walks are added to `pattern`, and all patterns have them, in use or
// not. Empty if there are too many choices.
std::vector<TreePattern> patternsOfLengths(TreePattern& pattern, Planning& planning);

}  // namespace plexus::plan
