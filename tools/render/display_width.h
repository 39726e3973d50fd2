// tools/render/display_width.h: how many terminal columns a text takes, and cutting it to fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plexus::tools {

// Columns of UTF-8 text: wide East Asian characters take two, combining marks none, malformed bytes one each.
std::size_t displayWidth(std::string_view text);

// The text if it fits into `width` columns, else its beginning and "…". Line ends and tabs become blanks.
std::string fitToWidth(std::string_view text, std::size_t width);

}  // namespace plexus::tools
