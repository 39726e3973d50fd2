#include "core/parse/foreign_syntax.h"

#include <algorithm>
#include <string>

namespace plexus::parse {
namespace {

struct Habit {
  std::string_view wrong;   // in upper case
  std::string_view before;  // how the text before ends, without blanks; "" for anything, "^" for nothing
  std::string_view hint;
};

constexpr Habit kHabits[] = {
    {"=", "=", "equality is written with a single `=`"},
    {"&", "", "write AND"},
    {"NOT", "", "NOT stands before the whole condition: NOT x IN list"},
    {"|", "|", "write OR"},
    {">", ")-", "a relationship is written --> or -[:TYPE]->"},
    {"LIKE", "", "write STARTS WITH, ENDS WITH, CONTAINS, or =~ with a regular expression"},
    {"ILIKE", "", "write =~ with a regular expression that starts with (?i)"},
    {"BETWEEN", "", "write a <= x <= b"},
    {"SELECT", "", "a query is written MATCH pattern WHERE condition RETURN columns"},
    {"FROM", "", "a query is written MATCH pattern WHERE condition RETURN columns"},
    {"GROUP", "", "rows are grouped by the columns beside the aggregates; there is no GROUP BY"},
    {"HAVING", "", "write WITH columns WHERE condition RETURN ..."},
    {"JOIN", "", "patterns that share a variable are joined"},
    {"UPDATE", "", "write MATCH pattern SET n.key = value"},
    {"FOR", "", "write UNWIND list AS x"},
    {"NEXT", "", "write WITH columns, or CALL (x) { ... }"},
    {"RETRY", "",
     "transactions are never run side by side, so there is nothing to try again: write CONTINUE, BREAK or FAIL"},
    {"USING", "^", "write CALL (row) { ... } IN TRANSACTIONS OF 1000 ROWS behind LOAD CSV"},
    {"LET", "", "write WITH *, expression AS name"},
    {"FILTER", "", "write WITH * WHERE condition"},
    {"TERMINATE", "", "a query is ended where it runs: by Ctrl-C, a time-out, or interrupt() of its connection"},
    {"USE", "", "a database is a directory: there is no other to choose, leave USE out"},
    {"ASSERT", "", "write CREATE CONSTRAINT FOR (n:Label) REQUIRE n.key IS UNIQUE"},
    {"PERIODIC", "", "write CALL (row) { ... } IN TRANSACTIONS OF 1000 ROWS"},
    {"LOAD", "COMMIT", "write CALL (row) { ... } IN TRANSACTIONS OF 1000 ROWS behind LOAD CSV"},
    {":", "CREATEINDEXON", "write CREATE INDEX FOR (n:Label) ON (n.key)"},
    {":", "DROPINDEXON", "an index is dropped by its name, which SHOW INDEXES tells"},
    {"(", "CREATECONSTRAINTON", "write CREATE CONSTRAINT FOR (n:Label) REQUIRE n.key IS UNIQUE"},
    {"(", "DROPCONSTRAINTON", "a constraint is dropped by its name, which SHOW CONSTRAINTS tells"},
    {":", "^", "a command of Neo4j's browser or shell is no part of the language: parameters are given with --param"},
};

// The last letters and signs of a text, without blanks, in upper case.
std::string ending(std::string_view text, std::size_t length) {
  std::string end;
  for (std::size_t i = text.size(); i > 0 && end.size() < length; --i) {
    const char c = text[i - 1];
    if (c == ' ' || (c >= '\t' && c <= '\r')) continue;
    end += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  std::reverse(end.begin(), end.end());
  return end;
}

// How the text before the last parenthesis that is open ends, without blanks and in upper case: with the name of the
// function that is being called.
std::string openCall(std::string_view before) {
  std::size_t depth = 0;
  for (std::size_t i = before.size(); i > 0; --i) {
    if (before[i - 1] == ')') ++depth;
    if (before[i - 1] != '(' || depth-- > 0) continue;
    constexpr std::size_t kLongest = 8;
    return ending(before.substr(0, i - 1), kLongest);
  }
  return {};
}

std::string_view hintInCall(std::string_view before, std::string_view wrong) {
  const bool inside = wrong == "WHERE" || wrong == "|" || wrong == ",";
  const std::string call = inside ? openCall(before) : std::string{};
  if (call.ends_with("FILTER")) return "write [x IN list WHERE condition]";
  if (call.ends_with("EXTRACT")) return "write [x IN list | expression]";
  if (call.ends_with("IN") && wrong == ",") return "a list is written in brackets: x IN [1, 2]";
  return {};
}

}  // namespace

std::string_view foreignSyntaxHint(std::string_view before, std::string_view wrong) {
  constexpr std::size_t kLongest = 20;
  const std::string end = ending(before, kLongest);
  const std::string word = wrong.size() <= kLongest ? ending(wrong, kLongest) : std::string{};
  for (const Habit& habit : kHabits) {
    const bool fits = habit.before == "^" ? end.empty() : end.ends_with(habit.before);
    if (habit.wrong == word && fits) return habit.hint;
  }
  return hintInCall(before, word);
}

}  // namespace plexus::parse
