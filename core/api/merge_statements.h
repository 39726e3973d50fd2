// core/api/merge_statements.h: what was stored of a relation type before it was declared WITH EVIDENCE.
#pragma once

#include "core/catalog/catalog.h"
#include "core/storage/write_transaction.h"

namespace plexus::api {

// Relationships of `type` that are one statement (the same ends, of a symmetric type either way round, and the same
// qualifiers) become one: the one with the lowest id, with the others' rows of evidence (core/catalog/evidence.h).
// `catalog` is the transaction's, to which names may be added. Gives how many relationships were merged into others.
// O(relationships of the type).
std::size_t mergeStatements(storage::WriteTransaction& transaction, catalog::Catalog& catalog, RelTypeId type);

}  // namespace plexus::api
