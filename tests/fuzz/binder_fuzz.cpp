// tests/fuzz/binder_fuzz.cpp: any text that parses is bound, or refused with an Error inside the text.
#include <variant>

#include "core/bind/binder.h"
#include "core/parse/parser.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  try {
    const auto statement = plexus::parse::parse(text);
    if (const auto* query = std::get_if<plexus::ast::Query>(&statement->node))
      plexus::bind::bind(*query, statement->text, {});
  } catch (const plexus::Error& error) {
    plexus::fuzz::require(error.type() != plexus::ErrorType::kInternalError);
    if (const auto* span = std::get_if<plexus::Span>(&error.where()))
      plexus::fuzz::require(span->begin <= span->end && span->end <= text.size());
    plexus::fuzz::require(!error.render(text).empty());
  }
  return 0;
}
