// tests/core/function/evaluate.h: evaluates expression texts by the registry's dynamic kernels alone, so that functions
// can be tested without a parser and an engine. Literals, lists, maps, calls, properties, [], and the operators.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/function/registry.h"

namespace plexus::function::test {

using Variables = std::map<std::string, Value>;

// Throws plexus::Error as the functions do, std::runtime_error for text that it cannot read.
Value evaluate(std::string_view text, const Variables& variables = {});
// In Cypher notation; "TypeError: InvalidArgumentValue" for an error.
std::string shown(std::string_view text, const Variables& variables = {});

}  // namespace plexus::function::test
