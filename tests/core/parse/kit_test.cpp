// Every query of the openCypher TCK and of the corpus of Neo4j's answers must parse, unless the scenario says that it
// does not. The folders are not part of the source tree: PLEXUS_SHARED names the folder that holds tck/ and corpus/.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include <gtest/gtest.h>

#include "tests/core/parse/support.h"

namespace plexus::parse {
namespace {

namespace fs = std::filesystem;

struct Scenario {
  std::string name;
  std::vector<std::string> queries;
  std::string error;  // the line that names the expected error
  std::vector<std::vector<std::string>> examples;
};

std::string trim(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string> cells(const std::string& row) {
  std::vector<std::string> result;
  std::string cell;
  for (std::size_t i = 1; i < row.size(); ++i) {
    if (row[i] == '\\' && i + 1 < row.size()) {
      cell += row[++i];
    } else if (row[i] == '|') {
      result.push_back(trim(cell));
      cell.clear();
    } else {
      cell += row[i];
    }
  }
  return result;
}

std::vector<Scenario> scenarios(const fs::path& feature) {
  std::vector<Scenario> result;
  std::ifstream in{feature};
  bool inText = false;
  bool inExamples = false;
  for (std::string line; std::getline(in, line);) {
    const std::string text = trim(line);
    if (text == "\"\"\"") {
      inText = !inText;
      if (inText) result.back().queries.emplace_back();
    } else if (inText) {
      result.back().queries.back() += line + "\n";
    } else if (text.rfind("Scenario", 0) == 0 || text.rfind("Background", 0) == 0) {
      result.push_back({feature.filename().string() + " " + text, {}, {}, {}});
      inExamples = false;
    } else if (text.find("should be raised at") != std::string::npos) {
      result.back().error = text;
    } else if (text.rfind("Examples:", 0) == 0) {
      inExamples = true;
    } else if (inExamples && !text.empty() && text.front() == '|') {
      result.back().examples.push_back(cells(text));
    }
  }
  return result;
}

std::string replaced(std::string text, const std::vector<std::string>& header, const std::vector<std::string>& row) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string placeholder = "<" + header[i] + ">";
    for (std::size_t at = 0; (at = text.find(placeholder, at)) != std::string::npos; at += row[i].size()) {
      text.replace(at, placeholder.size(), row[i]);
    }
  }
  return text;
}

bool isParsersError(const std::string& error) {
  static const std::regex details{
      "IntegerOverflow|InvalidNumberLiteral|InvalidUnicodeLiteral|InvalidUnicodeCharacter|InvalidRelationshipPattern|"
      "FloatingPointOverflow|UnexpectedSyntax"};
  return std::regex_search(error, details);
}

// A pattern where a value must stand is well-formed; the binder refuses it.
bool isBindersError(const std::string& scenario) {
  static const std::regex names{R"(List6.feature .*\[6\]|Pattern1.feature .*\[(22|23|24)\])"};
  return std::regex_search(scenario, names);
}

void check(const Scenario& scenario, const std::string& query, const std::string& error) {
  const std::string detail = detailOf(query);
  if (isParsersError(error) && !isBindersError(scenario.name)) {
    EXPECT_NE(error.find(": " + detail), std::string::npos) << scenario.name << "\n" << query << detail;
  } else {
    EXPECT_EQ(detail, "accepted") << scenario.name << "\n" << queryTree(query);
  }
}

std::string shared() {
  const char* folder = std::getenv("PLEXUS_SHARED");
  return folder == nullptr ? "" : folder;
}

TEST(Kit, EveryQueryOfTheTckParsesOrFailsAsItSays) {
  if (shared().empty()) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  std::size_t queries = 0;
  for (const auto& entry : fs::recursive_directory_iterator{fs::path{shared()} / "tck/features"}) {
    if (entry.path().extension() != ".feature") continue;
    for (const Scenario& scenario : scenarios(entry.path())) {
      const std::size_t rows = scenario.examples.empty() ? 1 : scenario.examples.size() - 1;
      for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < scenario.queries.size(); ++i, ++queries) {
          const bool last = i + 1 == scenario.queries.size();
          std::string query = scenario.queries[i];
          std::string error = last ? scenario.error : "";
          if (!scenario.examples.empty()) {
            query = replaced(query, scenario.examples[0], scenario.examples[row + 1]);
            error = replaced(error, scenario.examples[0], scenario.examples[row + 1]);
          }
          check(scenario, query, error);
        }
      }
    }
  }
  EXPECT_GT(queries, 3000U);
}

// The JSON string that starts at `at`; a \uXXXX counts as any character.
std::string jsonString(const std::string& text, std::size_t at) {
  std::string result;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] != '\\') {
      result += text[at];
    } else if (const char escaped = text[++at]; escaped == 'u') {
      result += 'x';
      at += 4;
    } else {
      result += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
    }
  }
  return result;
}

// The queries of a file whose cases stand one a line, and whether the case contains an error.
std::vector<std::pair<std::string, bool>> queriesOf(const fs::path& file) {
  const std::string key = "\"query\": \"";
  std::vector<std::pair<std::string, bool>> result;
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);) {
    const bool fails = line.find("\"error\"") != std::string::npos;
    for (std::size_t at = 0; (at = line.find(key, at)) != std::string::npos;) {
      at += key.size();
      result.emplace_back(jsonString(line, at), fails);
    }
  }
  return result;
}

TEST(Kit, EveryQueryThatNeo4jAnsweredParses) {
  if (shared().empty()) GTEST_SKIP() << "PLEXUS_SHARED is not set";
  std::size_t queries = 0;
  for (const auto& entry : fs::directory_iterator{fs::path{shared()} / "corpus"}) {
    if (entry.path().extension() != ".json") continue;
    for (const auto& [query, mayFail] : queriesOf(entry.path())) {
      ++queries;
      if (mayFail) continue;
      EXPECT_EQ(detailOf(query), "accepted") << queryTree(query);
    }
  }
  EXPECT_GT(queries, 250U);
}

}  // namespace
}  // namespace plexus::parse
