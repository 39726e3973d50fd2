// tests/tck/gherkin.h: the part of Gherkin that the openCypher TCK's feature files use.
//
// Features with an optional Background, Scenarios, and Scenario Outlines with one Examples table, which are expanded:
// `<header>` is replaced in names, steps, doc strings and tables. Keywords of steps are dropped (a scenario may start
// with `And`). Doc strings lose the indentation of their opening quotes; cells are trimmed and unescaped (`\\`, `\|`,
// `\n`). A table of a single `|` has one row without cells.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plexus::tck {

using Table = std::vector<std::vector<std::string>>;

struct Step {
  std::string text;  // without keyword, without a trailing blank
  std::optional<std::string> docString;
  std::optional<Table> table;
};

struct Scenario {
  std::string file;         // relative to the features folder
  std::string name;         // "[3] Name", outline placeholders replaced
  std::size_t example = 0;  // row of the Examples table from 1; 0 for a plain scenario
  std::vector<Step> steps;  // the Background's first
  // "clauses/match/Match1.feature | [3] Name | 0": what the list of expected failures has.
  std::string id() const;
};

// All scenarios of a file. Throws std::runtime_error with the line for what is not understood.
std::vector<Scenario> parseFeature(std::string_view text, const std::string& file);

// All .feature files below a folder, by path. Throws if there is none.
std::vector<Scenario> readFeatures(const std::filesystem::path& folder);

}  // namespace plexus::tck
