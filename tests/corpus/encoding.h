// tests/corpus/encoding.h: the corpus's JSON encoding of values, and how results are compared with it.
//
// Expected and actual values both become a canonical text: floats to nine digits, map keys and labels sorted, temporal
// text without zero seconds.
#pragma once

#include <string>

#include <simdjson.h>

#include "core/api/database.h"
#include "core/value/print.h"
#include "core/value/value.h"

namespace plexus::corpus {

std::string canonicalJson(const simdjson::dom::element& json, bool anyListOrder);
std::string canonicalValue(const Value& value, const EntitySource& entities, bool anyListOrder);

// A parameter. Temporal values and points are made by the functions of `connection`'s own dialect.
Value decode(const simdjson::dom::element& json, Connection& connection);

}  // namespace plexus::corpus
