#include <algorithm>
#include <array>
#include <cctype>

#include "core/catalog/catalog.h"
#include "tools/shell/dot_commands.h"
#include "tools/shell/shell.h"

namespace plexus::tools {
namespace {

constexpr std::array kKeywords{
    "ALL",        "AND",      "AS",       "ASC",     "BEGIN",    "BY",     "CALL",     "CASE",     "COLLECT", "COMMIT",
    "CONSTRAINT", "CONTAINS", "COUNT",    "CREATE",  "DELETE",   "DESC",   "DETACH",   "DISTINCT", "DROP",    "ELSE",
    "END",        "ENDS",     "EXISTS",   "EXPLAIN", "FALSE",    "FINISH", "FOREACH",  "IN",       "INDEX",   "IS",
    "LIMIT",      "LOAD",     "MATCH",    "MERGE",   "NOT",      "NULL",   "OPTIONAL", "OR",       "ORDER",   "PROFILE",
    "REMOVE",     "RETURN",   "ROLLBACK", "SET",     "SHORTEST", "SHOW",   "SKIP",     "STARTS",   "THEN",    "TRUE",
    "UNION",      "UNWIND",   "WHEN",     "WHERE",   "WITH",     "XOR",    "YIELD"};

bool startsWithIgnoringCase(std::string_view word, std::string_view prefix) {
  return word.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), word.begin(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
         });
}

}  // namespace

std::vector<std::string> completions(const Database& database, std::string_view prefix) {
  std::vector<std::string> words;
  const auto offer = [&](std::string_view before, std::string_view word) {
    if (startsWithIgnoringCase(word, prefix.substr(before.size())))
      words.push_back(std::string{before} + std::string{word});
  };
  if (prefix.starts_with('.')) {
    for (const DotCommand& command : dotCommands()) offer("", command.name);
    return words;
  }
  const auto view = database.snapshot();
  const auto& catalog = catalog::Catalog::of(view);
  if (const auto colon = prefix.rfind(':'); colon != std::string_view::npos) {
    for (const auto& label : catalog.labels.names()) offer(prefix.substr(0, colon + 1), label);
    for (const auto& type : catalog.relTypes.names()) offer(prefix.substr(0, colon + 1), type);
    return words;
  }
  if (const auto dot = prefix.rfind('.'); dot != std::string_view::npos) {
    for (const auto& key : catalog.propertyKeys.names()) offer(prefix.substr(0, dot + 1), key);
    return words;
  }
  for (const auto* keyword : kKeywords) offer("", keyword);
  return words;
}

}  // namespace plexus::tools
