// Every query of the openCypher TCK is parsed and bound: exactly those fail that must fail at compile time, with the
// right type and detail. Needs the feature files (PLEXUS_SHARED).
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/function/procedure.h"
#include "tests/core/bind/support.h"
#include "tests/tck/gherkin.h"

namespace plexus::bind::test {
namespace {

using function::ProcedureEntry;

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \r\n\t");
  if (begin == std::string_view::npos) return "";
  return std::string{text.substr(begin, text.find_last_not_of(" \r\n\t") - begin + 1)};
}

Type typeNamed(const std::string& name) {
  static const std::map<std::string, TypeKind> kTypes = {{"STRING?", TypeKind::kString},
                                                         {"INTEGER?", TypeKind::kInteger},
                                                         {"FLOAT?", TypeKind::kFloat},
                                                         {"NUMBER?", TypeKind::kNumber}};
  return kTypes.at(name);
}

// "(a :: STRING?, b :: INTEGER?)" -> names and types.
std::vector<std::pair<std::string, Type>> fields(const std::string& text) {
  std::vector<std::pair<std::string, Type>> found;
  std::istringstream list{text.substr(1, text.rfind(')') - 1)};
  for (std::string field; std::getline(list, field, ',');) {
    const auto colons = field.find("::");
    if (colons == std::string::npos) continue;
    found.emplace_back(trimmed(field.substr(0, colons)), typeNamed(trimmed(field.substr(colons + 2))));
  }
  return found;
}

// "test.my.proc(in :: INTEGER?) :: (out :: STRING?):"
ProcedureEntry procedureOf(const std::string& signature) {
  ProcedureEntry entry;
  const auto open = signature.find('(');
  const auto close = signature.find(')', open);
  entry.name = trimmed(signature.substr(0, open));
  for (auto& [name, type] : fields(signature.substr(open, close - open + 1))) {
    entry.inputs.push_back({name, type, std::nullopt, true});
  }
  const auto outputs = signature.find('(', close);
  if (outputs != std::string::npos) {
    for (auto& [name, type] : fields(signature.substr(outputs))) entry.outputs.push_back({name, type, false});
  }
  return entry;
}

// What a scenario says about its query.
struct Case {
  std::string query;
  std::vector<std::string> setUp;
  std::vector<ProcedureEntry> procedures;
  std::vector<std::string> parameters;
  std::string expected;  // "SyntaxError: Detail" at compile time; "" otherwise
  bool anyTime = false;  // an error at run time would do as well
};

void readExpectation(const std::string& step, Case& scenario) {
  const auto should = step.find(" should be raised at ");
  if (should == std::string::npos) return;
  const auto colon = step.find(": ", should);
  const std::string phase = step.substr(should + 21, colon - should - 21);
  const std::string type = step.substr(step.find(' ') + 1, should - step.find(' ') - 1);
  scenario.anyTime = phase == "any time";
  if (phase == "compile time") scenario.expected = type + ": " + trimmed(step.substr(colon + 2));
}

Case caseOf(const tck::Scenario& scenario) {
  Case result;
  for (const auto& step : scenario.steps) {
    if (step.text.starts_with("executing query") || step.text.starts_with("executing control query")) {
      if (!result.query.empty()) result.setUp.push_back(*step.docString);
      if (result.query.empty()) result.query = *step.docString;
    } else if (step.text.starts_with("having executed")) {
      result.setUp.push_back(*step.docString);
    } else if (step.text.starts_with("there exists a procedure ")) {
      result.procedures.push_back(procedureOf(step.text.substr(25)));
    } else if (step.text.starts_with("parameters are") && step.table) {
      for (const auto& row : *step.table) result.parameters.push_back(row.front());
    } else {
      readExpectation(step.text, result);
    }
  }
  return result;
}

struct Difference {
  std::string scenario, expected, got;
};

std::optional<Difference> check(const tck::Scenario& scenario) {
  const Case expectation = caseOf(scenario);
  BindContext context;
  context.parameters = &expectation.parameters;
  context.findProcedure = [&](std::string_view name) -> const ProcedureEntry* {
    const auto found = std::find_if(expectation.procedures.begin(), expectation.procedures.end(),
                                    [&](const ProcedureEntry& entry) { return entry.name == name; });
    return found == expectation.procedures.end() ? nullptr : &*found;
  };
  for (const auto& query : expectation.setUp) {
    if (const std::string error = errorOf(query, context); !error.empty()) {
      return Difference{scenario.id() + " (set-up or control query)", "", error};
    }
  }
  const std::string error = errorOf(expectation.query, context);
  if (error == expectation.expected || (expectation.anyTime && error.starts_with("TypeError"))) return std::nullopt;
  return Difference{scenario.id(), expectation.expected, error + "   " + messageOf(expectation.query, context)};
}

TEST(TckCompileErrors, exactlyTheExpectedQueriesFail) {
  const char* shared = std::getenv("PLEXUS_SHARED");
  if (shared == nullptr) GTEST_SKIP() << "PLEXUS_SHARED is not set: there are no feature files";
  const auto scenarios = tck::readFeatures(std::filesystem::path{shared} / "tck" / "features");
  std::size_t differences = 0;
  for (const auto& scenario : scenarios) {
    const auto difference = check(scenario);
    if (!difference) continue;
    ++differences;
    ADD_FAILURE() << difference->scenario << "\n  expected: " << difference->expected
                  << "\n  got:      " << difference->got;
  }
  std::cout << scenarios.size() << " scenarios, " << differences << " differences\n";
}

}  // namespace
}  // namespace plexus::bind::test
