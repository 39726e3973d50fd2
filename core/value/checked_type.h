// core/value/checked_type.h: types as GQL writes them (`LIST<STRING NOT NULL>`), against which values are checked:
// `x IS :: TYPE`, property type constraints, declared properties.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/value/value.h"

namespace plexus {

struct CheckedType {
  std::string base = "ANY";  // canonical: "INTEGER", "LIST", "ZONED DATETIME", ...
  bool notNull = false;
  std::vector<CheckedType> arguments;     // of LIST: the type of its elements
  std::vector<CheckedType> alternatives;  // A | B: the base does not count then
};

// Null is of every type that is not NOT NULL. O(size of the value).
bool isOfType(const Value& value, const CheckedType& type);

std::string typeText(const CheckedType& type);
// What typeText() has written. Of other text something, but no error.
CheckedType typeOfText(std::string_view text);

}  // namespace plexus
