// plexus query: statements from an option, a file or standard input; the first that fails ends the run.
#include <fstream>
#include <iostream>
#include <sstream>

#include <fmt/format.h>

#include "core/base/gql_status.h"
#include "core/parse/parser.h"
#include "tools/command/interrupt.h"
#include "tools/command/options.h"
#include "tools/command/parameters.h"
#include "tools/render/result_writer.h"

namespace plexus::tools {
namespace {

struct QueryArguments {
  std::string database, format = "table", parametersFile;
  std::optional<std::string> command, file;
  std::vector<std::string> parameters;
  unsigned repeat = 1;
  bool timing = false, readOnly = false, noSync = false;
  double timeoutSeconds = 0;
  unsigned threads = 0;
  std::size_t memoryMegabytes = 0, cacheMegabytes = 0;
};

void declare(OptionParser& parser, QueryArguments& a) {
  parser.argument("DB", a.database, "the database; `:memory:` for one in memory");
  parser.option("-c,--command", &a.command, "statements to run, separated by `;`");
  parser.hintForStray("statements are given by -c");
  parser.option("-f,--file", &a.file, "a file of statements");
  parser.exclude("--file", "--command");
  parser.option("--param", &a.parameters, "k=LITERAL: a query parameter; what is no literal is a string");
  parser.option("--params", &a.parametersFile, "a file with a JSON object of parameters");
  parser.choice("--format", a.format, "table, csv, tsv, json, jsonl or markdown", formatNames());
  parser.number("--repeat", a.repeat, "run each statement so often; rows are printed once", 1, 1000000);
  parser.flag("--timing", a.timing, "a JSON line a statement on standard error");
  parser.flag("--read-only", a.readOnly, "open beside another process that writes");
  parser.flag("--no-sync", a.noSync, "commits return before they are on disk");
  parser.option("--timeout", &a.timeoutSeconds, "seconds a statement may take");
  parser.option("--threads", &a.threads, "threads a statement may use; 0: all cores");
  parser.option("--memory", &a.memoryMegabytes, "megabytes a statement may hold for sorting, grouping and joining");
  parser.option("--cache", &a.cacheMegabytes, "megabytes of graph data held in memory");
}

std::string readStatements(const QueryArguments& a, std::istream& in) {
  if (a.command) return *a.command;
  std::stringstream text;
  if (!a.file) {
    text << in.rdbuf();
    return text.str();
  }
  std::ifstream stream{*a.file, std::ios::binary};
  if (!stream) throw UsageError{"cannot read " + *a.file};
  text << stream.rdbuf();
  return text.str();
}

DatabaseOptions databaseOptions(const QueryArguments& a) {
  DatabaseOptions options;
  options.readOnly = a.readOnly;
  options.syncCommits = !a.noSync;
  if (a.cacheMegabytes > 0) options.arrayBytes = a.cacheMegabytes << 20;
  return options;
}

void applyOptions(const QueryArguments& a, QueryOptions& options) {
  options.threads = a.threads;
  options.timeout = std::chrono::milliseconds{static_cast<std::int64_t>(a.timeoutSeconds * 1000)};
  options.spillDirectory = std::filesystem::temp_directory_path();
  if (a.memoryMegabytes > 0) options.memoryBytes = a.memoryMegabytes << 20;
}

// One statement of the script: its rows to `out` (the first time), its timings to `err`.
class StatementRun {
 public:
  StatementRun(const QueryArguments& arguments, Connection& connection, const Parameters& parameters, Streams& streams)
      : arguments_{arguments}, connection_{connection}, parameters_{parameters}, streams_{streams} {}

  void run(const std::string& text) {
    std::vector<double> runs;
    Timings first;
    std::uint64_t rows = 0;
    for (unsigned i = 0; i < arguments_.repeat; ++i) {
      Result result = connection_.run(text, parameters_);
      if (i == 0)
        print(result);
      else
        result.drain();
      if (i == 0) first = result.summary().timings;
      runs.push_back(result.summary().timings.runMs);
      rows = result.summary().rows;
    }
    if (arguments_.timing)
      streams_.err << fmt::format("{{\"parse_ms\":{:.4f},\"plan_ms\":{:.4f},\"run_ms\":[{:.4f}],\"rows\":{}}}\n",
                                  first.parseMs, first.planMs, fmt::join(runs, ","), rows);
  }

 private:
  void print(Result& result) {
    if (!result.columns().empty()) {
      const auto writer = makeWriter(*parseFormat(arguments_.format), streams_.out, 0);
      writer->begin(result.columns());
      std::vector<Value> row(result.columns().size());
      while (result.nextRow()) {
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = result.value(i);
        writer->row(row, result.entities());
      }
      writer->end();
    } else {
      result.drain();
    }
    const Summary& summary = result.summary();
    for (const auto& warning : summary.warnings) streams_.err << "warning: " << warning << '\n';
    if (!summary.profile.empty()) streams_.err << summary.profile;
    if (arguments_.format == "table" && summary.counters.any()) streams_.err << summary.counters.text() << '\n';
  }

  const QueryArguments& arguments_;
  Connection& connection_;
  const Parameters& parameters_;
  Streams& streams_;
};

}  // namespace

Exit runQuery(Arguments arguments, Streams& streams) {
  QueryArguments a;
  OptionParser parser{"plexus query", "Runs Cypher statements and prints their rows."};
  declare(parser, a);
  if (const auto done = parser.parse(arguments, streams)) return *done;
  const std::string script = readStatements(a, streams.in);
  const auto database = openDatabase(a.database, databaseOptions(a));
  const auto connection = database->connect();
  applyOptions(a, connection->options());
  Parameters parameters;
  if (!a.parametersFile.empty()) addParametersFromFile(a.parametersFile, parameters);
  for (const auto& assignment : a.parameters) addParameter(*connection, assignment, parameters);
  const InterruptOnSignal interrupt{*connection};
  StatementRun run{a, *connection, parameters, streams};
  for (const Span span : parse::splitStatements(script)) {
    const std::string statement = script.substr(span.begin, span.end - span.begin);
    try {
      run.run(statement);
    } catch (const Error& error) {
      streams.out.flush();
      streams.err << error.render(statement) << '\n' << statusLine(error) << '\n';
      return Exit::kRefused;
    }
  }
  return Exit::kDone;
}

}  // namespace plexus::tools
