// tools/shell/dot_commands.h: what the shell understands besides Cypher: a row a command.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/shell/shell_state.h"

namespace plexus::tools {

struct DotCommand {
  std::string_view name;  // with the dot
  std::string_view usage;
  std::string_view summary;
  std::size_t minArguments, maxArguments;
  void (*run)(ShellState& state, std::span<const std::string> arguments);
};

std::span<const DotCommand> dotCommands();

// Runs a line that begins with a dot; wrong names and arguments are told on `err`.
void runDotCommand(ShellState& state, const std::string& line);

}  // namespace plexus::tools
