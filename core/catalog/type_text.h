// core/catalog/type_text.h: declarations as statements that make them again.
#pragma once

#include <string>

#include "core/catalog/catalog.h"

namespace plexus::catalog {

// "CREATE NODE TYPE Drug EXTENDS Intervention (name STRING UNIQUE NOT NULL);" without a line end.
std::string declarationText(const NodeType& type, const Catalog& catalog);
std::string declarationText(const RelationType& type, const Catalog& catalog);

// Parts of it, as SHOW TYPES has them: "name STRING NOT NULL", and "SYMMETRIC", "INVERSE treated_by", ...
std::string propertyText(const PropertyDeclaration& property, const Catalog& catalog);
std::vector<std::string> traitTexts(const RelationType& type, const Catalog& catalog);

// The name of the relation, of its inverse for one that is turned round. There is one: only an inverse name makes such
// a reading, and ALTER keeps an inverse name that is in use.
const std::string& readingName(const RelationReading& reading, const Catalog& catalog);

// The name as Cypher takes it: bare, or in backquotes.
std::string quotedName(const std::string& name);

}  // namespace plexus::catalog
