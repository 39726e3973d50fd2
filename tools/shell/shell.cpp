#include "tools/shell/shell.h"

#include <iostream>

#include <unistd.h>

#include "core/parse/parser.h"
#include "tools/command/options.h"
#include "tools/shell/dot_commands.h"
#include "tools/shell/statement.h"

namespace plexus::tools {
namespace {

bool isBlank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

}  // namespace

Shell::Shell(Database& database, Connection& connection, LineEditor& editor, Streams& streams, bool terminal)
    : state_{connection, database, streams, {}, Format::kTable, terminal, terminal, false}, editor_{editor} {}

Exit Shell::run() {
  std::string text;
  while (!state_.quit && readStatement(text)) {
    if (text[text.find_first_not_of(" \t\r\n")] == '.') {
      editor_.addHistory(text);
      try {
        runDotCommand(state_, text);
      } catch (const Error& error) {
        state_.streams.err << error.render("") << '\n';
      }
      state_.streams.out.flush();
      continue;
    }
    for (const Span span : parse::splitStatements(text)) {
      if (runStatement(state_, text.substr(span.begin, span.end - span.begin))) continue;
      if (!state_.terminal) return Exit::kRefused;
      break;
    }
  }
  return Exit::kDone;
}

bool Shell::readStatement(std::string& text) {
  text.clear();
  std::string line;
  for (;;) {
    const std::string prompt =
        text.empty() ? (state_.connection.inTransaction() ? "plexus*> " : "plexus> ") : "   ...> ";
    switch (editor_.readLine(prompt, line)) {
      case LineEditor::Event::kEnd:
        return !isBlank(text);
      case LineEditor::Event::kInterrupted:
        text.clear();
        state_.streams.out << std::endl;
        continue;
      case LineEditor::Event::kLine:
        break;
    }
    if (text.empty() && isBlank(line)) continue;
    const bool dotCommand = text.empty() && line[line.find_first_not_of(" \t")] == '.';
    text += (text.empty() ? "" : "\n") + line;
    if (dotCommand) return true;
    bool complete = false;
    const auto statements = parse::splitStatements(text, &complete);
    if (complete && !statements.empty()) {
      editor_.addHistory(text);
      return true;
    }
  }
}

Exit runShell(Arguments arguments, Streams& streams) {
  std::string path;
  bool readOnly = false;
  OptionParser parser{"plexus", "The shell. `plexus --help` lists the other commands."};
  parser.argument("DB", path, "the database, made if absent; without it: one in memory", OptionParser::Need::kOptional);
  parser.flag("--read-only", readOnly, "open beside another process that writes");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  DatabaseOptions options;
  options.readOnly = readOnly;
  const auto database = openDatabase(path, options);
  const auto connection = database->connect();
  connection->options().spillDirectory = std::filesystem::temp_directory_path();
  const bool terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  const auto editor =
      terminal ? LineEditor::onTerminal(defaultHistoryFile(),
                                        [&](std::string_view prefix) { return completions(*database, prefix); })
               : LineEditor::onStream(streams.in);
  if (terminal)
    streams.out << "Plexus " PLEXUS_VERSION "; .help lists commands, statements end with `;`\n" << std::flush;
  return Shell{*database, *connection, *editor, streams, terminal}.run();
}

}  // namespace plexus::tools
