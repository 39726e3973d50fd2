// import/format/shorten.h: values in messages: whole if short, never more than a line.
#pragma once

#include <string>
#include <string_view>

namespace plexus::format {

// At most 60 bytes and "...", cut between characters; control characters as a space.
std::string shorten(std::string_view text);

}  // namespace plexus::format
