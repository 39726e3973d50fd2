// core/text/search.h: the entities of a full-text index that a query finds, best first.
//
// Scores are BM25-like: a term says more the fewer entities have it, the more often it stands in a text and the shorter
// that text is; of an entity's properties and synonyms the best counts, and the scores of several terms add up. What is
// similar counts less the more edits it needs. A word that no entity has is taken for a misspelling: its similar terms
// are looked for, at half the weight.
#pragma once

#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/storage/graph_view.h"
#include "core/text/query.h"

namespace plexus::text {

struct Hit {
  std::uint32_t entity = 0;
  RelTypeId type = 0;  // of a relationship
  double score = 0;
};

// By falling score, ties by type and id. `index` must be a full-text index of the view's catalog. Throws
// Error{kArgumentError} for a query that is wrong, or that names a property that the index does not have.
std::vector<Hit> search(const storage::GraphView& view, const catalog::SchemaRule& index, std::string_view query);

}  // namespace plexus::text
