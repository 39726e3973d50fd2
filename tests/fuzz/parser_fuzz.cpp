// tests/fuzz/parser_fuzz.cpp: any bytes are parsed or refused with an Error; nothing crashes, hangs or overflows.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/parse/parser.h"

namespace plexus {
namespace {

// What each span must hold, whatever was parsed.
void requireInside(Span span, std::string_view text) {
  if (span.begin > span.end || span.end > text.size()) __builtin_trap();
}

}  // namespace
}  // namespace plexus

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  for (const auto span : plexus::parse::splitStatements(text)) plexus::requireInside(span, text);
  try {
    plexus::requireInside(plexus::parse::parse(text)->span, text);
  } catch (const plexus::Error& error) {
    if (const auto* span = std::get_if<plexus::Span>(&error.where())) plexus::requireInside(*span, text);
    if (error.render(text).empty()) __builtin_trap();
  }
  try {
    plexus::requireInside(plexus::parse::parseExpression(text)->span, text);
  } catch (const plexus::Error&) {
    // Most queries are no expressions.
  }
  return 0;
}
