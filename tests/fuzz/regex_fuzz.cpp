// tests/fuzz/regex_fuzz.cpp: any text is a regular expression, or a mistake that is told; PCRE2 takes what is made of
// it, but for what it cannot do.
#include "core/base/error.h"
#include "core/function/regex.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plexus::fuzz::Input input{data, size};
  const std::string_view text = input.takeText(input.take<std::uint8_t>() % 16);
  try {
    plexus::function::Regex{input.rest()}.matches(text);
  } catch (const plexus::Error& error) {
    using plexus::ErrorType;
    plexus::fuzz::require(error.type() == ErrorType::kSyntaxError || error.type() == ErrorType::kLimitExceeded);
  }
  return 0;
}
