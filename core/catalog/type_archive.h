// core/catalog/type_archive.h: declarations of types in the catalog's archive (docs/file-format.md, section 7).
#pragma once

#include <boost/archive/text_oarchive.hpp>
#include <vector>

#include "core/catalog/bounded_archive.h"
#include "core/catalog/type_schema.h"

namespace plexus::catalog {

struct TypeDeclarations {
  std::vector<NodeType> nodes;
  std::vector<RelationType> relations;
  bool strict = false;
};

void write(boost::archive::text_oarchive& archive, const TypeSchema& schema);
// Throws whatever Boost throws on damage, Error{kCorruption} for a value that is none.
// `withEvidenceFields`: what was written tells which properties are fields of evidence.
TypeDeclarations read(BoundedArchive& archive, bool withEvidenceFields);

}  // namespace plexus::catalog
