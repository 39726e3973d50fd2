// tools/command/command.h: `plexus SUB-COMMAND ...`: a row a command, a file a row.
//
// Results go to `out`, everything else to `err`. A command throws plexus::Error for what the query or the data did
// wrong; runCommandLine() renders it and chooses the exit status.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/api/database.h"

namespace plexus::tools {

// Exit statuses: part of the interface.
enum class Exit : int { kDone = 0, kRefused = 1, kUsage = 2, kCannotOpen = 3 };

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
};

using Arguments = std::span<const std::string>;

struct Command {
  std::string_view name;
  std::string_view usage;    // after the name: "DB [-c CYPHER | -f FILE]"
  std::string_view summary;  // one line
  Exit (*run)(Arguments arguments, Streams& streams);
};

std::span<const Command> commands();

// All of main(): the sub-command named by the first argument; else a database for the shell.
Exit runCommandLine(Arguments arguments, Streams& streams);

// Wrong usage: exits with 2.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};
// The database cannot be opened: exits with 3.
struct OpenError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Opens for a command; `:memory:` and "" are databases in memory. Throws OpenError.
std::shared_ptr<Database> openDatabase(const std::string& path, DatabaseOptions options = {});
// The same for a database that must be there already.
std::shared_ptr<Database> openExisting(const std::string& path, DatabaseOptions options = {});

// The commands (their rows are in command.cpp).
Exit runQuery(Arguments arguments, Streams& streams);
Exit runImport(Arguments arguments, Streams& streams);
Exit runDemo(Arguments arguments, Streams& streams);
Exit runInfo(Arguments arguments, Streams& streams);
Exit runCheck(Arguments arguments, Streams& streams);
Exit runBackup(Arguments arguments, Streams& streams);
Exit runRestore(Arguments arguments, Streams& streams);
Exit runCompact(Arguments arguments, Streams& streams);
Exit runSchema(Arguments arguments, Streams& streams);
Exit runReference(Arguments arguments, Streams& streams);
Exit runShell(Arguments arguments, Streams& streams);

}  // namespace plexus::tools
