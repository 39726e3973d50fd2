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
  OptionParser parser{"plexus check", "Verifies checksums and every invariant of the files; a line a finding."};
  parser.argument("DB", path, "the database");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  const auto database = openExisting(path);
  const bool sound = database->store().check([&](const std::string& finding) { streams.out << finding << '\n'; });
  streams.out << (sound ? "no findings\n" : "");
  return sound ? Exit::kDone : Exit::kRefused;
}

Exit runBackup(Arguments arguments, Streams& streams) {
  std::string path, directory;
  OptionParser parser{"plexus backup", "Makes a consistent copy of a database."};
  parser.argument("DB", path, "the database");
  parser.argument("DIRECTORY", directory, "a new directory for the copy");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  if (fs::exists(directory)) refuse(directory + " exists already; a backup goes into a new directory");
  openExisting(path)->store().backup(directory);
  return Exit::kDone;
}

Exit runRestore(Arguments arguments, Streams& streams) {
  std::string directory, path;
  OptionParser parser{"plexus restore", "Makes a database from a backup."};
  parser.argument("DIRECTORY", directory, "the backup");
  parser.argument("DB", path, "a new database");
  if (const auto done = parser.parse(arguments, streams)) return *done;
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
  OptionParser parser{"plexus compact", "Merges pending updates and recompresses."};
  parser.argument("DB", path, "the database");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  const auto database = openExisting(path);
  database->store().compact();
  streams.out << fmt::format("{:.1f} MB on disk\n", static_cast<double>(database->store().info().diskBytes) / 1e6);
  return Exit::kDone;
}

}  // namespace plexus::tools
