// core/exec/expression/type_check.h: types to check values against (core/value/checked_type.h), from syntax.
#pragma once

#include "core/parse/ast/expression.h"
#include "core/value/checked_type.h"

namespace plexus::exec {

CheckedType checkedType(const ast::TypeName& type);

}  // namespace plexus::exec
