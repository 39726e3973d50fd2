// corpus_runner DIR [--differences FILE]: queries with the answers of another engine (DIR/*.json, DIR/graphs,
// DIR/files).
//
// Each case starts from a freshly built graph; columns, rows and whether a statement fails are compared. FILE lists the
// ids of cases whose answers differ on purpose (docs/language.md says why). Closes with `N passed, N failed`; exits
// with 1 if a case outside the list fails or one inside it passes.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "core/parse/parser.h"
#include "tests/corpus/encoding.h"
#include "tests/tck/isolated_run.h"

namespace {

using plexus::Connection;
using plexus::Database;
using plexus::Error;
using plexus::Parameters;
using plexus::Result;
using plexus::Span;
using plexus::Value;
using simdjson::dom::array;
using simdjson::dom::element;

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string readFile(const std::filesystem::path& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) throw Failure{"cannot read " + path.string()};
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

void runScript(Connection& connection, const std::string& script) {
  for (const Span span : plexus::parse::splitStatements(script))
    connection.run(script.substr(span.begin, span.end - span.begin)).drain();
}

bool flag(const element& json, const char* key) {
  bool value = false;
  return json[key].get(value) == simdjson::SUCCESS && value;
}

class CaseRun {
 public:
  CaseRun(const element& json, const std::filesystem::path& folder)
      : json_{json}, folder_{folder}, database_{Database::inMemory()}, connection_{database_->connect()} {}

  void run() {
    const std::string graph{std::string_view{json_["graph"]}};
    runScript(*connection_, readFile(folder_ / "graphs" / (graph + ".cypher")));
    element setup, steps;
    if (json_["setup"].get(setup) == simdjson::SUCCESS)
      for (const auto statement : array{setup}) connection_->run(std::string_view{statement}).drain();
    if (json_["steps"].get(steps) != simdjson::SUCCESS) return step(json_);
    for (const auto each : array{steps}) step(each);
  }

 private:
  void step(const element& json) {
    std::string_view command;
    if (json["tx"].get(command) == simdjson::SUCCESS) {
      connection_->run(command == "begin" ? "BEGIN" : command == "commit" ? "COMMIT" : "ROLLBACK");
      return;
    }
    Parameters parameters;
    element given;
    if (json["params"].get(given) == simdjson::SUCCESS)
      for (const auto& [key, value] : simdjson::dom::object{given})
        parameters[std::string{key}] = plexus::corpus::decode(value, *connection_);
    element error;
    const bool mustFail = json["error"].get(error) == simdjson::SUCCESS;
    const std::string query = withFiles(std::string{std::string_view{json["query"]}});
    try {
      Result result = connection_->run(query, parameters);
      compare(json, result, mustFail);
    } catch (const Error& e) {
      if (!mustFail) throw Failure{query + "\n    raised " + std::string{name(e.type())} + ": " + e.what()};
    }
  }

  // LOAD CSV's import folder is DIR/files.
  std::string withFiles(std::string query) const {
    const std::string from = "file:///";
    const std::string to = "file://" + std::filesystem::absolute(folder_ / "files").string() + "/";
    for (auto at = query.find(from); at != std::string::npos; at = query.find(from, at + to.size()))
      query.replace(at, from.size(), to);
    return query;
  }

  void compare(const element& json, Result& result, bool mustFail) const {
    const auto rows = result.rows();
    if (mustFail) throw Failure{"should have failed: " + std::string{std::string_view{json["query"]}}};
    const bool anyListOrder = flag(json, "any_list_order") || flag(json_, "any_list_order");
    std::vector<std::string> columns, wanted, got;
    element list;
    if (json["columns"].get(list) == simdjson::SUCCESS)
      for (const auto column : array{list}) columns.emplace_back(std::string_view{column});
    if (columns != result.columns())
      throw Failure{fmt::format("columns differ: expected {}, got {}", fmt::join(columns, ", "),
                                fmt::join(result.columns(), ", "))};
    if (json["rows"].get(list) == simdjson::SUCCESS)
      for (const auto row : array{list}) wanted.push_back(plexus::corpus::canonicalJson(row, anyListOrder));
    for (const auto& row : rows)
      got.push_back(plexus::corpus::canonicalValue(Value{plexus::List(row)}, result.entities(), anyListOrder));
    if (!flag(json, "ordered")) {
      std::sort(wanted.begin(), wanted.end());
      std::sort(got.begin(), got.end());
    }
    if (wanted != got)
      throw Failure{fmt::format("{}\n  expected\n    {}\n  got\n    {}", std::string_view{json["query"]},
                                fmt::join(wanted, "\n    "), fmt::join(got, "\n    "))};
  }

  element json_;
  std::filesystem::path folder_;
  std::shared_ptr<Database> database_;
  std::unique_ptr<Connection> connection_;
};

std::set<std::string> readList(const std::string& file) {
  std::set<std::string> ids;
  std::istringstream stream{file.empty() ? std::string{} : readFile(file)};
  for (std::string line; std::getline(stream, line);)
    if (!line.empty() && line[0] != '#') ids.insert(line.substr(0, line.find(' ')));
  return ids;
}

int runAll(const std::filesystem::path& folder, const std::string& differences, const std::string& only,
           unsigned jobs) {
  std::vector<simdjson::dom::parser> parsers(100);
  std::vector<element> cases;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator{folder})
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  if (files.empty() || files.size() > parsers.size()) throw Failure{"no usable corpus in " + folder.string()};
  for (std::size_t i = 0; i < files.size(); ++i)
    for (const auto json : array{parsers[i].load(files[i].string())})
      if (only.empty() || std::string_view{json["id"]}.starts_with(only)) cases.push_back(json);
  const auto expected = readList(differences);
  const auto verdicts = plexus::tck::runIsolated(cases.size(), jobs, std::chrono::seconds{60},
                                                 [&](std::size_t i) -> std::optional<std::string> {
                                                   try {
                                                     CaseRun{cases[i], folder}.run();
                                                     return std::nullopt;
                                                   } catch (const Error& error) {
                                                     return std::string{name(error.type())} + ": " + error.what();
                                                   } catch (const std::exception& error) {
                                                     return error.what();
                                                   }
                                                 });
  std::size_t passed = 0, surprises = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const std::string id{std::string_view{cases[i]["id"]}};
    passed += verdicts[i].passed ? 1 : 0;
    if (verdicts[i].passed != expected.contains(id)) continue;
    ++surprises;
    std::cout << (verdicts[i].passed ? "PASSED, but is listed as different: " : "FAILED: ") << id << "\n  "
              << verdicts[i].message << '\n';
  }
  std::cout << passed << " passed, " << cases.size() - passed << " failed" << std::endl;
  return surprises == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string folder, differences, only;
  unsigned jobs = 2;
  CLI::App app{"Runs a corpus of queries with known answers."};
  app.add_option("DIR", folder)->required();
  app.add_option("--differences", differences, "ids of cases that differ on purpose, one a line");
  app.add_option("--only", only, "cases whose id begins so");
  app.add_option("--jobs", jobs, "processes");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    return runAll(folder, differences, only, jobs);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
