// core/base/gql_status.h: the status codes of ISO GQL (and Neo4j's within its classes) for our errors.
//
// An Error's type and detail are the openCypher TCK's; a code is found for them, the most exact one that is known
// (where Neo4j gives a chain of causes, the last of them). The first two characters are the class by the standard: 08
// connection, 22 data exception, 25 transaction state, 42 syntax error or access rule violation, G1 dependent object
// error, 50 (Neo4j's) general processing exception.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"

namespace plexus {

// Five characters, e.g. "42N62" for a variable that is not defined. O(1).
std::string_view gqlStatus(const Error& error);

// "SyntaxError UndefinedVariable (GQLSTATUS 42N62)": the line under an error's message.
std::string statusLine(const Error& error);

}  // namespace plexus
