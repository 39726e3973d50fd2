// core/catalog/evidence.h: who says so: the evidence rows of a statement.
//
// A statement of a relation type WITH EVIDENCE is one relationship: its start, its end, and its qualifiers, which are
// the properties that the type declares, but for those declared as EVIDENCE. All other properties are evidence (source,
// publications, knowledge_level, agent_type, text, date, confidence, ...). Those of the first assertion are properties
// of the relationship, as ever; each further assertion is a JSON object in the list `kMoreEvidence`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/catalog/catalog.h"
#include "core/storage/graph_view.h"
#include "core/value/value.h"

namespace plexus::catalog {

inline constexpr std::string_view kMoreEvidence = "more_evidence";

// The rows, each a map, the first assertion first; empty if nothing but qualifiers is known.
List evidenceOf(const storage::GraphView& view, const Relationship& relationship);

// The row as kMoreEvidence keeps it; entries in order of their keys. And back: nothing, and `why`, for other text.
std::string evidenceText(const Map& row);
std::optional<Map> readRow(std::string_view text, std::string& why);

// Adds the defaults of declared fields that the row lacks.
void addDefaults(const Catalog& catalog, RelTypeId type, std::vector<MapEntry>& row);

// True if the property tells statements apart. Of a type that is not declared: none does.
bool isQualifier(const Catalog& catalog, RelTypeId type, PropertyKeyId key);

}  // namespace plexus::catalog
