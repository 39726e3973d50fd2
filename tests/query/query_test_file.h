// tests/query/query_test_file.h: what a *.test file says.
//
//   # comment
//   graph                       a new database, filled by the statements below (separated by `;`)
//     CREATE (:Drug {name: 'x'})
//
//   query                       `query ordered`: the order of the rows is part of the answer
//     MATCH (d:Drug) RETURN d.name AS name
//   ----
//   name :: STRING              columns, with the type of their values if given; no `----`: rows are not looked at
//   'x'                         cells in Cypher notation, separated by ` | `
//
//   error SyntaxError UndefinedVariable
//     RETURN x
//   ----
//   variable `x` is not defined         lines that the rendered error has, in this order; then `(GQLSTATUS ...)`
//
// Indented lines belong to the statement; a blank line ends a section. `{folder}` in a statement is the folder of the
// file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace plexus::test {

struct Section {
  enum class Kind { kGraph, kQuery, kError } kind = Kind::kQuery;
  std::size_t line = 0;  // of its first line, from 1
  bool ordered = false;
  std::string errorType, errorDetail;
  std::string text;
  bool hasAnswer = false;
  std::vector<std::string> columns, types;  // types: "" where not given
  std::vector<std::string> rows;            // as written, blanks around ` | ` taken off
  std::vector<std::string> message;
};

// Throws std::runtime_error for a file that is not well-formed.
std::vector<Section> readTestFile(const std::filesystem::path& path);

// The examples of a Markdown page: a block ```cypher is a statement; a block ```text right behind it is its answer in
// the form above, a block ```error the lines of its error.
std::vector<Section> readExamples(const std::filesystem::path& path);

// All *.test files under `folder`, sorted.
std::vector<std::filesystem::path> findTestFiles(const std::filesystem::path& folder);

}  // namespace plexus::test
