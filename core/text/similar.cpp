#include "core/text/similar.h"

#include <algorithm>
#include <cstdint>

#include "core/text/code_point.h"

namespace plexus::text {
namespace {

std::vector<std::int32_t> codePoints(std::string_view text) {
  std::vector<std::int32_t> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto [value, bytes] = codePointAt(text, at);
    out.push_back(value);
    at += bytes;
  }
  return out;
}

std::size_t commonBytes(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return static_cast<std::size_t>(
      std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin()).first - a.begin());
}

// The table of edit distances between the beginnings of a term and of the word looked for: a row a code point of the
// term. Rows of a beginning that the next term has too are kept.
class Distances {
 public:
  Distances(std::string_view word, unsigned most) : word_{codePoints(word)}, most_{most}, width_{word_.size() + 1} {
    rows_.resize(width_);
    for (std::size_t i = 0; i < width_; ++i) rows_[i] = static_cast<std::uint32_t>(i);
    ends_.push_back(0);
    points_.push_back(0);
  }

  // The distance to `term`, whose first `shared` bytes are as in the call before; more than `most` if it is too far.
  unsigned to(std::string_view term, std::size_t shared) {
    while (ends_.back() > shared) pop();
    if (dead_) return most_ + 1;
    for (std::size_t at = ends_.back(); at < term.size();) {
      const auto [value, bytes] = codePointAt(term, at);
      at += bytes;
      push(value, at);
      if (dead_) return most_ + 1;
    }
    return rows_.back();
  }

 private:
  void pop() {
    ends_.pop_back();
    points_.pop_back();
    rows_.resize(rows_.size() - width_);
    dead_ = false;
  }

  void push(std::int32_t point, std::size_t end) {
    const std::size_t before = rows_.size() - width_;
    rows_.resize(rows_.size() + width_);
    const std::uint32_t* last = rows_.data() + before;
    std::uint32_t* row = rows_.data() + before + width_;
    row[0] = last[0] + 1;
    std::uint32_t least = row[0];
    for (std::size_t i = 1; i < width_; ++i) {
      row[i] = std::min({last[i] + 1, row[i - 1] + 1, last[i - 1] + (word_[i - 1] == point ? 0U : 1U)});
      const bool exchanged = i > 1 && before >= width_ && word_[i - 2] == point && word_[i - 1] == points_.back();
      if (exchanged) row[i] = std::min(row[i], rows_[before - width_ + i - 2] + 1);
      least = std::min(least, row[i]);
    }
    // An exchange may still come from the row before.
    dead_ = least > most_ && *std::min_element(last, last + width_) >= most_;
    ends_.push_back(end);
    points_.push_back(point);
  }

  std::vector<std::int32_t> word_;
  unsigned most_;
  std::size_t width_;
  std::vector<std::uint32_t> rows_;   // of all beginnings, one after another
  std::vector<std::size_t> ends_;     // bytes of each beginning
  std::vector<std::int32_t> points_;  // its last code point
  bool dead_ = false;                 // the last row is too far
};

}  // namespace

std::vector<SimilarTerm> similarTerms(const storage::TermList& list, std::string_view term, unsigned distance) {
  std::vector<SimilarTerm> out;
  Distances distances{term, distance};
  std::string_view before;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string_view candidate = list[i];
    const unsigned found = distances.to(candidate, commonBytes(before, candidate));
    if (found <= distance) out.push_back({candidate, found});
    before = candidate;
  }
  return out;
}

bool matchesPattern(std::string_view term, std::string_view pattern) {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t t = 0, p = 0, star = kNone, resume = 0;
  const auto lengthAt = [&](std::size_t i) { return codePointAt(term, i).bytes; };
  // On a mismatch, the last star takes one more code point.
  while (t < term.size()) {
    const char wanted = p < pattern.size() ? pattern[p] : '\0';
    const bool quoted = wanted == '\\' && p + 1 < pattern.size();
    if (wanted == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && wanted == '?') {
      t += lengthAt(t);
      ++p;
    } else if (p < pattern.size() && term[t] == pattern[quoted ? p + 1 : p]) {
      ++t;
      p += quoted ? 2 : 1;
    } else if (star != kNone) {
      resume += lengthAt(resume);
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace plexus::text
