#include "tools/shell/dot_commands.h"

#include <array>
#include <fstream>
#include <ostream>
#include <sstream>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/parse/parser.h"
#include "tools/command/parameters.h"
#include "tools/command/schema.h"
#include "tools/shell/statement.h"
#include "tools/shell/why.h"

namespace plexus::tools {
namespace {

using Words = std::span<const std::string>;

void help(ShellState& state, Words) {
  for (const DotCommand& command : dotCommands())
    state.streams.out << fmt::format("{:<12} {:<22} {}\n", command.name, command.usage, command.summary);
  state.streams.out
      << "Statements end with `;` and may span lines. Tab completes names. Ctrl-C drops what is typed or\n"
         "ends the running statement, Ctrl-D leaves.\n";
}

void quit(ShellState& state, Words) { state.quit = true; }

void schema(ShellState& state, Words) { state.streams.out << schemaText(state.connection.view()); }

void format(ShellState& state, Words words) {
  if (words.empty()) {
    state.streams.out << formatNames()[static_cast<std::size_t>(state.format)] << '\n';
    return;
  }
  if (const auto format = parseFormat(words[0]))
    state.format = *format;
  else
    state.streams.err << fmt::format("unknown format `{}`; {}\n", words[0],
                                     didYouMean(words[0], formatNames()).empty()
                                         ? fmt::format("one of {}", fmt::join(formatNames(), ", "))
                                         : didYouMean(words[0], formatNames()));
}

void timing(ShellState& state, Words words) {
  state.timing = words.empty() ? !state.timing : words[0] == "on";
  state.streams.out << "timing is " << (state.timing ? "on" : "off") << '\n';
}

void param(ShellState& state, Words words) {
  if (words.empty()) {
    for (const auto& [name, value] : state.parameters)
      state.streams.out << "$" << name << " = " << toCypherText(value) << '\n';
    return;
  }
  const std::string assignment = fmt::format("{}", fmt::join(words, " "));
  try {
    addParameter(state.connection, assignment, state.parameters);
  } catch (const UsageError& error) {
    state.streams.err << error.what() << '\n';
  }
}

void runFile(ShellState& state, Words words) {
  std::ifstream stream{words[0]};
  if (!stream) {
    state.streams.err << "cannot read " << words[0] << '\n';
    return;
  }
  std::stringstream text;
  text << stream.rdbuf();
  const std::string script = text.str();
  for (const Span span : parse::splitStatements(script)) {
    if (!runStatement(state, script.substr(span.begin, span.end - span.begin))) return;
  }
}

void why(ShellState& state, Words words) { tellWhy(state, fmt::format("{}", fmt::join(words, " "))); }

void refresh(ShellState& state, Words) {
  state.streams.out << (state.database.refresh() ? "there is something new\n" : "nothing new\n");
}

constexpr std::array kDotCommands{
    DotCommand{".help", "", "this list", 0, 0, &help},
    DotCommand{".schema", "", "indexes, constraints, labels and relation types", 0, 0, &schema},
    DotCommand{".format", "[NAME]", "table, csv, tsv, json, jsonl or markdown", 0, 1, &format},
    DotCommand{".timing", "[on|off]", "show how long statements take", 0, 1, &timing},
    DotCommand{".param", "[name=LITERAL]", "set a query parameter, or list them", 0, 1000, &param},
    DotCommand{".why", "(a)-[:type]->(b)", "why relationships hold, and who asserts that", 1, 1000, &why},
    DotCommand{".run", "FILE", "run the statements of a file", 1, 1, &runFile},
    DotCommand{".refresh", "", "of a read-only database: see what was committed since", 0, 0, &refresh},
    DotCommand{".quit", "", "leave", 0, 0, &quit},
};

}  // namespace

std::span<const DotCommand> dotCommands() { return kDotCommands; }

void runDotCommand(ShellState& state, const std::string& line) {
  std::istringstream stream{line};
  std::string name;
  stream >> name;
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(std::move(word));
  std::vector<std::string> names;
  for (const DotCommand& command : dotCommands()) {
    names.emplace_back(command.name);
    if (command.name != name) continue;
    if (words.size() < command.minArguments || words.size() > command.maxArguments)
      state.streams.err << "usage: " << command.name << ' ' << command.usage << '\n';
    else
      command.run(state, words);
    return;
  }
  const std::string hint = didYouMean(name, names);
  state.streams.err << fmt::format("unknown command {}; {}\n", name, hint.empty() ? "see .help" : hint);
}

}  // namespace plexus::tools
