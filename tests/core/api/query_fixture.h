// tests/core/api/query_fixture.h: a database in memory, and results as text.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/value/print.h"

namespace plexus {

class QueryTest : public testing::Test {
 protected:
  // Rows in Cypher notation, cells joined by " | ".
  std::vector<std::string> rows(const std::string& text, const Parameters& parameters = {}) {
    Result result = connection_->run(text, parameters);
    std::vector<std::string> lines;
    while (result.nextRow()) {
      std::string line;
      for (std::size_t i = 0; i < result.columns().size(); ++i) {
        line += (i > 0 ? " | " : "") + toCypherText(result.value(i), &result.entities());
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }
  std::vector<std::string> sorted(const std::string& text, const Parameters& parameters = {}) {
    auto lines = rows(text, parameters);
    std::sort(lines.begin(), lines.end());
    return lines;
  }
  // The only cell of the only row.
  std::string one(const std::string& text, const Parameters& parameters = {}) {
    const auto lines = rows(text, parameters);
    EXPECT_EQ(lines.size(), 1U) << text;
    return lines.empty() ? "" : lines.front();
  }
  Summary run(const std::string& text, const Parameters& parameters = {}) {
    Result result = connection_->run(text, parameters);
    result.drain();
    return result.summary();
  }
  // "Type: Detail" of the error that the statement ends in; "" if it ends well.
  std::string error(const std::string& text, const Parameters& parameters = {}) {
    try {
      run(text, parameters);
    } catch (const Error& error) {
      return std::string{name(error.type())} + ": " + std::string{error.detail()};
    }
    return "";
  }

  std::shared_ptr<Database> database_ = Database::inMemory();
  std::unique_ptr<Connection> connection_ = database_->connect();
};

using Lines = std::vector<std::string>;

}  // namespace plexus
