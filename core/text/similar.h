// core/text/similar.h: which terms are like another one.
#pragma once

#include <string_view>
#include <vector>

#include "core/storage/text_index.h"

namespace plexus::text {

struct SimilarTerm {
  std::string_view term;  // in the list
  unsigned distance = 0;
};

// Terms of the list at most `distance` edits from `term`: insertions, deletions, replacements and exchanges of
// neighbouring code points, no code point edited twice. In order of the list. Terms that share a beginning share the
// work for it, and are passed over together once the beginning is too far off; 100,000 names: about a millisecond.
std::vector<SimilarTerm> similarTerms(const storage::TermList& list, std::string_view term, unsigned distance);

// Whether a term matches a pattern of characters, ? (any one) and * (any number), which a backslash takes as they are.
bool matchesPattern(std::string_view term, std::string_view pattern);

}  // namespace plexus::text
