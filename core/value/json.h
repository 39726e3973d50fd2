// core/value/json.h: JSON text as a value; print.h has the other way.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/value/value.h"

namespace plexus {

// Objects become maps; integers beyond 64 bits with sign become floats. Nothing for text that is no JSON, and `why`
// says what is wrong with it.
std::optional<Value> readJson(std::string_view text, std::string& why);

}  // namespace plexus
