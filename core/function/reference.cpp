#include "core/function/reference.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/function/procedures.h"
#include "core/function/registry.h"

namespace plexus::function {
namespace {

// Text of a table's cell: no bars, no line ends.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return escaped;
}

std::string code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", cell(text)); }

std::string row(std::string_view signatures, std::string_view description, std::string_view example,
                std::string_view result) {
  const std::string shown = example.empty() ? "" : fmt::format("{} → {}", code(example), code(result));
  return fmt::format("| {} | {} | {} |\n", signatures, cell(description), shown);
}

template <typename Entry>
std::string signaturesOf(const Entry& entry) {
  std::vector<std::string> texts;
  for (const auto& text : signatureTexts(entry)) texts.push_back(code(text));
  return fmt::format("{}", fmt::join(texts, "<br>"));
}

std::string_view nullRule(const FunctionEntry& entry) {
  return entry.nulls == Nulls::kPropagate ? "" : " Takes nulls as values.";
}

std::string table(std::string_view title, const std::string& rows) {
  return fmt::format("\n### {}\n\n| call | meaning | example |\n|---|---|---|\n{}", title, rows);
}

// By category, then by name.
std::string functionTables() {
  std::map<std::string_view, std::map<std::string_view, std::string>> categories;
  for (const auto* entry : functions()) {
    const std::string description = fmt::format("{}{}", entry->description, nullRule(*entry));
    categories[entry->category][entry->name] = row(signaturesOf(*entry), description, entry->example, entry->result);
  }
  for (const auto& form : specialForms()) {
    categories[form.category][form.name] = row(code(form.signature), form.description, form.example, form.result);
  }
  std::string tables;
  for (const auto& [category, rows] : categories) {
    std::string all;
    for (const auto& [name, text] : rows) all += text;
    tables += table(fmt::format("{} functions", category), all);
  }
  return tables;
}

std::string aggregateTable() {
  std::string rows;
  for (const auto* entry : aggregates())
    rows += row(signaturesOf(*entry), entry->description, entry->example, entry->result);
  return table("Aggregates", rows);
}

std::string operatorTable() {
  std::string rows;
  for (const auto* entry : operators()) {
    rows += row(code(entry->name), fmt::format("{}{}", entry->description, nullRule(*entry)), entry->example,
                entry->result);
  }
  return table("Operators", rows);
}

std::string procedureTable() {
  auto all = builtInProcedures();
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::string rows;
  for (const auto& procedure : all)
    rows += fmt::format("| {} | {} |\n", code(procedure.signature()), cell(procedure.description));
  return fmt::format("\n### Procedures\n\n| call | meaning |\n|---|---|\n{}", rows);
}

}  // namespace

std::string referenceChapter() {
  return "## Functions, operators and procedures\n\n"
         "A function of a null is null unless its entry says otherwise. `SHOW FUNCTIONS` and `SHOW PROCEDURES` read "
         "the\n"
         "same registry as this chapter, and a test compares the two.\n" +
         functionTables() + aggregateTable() + operatorTable() + procedureTable();
}

}  // namespace plexus::function
