// tools/shell/shell_state.h: what statements and dot-commands of one shell share, and dot-commands may change.
#pragma once

#include "tools/command/command.h"
#include "tools/render/result_writer.h"

namespace plexus::tools {

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

}  // namespace plexus::tools
