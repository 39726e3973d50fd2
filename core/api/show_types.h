// core/api/show_types.h: SHOW TYPES.
#pragma once

#include "core/api/show_command.h"
#include "core/catalog/catalog.h"

namespace plexus::api {

// Declared types in the order of their declarations; then what has a name without one.
ShowTable showTypes(const catalog::Catalog& catalog, bool ofNodes, bool ofRelations);

}  // namespace plexus::api
