// tools/command/parameters.h: query parameters as they are given to the command line and the shell.
#pragma once

#include <string>
#include <string_view>

#include "core/api/database.h"

namespace plexus::tools {

// A Cypher literal (numbers, strings, booleans, null, lists and maps of them); what does not parse as one is a string.
Value parseLiteral(Connection& connection, const std::string& text);

// "k=LITERAL" into `parameters`. Throws UsageError without a `=`.
void addParameter(Connection& connection, const std::string& assignment, Parameters& parameters);

// The members of a JSON object in a file. Throws Error{kInputError} with the file's name.
void addParametersFromFile(const std::string& file, Parameters& parameters);

}  // namespace plexus::tools
