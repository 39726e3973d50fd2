// core/function/java_regex.h: regular expressions as java.util.regex reads them, written for PCRE2.
//
// Queries come with Java's dialect. It differs from PCRE2's in classes (`[a-z&&[^aeiou]]`, nesting), in what a letter
// is when case does not count (ASCII only, unless `(?iu)`), in what ends a line, in names of properties (`\p{Punct}` is
// ASCII's, `\p{IsGreek}`), in `\u00e9`, and in taking a stray `{` for a mistake. The source of the rules is the class
// documentation of java.util.regex.Pattern (Java 17).
//
// Not translated, and refused with a message: Unicode blocks (`\p{InGreek}`), `\N{name}`, canonical equivalence.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plexus::function {

// What is wrong with an expression, and at which byte of it.
class RegexError : public std::runtime_error {
 public:
  RegexError(const std::string& message, std::size_t at) : std::runtime_error{message}, position{at} {}
  std::size_t position;
};

// An expression that PCRE2, with PCRE2_UTF and without other options, takes as Java takes `pattern` (valid UTF-8).
// Throws RegexError. O(length), but for classes without regard to case, which are looked through letter by letter.
std::string translateJavaRegex(std::string_view pattern);

}  // namespace plexus::function
