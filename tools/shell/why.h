// tools/shell/why.h: `.why PATTERN`: why the relationships of a path hold, down to who asserts them.
#pragma once

#include <string>

#include "tools/shell/shell_state.h"

namespace plexus::tools {

// Prints a tree for each relationship of each path that matches; under each asserted statement its rows of evidence, a
// line each. A pattern that is wrong is told on `err`.
void tellWhy(ShellState& state, const std::string& pattern);

}  // namespace plexus::tools
