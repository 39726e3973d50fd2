// tools/command/options.h: the command line of one sub-command, by CLI11, with our exit statuses.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tools/command/command.h"

namespace plexus::tools {

// Parses into what was registered with `app`. --help prints and gives kDone; anything wrong throws UsageError.
inline std::optional<Exit> parseOptions(CLI::App& app, Arguments arguments, Streams& streams) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 takes them from the back
  try {
    app.parse(reversed);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    streams.out << app.help();
    return Exit::kDone;
  } catch (const CLI::ParseError& error) {
    throw UsageError{app.get_name() + ": " + error.what() + " (see " + app.get_name() + " --help)"};
  }
}

}  // namespace plexus::tools
