// core/text/query.h: full-text queries as people type them for Lucene, parsed.
//
//   query  := clause*                      OR by default
//   clause := [AND | && | OR | || ] [NOT | ! | - | +] [field:] part [^boost]
//   part   := word | word~[distance] | pre* | w?ld*card | "a phrase"[~slop] | ( query )
//
// As in Lucene's classic parser, AND makes the clauses on both its sides required, and there is no precedence among AND
// and OR but by parentheses. A backslash takes the next character as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plexus::text {

struct TextQuery {
  enum class Kind { kTerm, kFuzzy, kPrefix, kPattern, kPhrase, kBoolean } kind = Kind::kBoolean;
  enum class Occur { kShould, kMust, kMustNot } occur = Occur::kShould;  // among the clauses it is one of

  // kTerm, kFuzzy: a term; kPrefix: its beginning; kPattern: a term with * and ? (a backslash before those meant as
  // they are).
  std::string text;
  std::vector<std::string> phrase;  // kPhrase: two or more terms
  unsigned distance = 2;            // kFuzzy: edits; kPhrase: words that may lie between
  double boost = 1;
  std::string field;  // a property; empty: any
  std::vector<TextQuery> clauses;
};

// Throws Error{kArgumentError} that shows where the query is wrong.
TextQuery parseTextQuery(std::string_view query);

}  // namespace plexus::text
