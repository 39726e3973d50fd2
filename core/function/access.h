// core/function/access.h: base.key and base[key] for every type of base: the semantics behind property expressions.
#pragma once

#include <string_view>

#include "core/function/context.h"
#include "core/value/value.h"

namespace plexus::function {

// The property of a node or relationship, the entry of a map, the component of a temporal value or point; null of null,
// and where there is no such property or entry. Throws TypeError InvalidArgumentType for values without properties,
// EntityNotFound DeletedEntityAccess for deleted entities, ArgumentError InvalidArgumentValue for a component that the
// temporal type does not have.
Value property(FunctionContext& context, const Value& base, std::string_view key);

// All properties of a node or relationship, or the map itself; null of null. As properties(x) and `x {.*}`.
Value properties(FunctionContext& context, const Value& base);

}  // namespace plexus::function
