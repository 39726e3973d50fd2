// Runs those scenarios of the openCypher TCK's expression features that need no graph: [WITH ... AS x] RETURN ... with
// a table of expected rows. PLEXUS_SHARED names the directory that has tck/.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include <gtest/gtest.h>

#include "core/value/compare.h"
#include "core/value/print.h"
#include "tests/core/function/evaluate.h"

namespace plexus::function::test {
namespace {

using Row = std::vector<std::string>;

std::string trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return std::string{text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1)};
}

Row cells(std::string_view line) {
  Row row;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      cell += line[++i];
    } else if (line[i] == '|') {
      row.push_back(trim(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return row;
}

struct Scenario {
  std::string name, query;
  std::vector<Row> expected, examples;
  bool simple = true;  // one query, nothing executed before, a table as the result
};

std::vector<Scenario> read(const std::filesystem::path& file) {
  std::vector<Scenario> scenarios;
  std::ifstream in{file};
  enum { kNone, kQuery, kExpected, kExamples, kOther } part = kNone;
  bool quoted = false;
  for (std::string raw; std::getline(in, raw);) {
    const std::string line = trim(raw);
    if (line == "\"\"\"") {
      quoted = !quoted;
    } else if (quoted) {
      if (part == kQuery) scenarios.back().query += line + " ";
    } else if (line.starts_with("Scenario")) {
      scenarios.push_back({line, {}, {}, {}});
      part = kNone;
    } else if (scenarios.empty() || line.starts_with("#")) {
      continue;
    } else if (line.starts_with("|")) {
      if (part == kExpected) scenarios.back().expected.push_back(cells(line));
      if (part == kExamples) scenarios.back().examples.push_back(cells(line));
    } else if (line.find("executing query") != std::string::npos) {
      part = kQuery;
    } else if (line.find("result should be") != std::string::npos) {
      part = kExpected;
    } else if (line.starts_with("Examples")) {
      part = kExamples;
    } else if (line.find("having executed") != std::string::npos ||
               line.find("should be raised") != std::string::npos || line.find("parameters are") != std::string::npos) {
      scenarios.back().simple = false;
      part = kOther;
    }
  }
  return scenarios;
}

std::string substitute(std::string text, const Row& header, const Row& values) {
  for (std::size_t i = 0; i < header.size() && i < values.size(); ++i) {
    const std::string key = "<" + header[i] + ">";
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + values[i].size())) {
      text.replace(at, key.size(), values[i]);
    }
  }
  return text;
}

// "a AS x, f(b, c)" at its top-level commas: expression and name.
std::vector<std::pair<std::string, std::string>> items(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> result;
  int depth = 0;
  bool quoted = false;
  std::string item;
  const auto finish = [&] {
    const auto as = item.rfind(" AS ");
    const std::string name = as == std::string::npos ? trim(item) : trim(item.substr(as + 4));
    result.emplace_back(trim(item.substr(0, as)), name);
    item.clear();
  };
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && (c == '(' || c == '[' || c == '{')) ++depth;
    if (!quoted && (c == ')' || c == ']' || c == '}')) --depth;
    if (!quoted && depth == 0 && c == ',') {
      finish();
    } else {
      item += c;
    }
  }
  finish();
  return result;
}

// Clauses that the runner reads; anything else makes a scenario one for the whole engine.
bool isPlain(const std::string& query) {
  for (const char* word :
       {"MATCH",  "UNWIND", "CREATE", "WHERE", "ORDER", "CASE",    " | ",      "count(", "collect(", "CALL",
        "rand()", "$",      "all(",   "any(",  "none(", "single(", "DISTINCT", " SKIP",  "LIMIT",    "UNION"}) {
    if (query.find(word) != std::string::npos) return false;
  }
  return query.starts_with("WITH ") || query.starts_with("RETURN ");
}

Row run(const std::string& query) {
  Variables variables;
  std::string rest = query;
  while (rest.starts_with("WITH ")) {
    auto end = std::min(rest.find(" WITH ", 5), rest.find(" RETURN ", 5));
    Variables next;
    for (const auto& [expression, name] : items(rest.substr(5, end - 5))) next[name] = evaluate(expression, variables);
    variables = std::move(next);
    rest = rest.substr(end + 1);
  }
  Row row;
  for (const auto& [expression, name] : items(rest.substr(7))) row.push_back(shown(expression, variables));
  return row;
}

// Temporal values are expected as quoted text.
bool matches(const std::string& actual, const std::string& expected) {
  if (actual == expected) return true;
  const std::string bare =
      expected.size() > 1 && expected[0] == '\'' ? expected.substr(1, expected.size() - 2) : expected;
  if (actual == bare) return true;
  try {
    return equivalent(evaluate(actual), evaluate(expected));
  } catch (const std::exception&) {
    return false;
  }
}

TEST(TckExpressions, GiveTheExpectedValues) {
  const char* shared = std::getenv("PLEXUS_SHARED");
  if (!shared) GTEST_SKIP() << "PLEXUS_SHARED does not name a directory with the openCypher TCK";
  int run_ = 0, skipped = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator{std::filesystem::path{shared} / "tck/features/expressions"}) {
    // Literals are a matter of the parser.
    if (entry.path().extension() != ".feature" || entry.path().parent_path().filename() == "literals") continue;
    for (const Scenario& scenario : read(entry.path())) {
      const std::size_t rows = scenario.examples.empty() ? 2 : scenario.examples.size();
      for (std::size_t i = 1; i < rows; ++i) {
        const Row header = scenario.examples.empty() ? Row{} : scenario.examples[0];
        const Row values = scenario.examples.empty() ? Row{} : scenario.examples[i];
        const std::string query = substitute(scenario.query, header, values);
        if (!scenario.simple || !isPlain(query) || scenario.expected.size() != 2) {
          ++skipped;
          continue;
        }
        SCOPED_TRACE(entry.path().filename().string() + " " + scenario.name + "\n" + query);
        ++run_;
        try {
          const Row actual = run(query);
          ASSERT_EQ(actual.size(), scenario.expected[1].size());
          for (std::size_t c = 0; c < actual.size(); ++c) {
            const std::string expected = substitute(scenario.expected[1][c], header, values);
            EXPECT_TRUE(matches(actual[c], expected)) << "got " << actual[c] << ", not " << expected;
          }
        } catch (const std::exception& error) {
          ADD_FAILURE() << error.what();
        }
      }
    }
  }
  RecordProperty("run", run_);
  RecordProperty("needTheEngine", skipped);
  EXPECT_GT(run_, 900);
}

}  // namespace
}  // namespace plexus::function::test
