// tools/command/script.h: several statements that give no rows to look at.
#pragma once

#include <string_view>

#include "core/api/database.h"

namespace plexus::tools {

// Runs the statements of `text`, which `;` separates, in one transaction: all or none. Throws Error.
void runScript(Connection& connection, std::string_view text);

}  // namespace plexus::tools
