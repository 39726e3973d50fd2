// plexus check, backup, restore, compact: the care of a database directory.
#include <ostream>

#include <fmt/format.h>

#include "tools/command/options.h"

namespace plexus::tools {
namespace {

namespace fs = std::filesystem;

// The copy is there whole or not at all: it gets its name when it is complete.
void copyWhole(const fs::path& from, const fs::path& to) {
  fs::path partial = to;
  partial += ".partial";
  fs::remove_all(partial);  // of a copy that was killed
  try {
    fs::copy(from, partial, fs::copy_options::recursive);
    fs::rename(partial, to);
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(partial, ignored);
    throw;
  }
}

[[noreturn]] void refuse(const std::string& message) { throw Error{ErrorType::kIoError, Phase::kRuntime, "", message}; }

}  // namespace

Exit runCheck(Arguments arguments, Streams& streams) {
  std::string path;
  CLI::App app{"Verifies checksums and every invariant of the files; a line a finding.", "plexus check"};
  app.add_option("DB", path, "the database")->required();
  if (const auto done = parseOptions(app, arguments, streams)) return *done;
  const auto database = openExisting(path);
  const bool sound = database->store().check([&](const std::string& finding) { streams.out << finding << '\n'; });
  streams.out << (sound ? "no findings\n" : "");
  return sound ? Exit::kDone : Exit::kRefused;
}

Exit runBackup(Arguments arguments, Streams& streams) {
  std::string path, directory;
  CLI::App app{"Makes a consistent copy of a database.", "plexus backup"};
  app.add_option("DB", path, "the database")->required();
  app.add_option("DIRECTORY", directory, "a new directory for the copy")->required();
  if (const auto done = parseOptions(app, arguments, streams)) return *done;
  if (fs::exists(directory)) refuse(directory + " exists already; a backup goes into a new directory");
  openExisting(path)->store().backup(directory);
  return Exit::kDone;
}

Exit runRestore(Arguments arguments, Streams& streams) {
  std::string directory, path;
  CLI::App app{"Makes a database from a backup.", "plexus restore"};
  app.add_option("DIRECTORY", directory, "the backup")->required();
  app.add_option("DB", path, "a new database")->required();
  if (const auto done = parseOptions(app, arguments, streams)) return *done;
  if (fs::exists(path)) refuse(path + " exists already; a backup is restored into a new database");
  DatabaseOptions options;
  options.readOnly = true;
  openExisting(directory, options);  // refuses what is not a database before anything is copied
  copyWhole(directory, path);
  openExisting(path);
  return Exit::kDone;
}

Exit runCompact(Arguments arguments, Streams& streams) {
  std::string path;
  CLI::App app{"Merges pending updates and recompresses.", "plexus compact"};
  app.add_option("DB", path, "the database")->required();
  if (const auto done = parseOptions(app, arguments, streams)) return *done;
  const auto database = openExisting(path);
  database->store().compact();
  streams.out << fmt::format("{:.1f} MB on disk\n", static_cast<double>(database->store().info().diskBytes) / 1e6);
  return Exit::kDone;
}

}  // namespace plexus::tools
