// core/api/type_declaration.h: declarations of types from syntax: names become ids, defaults and enumerations values.
#pragma once

#include "core/catalog/catalog.h"
#include "core/parse/ast/statement.h"

namespace plexus::api {

// Names are added to `catalog`. Throws Error{kSchemaError} with its place for a default or an enumerated value that is
// no constant, or not of the property's type, or listed twice.
catalog::NodeType nodeTypeOf(const ast::NodeTypeDeclaration& declaration, catalog::Catalog& catalog);
catalog::RelationType relationTypeOf(const ast::RelationTypeDeclaration& declaration, catalog::Catalog& catalog);

}  // namespace plexus::api
