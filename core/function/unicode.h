// core/function/unicode.h: strings by code points (UTF-8). What is not well-formed counts byte by byte and is copied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plexus::function {

enum class Normalization : std::uint8_t { kNfc, kNfd, kNfkc, kNfkd };

// O(bytes).
std::size_t countCodePoints(std::string_view text);
// The byte at which code point number `index` begins; text.size() if there are fewer.
std::size_t bytePosition(std::string_view text, std::size_t index);
// Bytes of the code point that begins at `at`.
std::size_t codePointLength(std::string_view text, std::size_t at);
std::string reverseCodePoints(std::string_view text);
// Unicode's full case mapping, without regard to language: ß -> SS, ﬁ -> FI; Σ -> ς at the end of a word, else σ.
std::string upperCase(std::string_view text);
std::string lowerCase(std::string_view text);
std::string normalized(std::string_view text, Normalization form);
// As Java's Character.isWhitespace(): not the spaces at which no line may break.
bool isWhitespace(std::int32_t codePoint);
std::int32_t codePointAt(std::string_view text, std::size_t at);

}  // namespace plexus::function
