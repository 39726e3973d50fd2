// core/api/trust_condition.h: the condition of `CYPHER trust='source = "PMID:1" AND size(publications) > 0'`, as a
// query.
#pragma once

#include <string>
#include <string_view>

namespace plexus::api {

// The query by which relationships are chosen: `$rows` is a list of maps {relationship, statement}, one for each row of
// evidence; it gives `relationship` of those whose `statement` satisfies the condition. A name in the condition that
// nothing in it binds is a key of `statement`. Throws Error{kSyntaxError} for what is no expression over one row: with
// the condition's own text and place in the message.
std::string trustQuery(std::string_view condition);

}  // namespace plexus::api
