// core/exec/operator/write/assertion.h: CREATE of a relationship whose type is declared WITH EVIDENCE: a statement is
// there once, and saying it again adds a row of evidence (core/catalog/evidence.h).
#pragma once

#include <span>

#include "core/exec/operator/write/write_context.h"

namespace plexus::exec {

// True for such a type, by its own name or that of its inverse.
bool keepsEvidence(const WriteContext& writes, RelTypeId type);

// The statement, made or found: one with the same ends (of a symmetric type in either direction) and the same
// qualifiers. A row that is there already is not added again. O(degree of `start`).
Relationship assertStatement(WriteContext& writes, RelTypeId type, NodeId start, NodeId end,
                             std::span<const storage::PropertyValue> properties);

}  // namespace plexus::exec
