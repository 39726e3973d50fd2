// core/plan/rewrite/pattern_terms.h: a pattern with conditions that things differ or are not related, as a signed sum
// of patterns without.
//
// Matches in which two nodes differ are all matches less those in which they are the same node; matches in which two
// relationships differ are all less those in which they are the same: then their ends coincide; matches in which two
// nodes are not related are all less those in which they are. With several conditions, by inclusion and exclusion over
// their subsets: 2^conditions terms (4^ where undirected relationships far apart may be the same: either way round,
// less the loops that are so both ways), of which equal ones are taken together, and often cancel.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

inline constexpr std::size_t kMostTerms = 512;  // of all patterns of a match

// So many at most, before equal ones are taken together; 0: some condition cannot be said by terms.
std::size_t countTerms(const TreePattern& pattern);

// The terms of a pattern without lengths, of which countTerms() tells.
class PatternTerms {
 public:
  // The pattern must live as long.
  explicit PatternTerms(const TreePattern& pattern);
  ~PatternTerms();
  PatternTerms(PatternTerms&& other) noexcept;

  // The one without coincidences first, each rooted at `root`, with counts by node of `counted`. Nothing if a term is
  // not connected, or has orders that cannot be counted from there.
  std::optional<std::vector<MessageAggregate::Term>> rootedAt(std::size_t root, std::size_t counted) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace plexus::plan
