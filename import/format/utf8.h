// import/format/utf8.h: is this text? A quick look at blocks, a thorough one at what the quick one cannot vouch for.
#pragma once

#include <cstddef>
#include <string_view>

namespace plexus::format {

// True if all bytes are ASCII other than NUL: nothing more to check. ~10 GB/s.
bool isPlainAscii(const char* data, std::size_t size);

// The offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7) or is NUL; npos if there is none.
std::size_t firstInvalidUtf8(std::string_view text);

}  // namespace plexus::format
