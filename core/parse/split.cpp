#include <algorithm>

#include "core/parse/parser.h"

namespace plexus::parse {
namespace {

// Skips what may hide a `;`. `at` is at the first character of it, and is left behind the last.
class Skipper {
 public:
  explicit Skipper(std::string_view text) : text_{text} {}

  // True if something was skipped; `solid` is false for comments, but for one that is not closed: the parser shall see
  // that.
  bool skip(std::size_t& at, bool& solid) const {
    const char c = text_[at];
    solid = true;
    if (c == '\'' || c == '"') return quoted(at, c, true), true;
    if (c == '`') return quoted(at, c, false), true;
    const std::string_view two = text_.substr(at, 2);
    solid = false;
    if (two == "//") return until(at, "\n"), true;
    if (two != "/*") return false;
    solid = text_.find("*/", at + 2) == std::string_view::npos;
    return at += 2, until(at, "*/"), true;
  }

 private:
  void quoted(std::size_t& at, char quote, bool escapes) const {
    for (++at; at < text_.size() && text_[at] != quote; ++at) {
      if (escapes && text_[at] == '\\') ++at;
    }
    at = std::min(at + 1, text_.size());
  }
  void until(std::size_t& at, std::string_view end) const {
    const auto found = text_.find(end, at);
    at = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  std::string_view text_;
};

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

// A statement's span runs from its first to its last character that is neither blank nor comment.
std::vector<Span> splitStatements(std::string_view text, bool* complete) {
  std::vector<Span> statements;
  const Skipper skipper{text};
  std::size_t begin = 0;
  std::size_t end = 0;  // begin == end: nothing yet
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    bool solid = true;
    if (!skipper.skip(at, solid)) {
      ++at;
      solid = !isBlank(text[start]);
      if (text[start] == ';') {
        if (begin < end) statements.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
        begin = end = at;
        continue;
      }
    }
    if (!solid) continue;
    if (begin == end) begin = start;
    end = at;
  }
  if (complete != nullptr) *complete = begin == end;
  if (begin < end) statements.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  return statements;
}

}  // namespace plexus::parse
