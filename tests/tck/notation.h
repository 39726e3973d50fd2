// tests/tck/notation.h: the TCK's way of writing results, and how results are compared with it.
//
// Both the expected cell and the actual value become a canonical text; equal texts are equal results. Labels and map
// keys are sorted in it, floats are IEEE doubles (-0.0 is 0.0, NaN is NaN), integers and floats stay apart, temporal
// values are their ISO text as a string. With `anyListOrder`, elements of lists are sorted too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/value/print.h"
#include "core/value/value.h"

namespace plexus::tck {

// A cell such as `(:A {p: 1})`, `<(:A)-[:T]->()>`, `'text'`, `[1, 2.0]`. Throws std::runtime_error if it is none.
std::string canonicalCell(std::string_view cell, bool anyListOrder);

// A value of a result.
std::string canonicalValue(const Value& value, const EntitySource& entities, bool anyListOrder);

// A cell without graph elements as a value: parameters and procedure tables.
Value parseValue(std::string_view cell);

}  // namespace plexus::tck
