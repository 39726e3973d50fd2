// core/text/code_point.h: UTF-8 read code point by code point.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plexus::text {

struct CodePoint {
  std::int32_t value;  // negative: no code point begins here
  std::size_t bytes;   // at least 1
};

// At a place before the text's end.
CodePoint codePointAt(std::string_view text, std::size_t at);

}  // namespace plexus::text
