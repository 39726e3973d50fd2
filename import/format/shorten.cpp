#include "import/format/shorten.h"

namespace plexus::format {

std::string shorten(std::string_view text) {
  constexpr std::size_t kLimit = 60;
  std::size_t size = text.size();
  if (size > kLimit) {
    size = kLimit;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  }
  std::string out{text.substr(0, size)};
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return size < text.size() ? out + "..." : out;
}

}  // namespace plexus::format
