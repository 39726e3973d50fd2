// tools/shell/shell.h: the interactive shell: statements over several lines up to a `;`, dot-commands, results that
// fit.
#pragma once

#include <memory>
#include <string>

#include "tools/command/command.h"
#include "tools/render/result_writer.h"
#include "tools/shell/line_editor.h"

namespace plexus::tools {

// What dot-commands may change.
struct ShellState {
  Connection& connection;
  Database& database;
  Streams& streams;
  Parameters parameters;
  Format format = Format::kTable;
  bool timing = true;
  bool terminal = false;
  bool quit = false;
};

class Shell {
 public:
  Shell(Database& database, Connection& connection, LineEditor& editor, Streams& streams, bool terminal);

  // Until `.quit` or the end of input. kRefused if input is not a terminal and a statement failed (the run ends there).
  Exit run();

 private:
  // A whole statement or dot-command into `text`; false at the end of input.
  bool readStatement(std::string& text);
  bool runStatement(const std::string& statement);  // false if it failed
  void print(Result& result);

  ShellState state_;
  LineEditor& editor_;
};

// Words for the editor: dot-commands, labels and relation types after a colon, property keys after a dot, keywords.
std::vector<std::string> completions(const Database& database, std::string_view prefix);

}  // namespace plexus::tools
