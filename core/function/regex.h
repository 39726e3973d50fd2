// core/function/regex.h: regular expressions for `=~`, in Java's dialect (java_regex.h), matched by PCRE2 with limits.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace plexus::function {

// One compiled expression, anchored at both ends. Not thread-safe.
class Regex {
 public:
  // Throws SyntaxError InvalidArgumentValue (run time) that shows what is wrong and where.
  explicit Regex(std::string_view pattern);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  // Whether the whole text matches. Throws Error{kLimitExceeded} when the expression needs too many steps.
  bool matches(std::string_view text) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
  std::string pattern_;
};

// The expressions that a worker used lately.
class RegexCache {
 public:
  const Regex& get(std::string_view pattern);

 private:
  std::unordered_map<std::string, std::unique_ptr<Regex>> regexes_;
};

}  // namespace plexus::function
