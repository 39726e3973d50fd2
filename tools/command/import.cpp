// plexus import: files into a database, with progress on a terminal and a report at the end.
#include "import/load/import.h"

#include <atomic>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "import/load/import_arguments.h"
#include "tools/command/command.h"

namespace plexus::tools {
namespace {

std::atomic<bool> interrupted{false};

// While it lives, Ctrl-C is remembered instead of ending the process.
class RememberInterrupt {
 public:
  RememberInterrupt() {
    interrupted = false;
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted = true; };
    sigaction(SIGINT, &action, &previous_);
  }
  ~RememberInterrupt() { sigaction(SIGINT, &previous_, nullptr); }
  RememberInterrupt(const RememberInterrupt&) = delete;
  RememberInterrupt& operator=(const RememberInterrupt&) = delete;

 private:
  struct sigaction previous_ {};
};

// A line that is written over: phase, share, rate, time left.
class TerminalProgress final : public load::Progress {
 public:
  TerminalProgress(std::ostream& err, bool visible) : err_{err}, visible_{visible} {}
  ~TerminalProgress() override { clear(); }

  void update(const load::ProgressState& state) override {
    if (interrupted.load())
      throw Error{ErrorType::kCancelled, Phase::kRuntime, "", "the import was interrupted; nothing was stored"};
    if (!visible_) return;
    err_ << "\r\033[K" << line(state) << std::flush;
    shown_ = true;
  }

  void clear() {
    if (shown_) err_ << "\r\033[K" << std::flush;
  }

 private:
  static std::string line(const load::ProgressState& state) {
    if (state.phase == load::ProgressState::Phase::kWriting)
      return fmt::format("sorting and writing {} nodes, {} relationships ...", state.nodes, state.relationships);
    const double share =
        state.bytesTotal > 0 ? static_cast<double>(state.bytesRead) / static_cast<double>(state.bytesTotal) : 0;
    const double left = share > 0.01 ? state.seconds / share - state.seconds : 0;
    const double rate = state.seconds > 0 ? static_cast<double>(state.nodes + state.relationships) / state.seconds : 0;
    return fmt::format("{:3.0f} %  {} nodes, {} relationships  {:.0f} a second  {:.0f} s left  {}", share * 100,
                       state.nodes, state.relationships, rate, left, state.file);
  }

  std::ostream& err_;
  bool visible_;
  bool shown_ = false;
};

void printReport(const load::ImportReport& report, Streams& streams) {
  for (const auto& [label, count] : report.nodesByLabel) streams.out << fmt::format("{:>12}  :{}\n", count, label);
  for (const auto& [type, count] : report.relationshipsByType)
    streams.out << fmt::format("{:>12}  [:{}]\n", count, type);
  streams.out << fmt::format("{} nodes, {} relationships in {:.2f} s ({:.0f} relationships a second)\n", report.nodes,
                             report.relationships, report.seconds, report.relationshipsPerSecond())
              << std::flush;
  for (const auto& note : report.notes) streams.err << "note: " << note << '\n';
  if (report.rejectedRows == 0) return;
  streams.err << fmt::format("{} left out:\n",
                             report.rejectedRows == 1 ? "1 row was" : fmt::format("{} rows were", report.rejectedRows));
  for (const auto& kind : report.rejected) {
    streams.err << fmt::format("  {} x {}\n", kind.count, kind.kind);
    for (const auto& example : kind.examples)
      streams.err << fmt::format("    {}:{}{}{}: {}\n", example.where.file, example.where.line,
                                 example.where.column.empty() ? "" : ":", example.where.column, example.message);
  }
}

std::string help() {
  return "Usage: plexus import DB --format csv|neo4j|hetionet [options] FILE...\n\n"
         "The whole import is one atomic step: it is there at the end, or nothing is.\n\n" +
         load::importUsage();
}

}  // namespace

Exit runImport(Arguments arguments, Streams& streams) {
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h") {
    (arguments.empty() ? streams.err : streams.out) << help();
    return arguments.empty() ? Exit::kUsage : Exit::kDone;
  }
  load::ImportOptions options;
  try {
    options = load::parseImportArguments(arguments.subspan(1));
  } catch (const Error& error) {
    throw UsageError{error.render("")};
  }
  const RememberInterrupt remember;  // until the database is closed: what is stored by then is reported
  const std::filesystem::path path{arguments[0]};
  const bool isNew = !std::filesystem::exists(path);
  auto database = openDatabase(path);
  TerminalProgress progress{streams.err, isatty(STDERR_FILENO) != 0};
  try {
    const auto report = load::importFiles(database->store(), options, progress);
    progress.clear();
    printReport(report, streams);
  } catch (...) {
    database.reset();
    std::error_code ignored;
    if (isNew) std::filesystem::remove_all(path, ignored);  // made for this import, and empty
    throw;
  }
  return Exit::kDone;
}

}  // namespace plexus::tools
