// What the registry says of the language, against the engine and against docs/language.md.
#include "core/function/reference.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/api/database.h"
#include "core/function/registry.h"
#include "core/value/print.h"

namespace plexus::test {
namespace {

// The one value that the query gives, or the error's type and detail.
std::string shown(Connection& connection, const std::string& query) {
  try {
    Result result = connection.run(query);
    return result.nextRow() ? toCypherText(result.value(0)) : "no row";
  } catch (const Error& error) {
    return std::string{name(error.type())} + ": " + std::string{error.detail()};
  }
}

TEST(Reference, PageSaysWhatTheRegistrySays) {
  std::ifstream file{PLEXUS_LANGUAGE_PAGE};
  std::stringstream page;
  page << file.rdbuf();
  EXPECT_TRUE(page.str().ends_with("\n" + function::referenceChapter()))
      << "docs/language.md must end with what `plexus reference` prints";
}

TEST(Reference, ExamplesGiveTheirResultsInTheEngine) {
  const auto connection = Database::inMemory()->connect();
  for (const auto* entry : function::functions()) {
    if (entry->example.empty()) continue;
    EXPECT_EQ(entry->result, shown(*connection, "RETURN " + std::string{entry->example} + " AS x")) << entry->example;
  }
  for (const auto* entry : function::operators()) {
    if (entry->example.empty()) continue;
    EXPECT_EQ(entry->result, shown(*connection, "RETURN " + std::string{entry->example} + " AS x")) << entry->example;
  }
  for (const auto& form : function::specialForms()) {
    EXPECT_EQ(form.result, shown(*connection, "RETURN " + std::string{form.example} + " AS x")) << form.example;
  }
  for (const auto* entry : function::aggregates()) {
    EXPECT_EQ(entry->result, shown(*connection, std::string{entry->example})) << entry->example;
  }
}

TEST(Reference, EveryEntryIsDescribed) {
  for (const auto& all : {function::functions(), function::operators()}) {
    for (const auto* entry : all) EXPECT_FALSE(entry->description.empty()) << entry->name;
  }
  for (const auto* entry : function::aggregates()) EXPECT_FALSE(entry->description.empty()) << entry->name;
}

}  // namespace
}  // namespace plexus::test
