// core/exec/expression/type_check.h: types to check values against (core/value/checked_type.h), from syntax and text.
#pragma once

#include <string_view>

#include "core/parse/ast/expression.h"
#include "core/value/checked_type.h"

namespace plexus::exec {

CheckedType checkedType(const ast::TypeName& type);

// From the text that typeText() gives, as constraints keep it. Throws Error{kSyntaxError} for text that is no type.
CheckedType parseType(std::string_view text);

}  // namespace plexus::exec
