// tools/shell/statement.h: one statement run in the shell: its rows, effects and times printed, Ctrl-C ends it.
#pragma once

#include <string>

#include "tools/shell/shell_state.h"

namespace plexus::tools {

// False if it failed; the error is told on `err`.
bool runStatement(ShellState& state, const std::string& statement);

}  // namespace plexus::tools
