// tools/shell/shell.h: the interactive shell: statements over several lines up to a `;`, dot-commands, results that
// fit.
#pragma once

#include <memory>
#include <string>

#include "tools/shell/line_editor.h"
#include "tools/shell/shell_state.h"

namespace plexus::tools {

class Shell {
 public:
  Shell(Database& database, Connection& connection, LineEditor& editor, Streams& streams, bool terminal);

  // Until `.quit` or the end of input. kRefused if input is not a terminal and a statement failed (the run ends there).
  Exit run();

 private:
  // A whole statement or dot-command into `text`; false at the end of input.
  bool readStatement(std::string& text);

  ShellState state_;
  LineEditor& editor_;
};

// Words for the editor: dot-commands, labels and relation types after a colon, property keys after a dot, keywords.
std::vector<std::string> completions(const Database& database, std::string_view prefix);

}  // namespace plexus::tools
