#include "core/parse/char_stream.h"

#include <algorithm>

namespace plexus::parse {

std::size_t CharStream::length(std::size_t at) const {
  const auto lead = static_cast<unsigned char>(text_[at]);
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

std::size_t CharStream::decode(std::size_t at) const {
  const std::size_t bytes = length(at);
  const auto lead = static_cast<unsigned char>(text_[at]);
  if (bytes == 1) return lead;
  std::size_t point = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) point = (point << 6) | (static_cast<unsigned char>(text_[at + i]) & 0x3FU);
  return point;
}

std::size_t CharStream::LA(ssize_t i) {
  if (i == 0) return 0;
  std::size_t at = at_;
  for (; i > 1 && at < text_.size(); --i) at += length(at);
  for (; i < 0; ++i) {
    if (at == 0) return antlr4::IntStream::EOF;
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80U);
  }
  return at < text_.size() ? decode(at) : antlr4::IntStream::EOF;
}

std::string CharStream::getText(const antlr4::misc::Interval& interval) {
  const auto begin = std::min(static_cast<std::size_t>(std::max<ssize_t>(interval.a, 0)), text_.size());
  const auto end = std::clamp(static_cast<std::size_t>(interval.b + 1), begin, text_.size());
  return std::string{text_.substr(begin, end - begin)};
}

}  // namespace plexus::parse
