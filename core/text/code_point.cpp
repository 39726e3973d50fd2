#include "core/text/code_point.h"

#include <utf8proc.h>

namespace plexus::text {

CodePoint codePointAt(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  utf8proc_int32_t point = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at;
  const auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - at), &point);
  return length > 0 ? CodePoint{point, static_cast<std::size_t>(length)} : CodePoint{-1, 1};
}

}  // namespace plexus::text
