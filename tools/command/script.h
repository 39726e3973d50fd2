// tools/command/script.h: several statements that give no rows to look at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/api/database.h"

namespace plexus::tools {

// Runs the statements of `text`, which `;` separates, in one transaction: all or none. Gives their warnings. Throws
// Error.
std::vector<std::string> runScript(Connection& connection, std::string_view text);

}  // namespace plexus::tools
