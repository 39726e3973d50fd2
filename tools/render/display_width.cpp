#include "tools/render/display_width.h"

#include <algorithm>

#include <utf8proc.h>

namespace plexus::tools {
namespace {

struct Character {
  std::size_t bytes, columns;
};

Character decode(std::string_view text) {
  utf8proc_int32_t codepoint = 0;
  const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                      static_cast<utf8proc_ssize_t>(text.size()), &codepoint);
  if (bytes <= 0) return {1, 1};
  return {static_cast<std::size_t>(bytes), static_cast<std::size_t>(std::max(0, utf8proc_charwidth(codepoint)))};
}

}  // namespace

std::size_t displayWidth(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    const Character c = decode(text);
    columns += c.columns;
    text.remove_prefix(c.bytes);
  }
  return columns;
}

std::string fitToWidth(std::string_view text, std::size_t width) {
  std::string flat{text};
  std::replace_if(
      flat.begin(), flat.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
  if (displayWidth(flat) <= width) return flat;
  std::string cut;
  std::size_t columns = 0;
  for (std::string_view rest = flat; !rest.empty();) {
    const Character c = decode(rest);
    if (columns + c.columns + 1 > width) break;
    cut += rest.substr(0, c.bytes);
    columns += c.columns;
    rest.remove_prefix(c.bytes);
  }
  return cut + "…";
}

}  // namespace plexus::tools
