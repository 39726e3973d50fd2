// core/exec/expression/type_check.h: whether a value is of a type as GQL writes it (`x IS :: LIST<STRING NOT NULL>`).
#pragma once

#include <string_view>

#include "core/bind/bound_expression.h"
#include "core/parse/ast/expression.h"
#include "core/value/value.h"

namespace plexus::exec {

// Null is of every type that is not NOT NULL.
bool isOfType(const Value& value, const bind::CheckedType& type);

bind::CheckedType checkedType(const ast::TypeName& type);

// From the text that typeText() gives, as constraints keep it. Throws Error{kSyntaxError} for text that is no type.
bind::CheckedType parseType(std::string_view text);
std::string typeText(const bind::CheckedType& type);

}  // namespace plexus::exec
