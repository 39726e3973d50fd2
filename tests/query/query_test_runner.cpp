// Runs every *.test file (query_test_file.h), and the examples of docs/language.md, with batches of 2 rows and of the
// usual size, with one worker and with two.
#include <algorithm>
#include <optional>
#include <sstream>

#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/base/gql_status.h"
#include "core/value/print.h"
#include "tests/query/query_test_file.h"

namespace plexus::test {
namespace {

struct Setting {
  std::size_t batchRows;
  unsigned threads;
};
constexpr Setting kMatrix[] = {{2, 1}, {2, 2}, {kBatchRows, 1}, {kBatchRows, 2}};

struct Outcome {
  std::vector<std::string> columns, rows;
  std::vector<std::string> wrongTypes;
};

// The kind's name as GQL has it; lists without their elements'.
bool hasType(const Value& value, const std::string& type) {
  return type.empty() || value.is(ValueKind::kNull) || type == name(value.kind());
}

Outcome run(Connection& connection, const Section& section) {
  Result result = connection.run(section.text);
  Outcome outcome{result.columns(), {}, {}};
  while (result.nextRow()) {
    std::string row;
    for (std::size_t i = 0; i < outcome.columns.size(); ++i) {
      const Value value = result.value(i);
      row += (i == 0 ? "" : " | ") + toCypherText(value, &result.entities());
      if (i < section.types.size() && !hasType(value, section.types[i])) {
        outcome.wrongTypes.push_back(outcome.columns[i] + " is " + std::string{name(value.kind())});
      }
    }
    outcome.rows.push_back(std::move(row));
  }
  return outcome;
}

void checkQuery(Connection& connection, const Section& section) {
  Outcome outcome = run(connection, section);
  if (!section.hasAnswer) return;
  EXPECT_EQ(section.columns, outcome.columns);
  EXPECT_EQ(std::vector<std::string>{}, outcome.wrongTypes);
  std::vector<std::string> expected = section.rows;
  if (!section.ordered) {
    std::sort(expected.begin(), expected.end());
    std::sort(outcome.rows.begin(), outcome.rows.end());
  }
  EXPECT_EQ(expected, outcome.rows);
}

void checkMessage(const Section& section, const std::string& rendered) {
  std::size_t from = 0;
  for (const std::string& line : section.message) {
    const std::size_t found = rendered.find(line, from);
    ASSERT_NE(std::string::npos, found) << "not in the message: " << line << "\n" << rendered;
    from = found + line.size();
  }
}

void checkError(Connection& connection, const Section& section) {
  try {
    run(connection, section);
    FAIL() << "no error was thrown";
  } catch (const Error& error) {
    if (!section.errorType.empty()) {
      EXPECT_EQ(section.errorType, name(error.type())) << error.what();
    }
    if (!section.errorDetail.empty()) {
      EXPECT_EQ(section.errorDetail, error.detail()) << error.what();
    }
    checkMessage(section, error.render(section.text) + "\n" + statusLine(error));
  }
}

void runSection(Connection& connection, const Section& section) {
  switch (section.kind) {
    case Section::Kind::kGraph: {
      std::istringstream statements{section.text};
      for (std::string statement; std::getline(statements, statement, ';');) {
        if (statement.find_first_not_of(" \n") != std::string::npos) connection.run(statement).drain();
      }
      return;
    }
    case Section::Kind::kQuery:
      return checkQuery(connection, section);
    case Section::Kind::kError:
      return checkError(connection, section);
  }
}

void runFile(const std::filesystem::path& path, const Setting& setting) {
  std::unique_ptr<Connection> connection;
  for (const Section& section : path.extension() == ".md" ? readExamples(path) : readTestFile(path)) {
    SCOPED_TRACE(path.string() + ":" + std::to_string(section.line) + " (" + std::to_string(setting.batchRows) +
                 " rows a batch, " + std::to_string(setting.threads) + " threads)\n" + section.text);
    if (!connection || section.kind == Section::Kind::kGraph) {
      connection = Database::inMemory()->connect();
      connection->options().batchRows = setting.batchRows;
      connection->options().threads = setting.threads;
    }
    try {
      runSection(*connection, section);
    } catch (const Error& error) {
      ADD_FAILURE() << error.render(section.text);
    }
  }
}

class QueryTest : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(QueryTest, GivesTheSameUnderEverySetting) {
  for (const Setting& setting : kMatrix) runFile(GetParam(), setting);
}

std::string testName(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = std::filesystem::relative(info.param, PLEXUS_QUERY_TESTS).replace_extension().string();
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Documents, QueryTest, testing::Values(std::filesystem::path{PLEXUS_LANGUAGE_PAGE}), testName);
INSTANTIATE_TEST_SUITE_P(Files, QueryTest, testing::ValuesIn(findTestFiles(PLEXUS_QUERY_TESTS)), testName);

}  // namespace
}  // namespace plexus::test
