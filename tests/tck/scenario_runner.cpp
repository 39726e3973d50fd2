#include "tests/tck/scenario_runner.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "core/api/database.h"
#include "core/parse/parser.h"
#include "tests/tck/graph_state.h"
#include "tests/tck/notation.h"
#include "tests/tck/procedure_table.h"

namespace plexus::tck {
namespace {

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Raised {
  std::string type, detail, message;
  Phase phase;
};

// What a query gave; rows are kept as values, since nodes are shown as the query saw them.
struct Outcome {
  std::vector<std::string> columns;
  std::optional<Result> result;
  std::vector<std::vector<Value>> rows;
  std::optional<Raised> error;
};

std::string readFile(const std::filesystem::path& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) throw Failure{"cannot read " + path.string()};
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string showRows(const std::vector<std::string>& rows) {
  std::string text;
  for (const auto& row : rows) text += "\n    " + row;
  return rows.empty() ? "\n    (no rows)" : text;
}

class ScenarioRun {
 public:
  explicit ScenarioRun(const Settings& settings) : settings_{settings} {}

  void step(const Step& step) {
    const std::string& text = step.text;
    if (text == "any graph" || text == "an empty graph") return open();
    if (takeMatch(text, R"(the ([\w-]+) graph)")) return loadGraph(match_[1]);
    if (text == "having executed:") return setUp(docString(step));
    if (text == "parameters are:") return setParameters(table(step));
    if (takeMatch(text, R"(there exists a procedure (.*):)"))
      return database_->registerProcedure(tableProcedure(match_[1].str(), table(step)));
    if (text == "executing query:" || text == "executing control query:") return execute(docString(step));
    if (text == "no side effects") return checkSideEffects({});
    if (text == "the side effects should be:") return checkSideEffects(expectedEffects(table(step)));
    if (text == "the result should be empty") return checkEmpty();
    if (takeMatch(text,
                  R"(the result should be(, in any order|, in order)?(?: \((ignoring element order for lists)\))?:)"))
      return checkRows(table(step), match_[1] == ", in order", match_[2].matched);
    if (takeMatch(text, R"(an? (\w+) should be raised at ([a-z ]+): (\S+))"))
      return checkError(match_[1], match_[2], match_[3]);
    throw Failure{"unknown step: " + text};
  }

 private:
  bool takeMatch(const std::string& text, const char* pattern) {
    matched_ = text;  // the sub-matches point into it
    return std::regex_match(matched_, match_, std::regex{pattern});
  }
  static const std::string& docString(const Step& step) {
    if (!step.docString) throw Failure{"the step has no text: " + step.text};
    return *step.docString;
  }
  static const Table& table(const Step& step) {
    if (!step.table) throw Failure{"the step has no table: " + step.text};
    return *step.table;
  }

  void open() {
    database_ = Database::inMemory();
    connection_ = database_->connect();
    connection_->options().threads = settings_.threads;
    if (settings_.batchRows > 0) connection_->options().batchRows = settings_.batchRows;
  }

  void loadGraph(const std::string& name) {
    open();
    setUp(readFile(settings_.graphs / name / (name + ".cypher")));
  }

  void setUp(const std::string& script) {
    for (const Span span : parse::splitStatements(script)) {
      try {
        connection_->run(script.substr(span.begin, span.end - span.begin)).drain();
      } catch (const Error& error) {
        throw Failure{"set-up failed: " + std::string{error.what()}};
      }
    }
  }

  void setParameters(const Table& table) {
    for (const auto& row : table) parameters_[row.at(0)] = parseValue(row.at(1));
  }

  void execute(const std::string& query) {
    before_ = GraphState::of(connection_->view());
    outcome_ = {};
    try {
      outcome_.result.emplace(connection_->run(query, parameters_));
      outcome_.columns = outcome_.result->columns();
      outcome_.rows = outcome_.result->rows();
    } catch (const Error& error) {
      outcome_.error =
          Raised{std::string{name(error.type())}, std::string{error.detail()}, error.what(), error.phase()};
    }
    after_ = GraphState::of(connection_->view());
    if (outcome_.error && !(before_ == after_)) throw Failure{"the graph changed although the query failed"};
  }

  void requireResult() const {
    if (!outcome_.error) return;
    throw Failure{"raised " + outcome_.error->type + ": " + outcome_.error->detail + ": " + outcome_.error->message};
  }

  void checkEmpty() const {
    requireResult();
    if (!outcome_.rows.empty()) throw Failure{"expected no rows, got " + std::to_string(outcome_.rows.size())};
  }

  void checkRows(const Table& expected, bool ordered, bool anyListOrder) const {
    requireResult();
    if (outcome_.columns != expected.at(0))
      throw Failure{"columns differ: expected" + showRows(expected[0]) + "\n  got" + showRows(outcome_.columns)};
    auto wanted = canonicalRows(expected, anyListOrder);
    auto got = canonicalRows(anyListOrder);
    if (!ordered) {
      std::sort(wanted.begin(), wanted.end());
      std::sort(got.begin(), got.end());
    }
    if (wanted != got) throw Failure{"rows differ: expected" + showRows(wanted) + "\n  got" + showRows(got)};
  }

  static std::vector<std::string> canonicalRows(const Table& table, bool anyListOrder) {
    std::vector<std::string> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
      rows.emplace_back();
      for (const auto& cell : table[i]) rows.back() += canonicalCell(cell, anyListOrder) + " | ";
    }
    return rows;
  }

  std::vector<std::string> canonicalRows(bool anyListOrder) const {
    std::vector<std::string> rows;
    for (const auto& row : outcome_.rows) {
      rows.emplace_back();
      for (const Value& value : row)
        rows.back() += canonicalValue(value, outcome_.result->entities(), anyListOrder) + " | ";
    }
    return rows;
  }

  static std::map<std::string, std::size_t> expectedEffects(const Table& table) {
    std::map<std::string, std::size_t> effects;
    for (const auto& row : table)
      if (const auto count = std::stoul(row.at(1))) effects[row.at(0)] = count;
    return effects;
  }

  void checkSideEffects(const std::map<std::string, std::size_t>& expected) const {
    requireResult();
    const auto got = sideEffects(before_, after_);
    if (got == expected) return;
    std::string text = "side effects differ: got";
    for (const auto& [what, count] : got) text += " " + what + " " + std::to_string(count);
    throw Failure{text};
  }

  void checkError(const std::string& type, const std::string& phase, const std::string& detail) const {
    if (!outcome_.error) throw Failure{"expected " + type + ": " + detail + ", but the query succeeded"};
    const Raised& error = *outcome_.error;
    const bool phaseMatches = phase == "any time" || (phase == "compile time") == (error.phase == Phase::kCompile);
    if (error.type == type && phaseMatches && (detail == "*" || error.detail == detail)) return;
    throw Failure{"expected " + type + " at " + phase + ": " + detail + ", got " + error.type + " at " +
                  (error.phase == Phase::kCompile ? "compile time: " : "runtime: ") + error.detail + ": " +
                  error.message};
  }

  const Settings& settings_;
  std::string matched_;
  std::smatch match_;
  std::shared_ptr<Database> database_;
  std::unique_ptr<Connection> connection_;
  Parameters parameters_;
  GraphState before_, after_;
  Outcome outcome_;
};

}  // namespace

std::optional<std::string> runScenario(const Scenario& scenario, const Settings& settings) {
  try {
    ScenarioRun run{settings};
    bool executed = false;
    for (const Step& step : scenario.steps) {
      executed = executed || step.text == "executing query:";
      run.step(step);
    }
    if (!executed) return "the scenario executes no query";
    return std::nullopt;
  } catch (const Error& error) {
    return "unexpected " + std::string{name(error.type())} + ": " + error.what();
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace plexus::tck
