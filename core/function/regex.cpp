#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/function/regex.h"

#include <fmt/format.h>
#include <pcre2.h>

#include "core/base/error.h"
#include "core/function/java_regex.h"
#include "core/function/unicode.h"

namespace plexus::function {
namespace {

// A match may take so many internal steps before it is given up: some seconds at most.
constexpr std::uint32_t kMatchLimit = 10'000'000;
// Patterns that are computed per row would otherwise fill memory.
constexpr std::size_t kCachedPatterns = 256;

std::string messageOf(int code) {
  unsigned char buffer[256];
  pcre2_get_error_message(code, buffer, sizeof buffer);
  return std::string{reinterpret_cast<const char*>(buffer)};
}

[[noreturn]] void throwMalformed(std::string_view pattern, const std::string& why) {
  throwRuntime(ErrorType::kSyntaxError, "InvalidArgumentValue",
               fmt::format("the regular expression '{}' is malformed{}", pattern, why));
}

std::string translated(std::string_view pattern) {
  try {
    return translateJavaRegex(pattern);
  } catch (const RegexError& error) {
    throwMalformed(pattern, fmt::format(" at character {}: {}", countCodePoints(pattern.substr(0, error.position)) + 1,
                                        error.what()));
  }
}

// PCRE2 refuses null pointers, which an empty view may hold.
PCRE2_SPTR units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data()); }

}  // namespace

struct Regex::Compiled {
  pcre2_code* code = nullptr;
  pcre2_match_data* match = nullptr;
  pcre2_match_context* context = nullptr;
  ~Compiled() {
    pcre2_match_context_free(context);
    pcre2_match_data_free(match);
    pcre2_code_free(code);
  }
};

Regex::Regex(std::string_view pattern) : compiled_{std::make_unique<Compiled>()}, pattern_{pattern} {
  int error = 0;
  PCRE2_SIZE offset = 0;
  constexpr std::uint32_t kOptions = PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED;
  const std::string expression = translated(pattern);
  compiled_->code = pcre2_compile(units(expression), expression.size(), kOptions, &error, &offset, nullptr);
  if (!compiled_->code) throwMalformed(pattern, ": " + messageOf(error));
  pcre2_jit_compile(compiled_->code, PCRE2_JIT_COMPLETE);  // where it fails, the interpreter does
  compiled_->match = pcre2_match_data_create_from_pattern(compiled_->code, nullptr);
  compiled_->context = pcre2_match_context_create(nullptr);
  pcre2_set_match_limit(compiled_->context, kMatchLimit);
}

Regex::~Regex() = default;

bool Regex::matches(std::string_view text) const {
  const int result = pcre2_match(compiled_->code, units(text), text.size(), 0, 0, compiled_->match, compiled_->context);
  if (result >= 0) return true;
  if (result == PCRE2_ERROR_NOMATCH) return false;
  throwRuntime(ErrorType::kLimitExceeded, "",
               fmt::format("matching the regular expression '{}' was given up: {}", pattern_, messageOf(result)));
}

const Regex& RegexCache::get(std::string_view pattern) {
  if (const auto known = regexes_.find(std::string{pattern}); known != regexes_.end()) return *known->second;
  if (regexes_.size() >= kCachedPatterns) regexes_.clear();
  return *regexes_.emplace(std::string{pattern}, std::make_unique<Regex>(pattern)).first->second;
}

}  // namespace plexus::function
