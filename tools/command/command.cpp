#include "tools/command/command.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <vector>

#include <fmt/format.h>

#include "core/base/nearest_name.h"

namespace plexus::tools {
namespace {

constexpr std::array kCommands{
    Command{"query", "DB [-c CYPHER | -f FILE] [--param k=LITERAL]... [--format F]",
            "run statements; from standard input without -c or -f", &runQuery},
    Command{"import", "DB --format csv|neo4j|hetionet [options] FILE...", "load files in one atomic step", &runImport},
    Command{"demo", "DB", "build the leiomyosarcoma sample", &runDemo},
    Command{"info", "DB", "counts by label and type, size on disk, versions", &runInfo},
    Command{"check", "DB", "verify checksums and every invariant of the files", &runCheck},
    Command{"backup", "DB DIRECTORY", "a consistent copy", &runBackup},
    Command{"restore", "DIRECTORY DB", "a database from a backup", &runRestore},
    Command{"compact", "DB", "merge pending updates and recompress", &runCompact},
    Command{"schema", "DB [--profile NAME]",
            "types, indexes and constraints as a script; or declares a ready vocabulary", &runSchema},
    Command{"reference", "", "functions, operators and procedures of the language, as Markdown", &runReference},
};

std::string usage() {
  std::string text =
      "Plexus: an embedded knowledge-graph store that speaks Cypher\n\n"
      "  plexus [DB]                shell on a database (made if absent; without DB: in memory)\n";
  for (const Command& command : kCommands)
    text += fmt::format("  plexus {:<9} {}\n{:28}{}\n", command.name, command.usage, "", command.summary);
  text +=
      "\n  plexus COMMAND --help      the options of a command\n"
      "  plexus --version\n\n"
      "Exit status: 0 done, 1 the query or the data was refused, 2 wrong usage, 3 the database cannot be opened.\n";
  return text;
}

Exit dispatch(Arguments arguments, Streams& streams) {
  if (!arguments.empty() && (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help")) {
    streams.out << usage();
    return Exit::kDone;
  }
  if (!arguments.empty() && arguments[0] == "--version") {
    streams.out << "plexus " PLEXUS_VERSION "\n";
    return Exit::kDone;
  }
  if (!arguments.empty()) {
    for (const Command& command : kCommands)
      if (command.name == arguments[0]) return command.run(arguments.subspan(1), streams);
  }
  return runShell(arguments, streams);
}

std::shared_ptr<Database> open(const std::string& path, const DatabaseOptions& options) {
  try {
    if (path.empty() || path == ":memory:") return Database::inMemory(options);
    return Database::open(path, options);
  } catch (const Error& error) {
    throw OpenError{error.render("")};
  }
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

std::shared_ptr<Database> openDatabase(const std::string& path, DatabaseOptions options) { return open(path, options); }

std::shared_ptr<Database> openExisting(const std::string& path, DatabaseOptions options) {
  options.createIfMissing = false;
  return open(path, options);
}

Exit runCommandLine(Arguments arguments, Streams& streams) {
  try {
    return dispatch(arguments, streams);
  } catch (const UsageError& error) {
    streams.err << error.what() << '\n';
    return Exit::kUsage;
  } catch (const OpenError& error) {
    streams.err << error.what() << '\n';
    return Exit::kCannotOpen;
  } catch (const Error& error) {
    streams.err << error.render("") << '\n';
    return Exit::kRefused;
  } catch (const std::exception& error) {
    streams.err << "internal error: " << error.what() << '\n';
    return Exit::kRefused;
  }
}

}  // namespace plexus::tools
