#include "core/base/nearest_name.h"

#include <algorithm>
#include <vector>

namespace plexus {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Optimal string alignment: insertions, deletions, substitutions, and swaps of two neighbours cost 1 each.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1])) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

// Whether the shorter of the two, of at least 4 letters, is how the longer begins.
bool beginAlike(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  return shorter >= 4 && std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin(),
                                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<std::string> nearestName(std::string_view name, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t bestDistance = 0;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    const std::size_t shorter = std::min(name.size(), candidate.size());
    const std::size_t allowed = longer / 3;
    if (longer - shorter > allowed) continue;
    const std::size_t d = distance(name, candidate);
    if (d <= allowed && (best == nullptr || d < bestDistance)) {
      best = &candidate;
      bestDistance = d;
    }
  }
  if (best != nullptr) return *best;
  for (const std::string& candidate : candidates) {
    if (beginAlike(name, candidate) && (best == nullptr || candidate.size() > best->size())) best = &candidate;
  }
  return best == nullptr ? std::nullopt : std::optional<std::string>{*best};
}

std::string didYouMean(std::string_view name, std::span<const std::string> candidates) {
  const auto nearest = nearestName(name, candidates);
  return nearest ? "did you mean `" + *nearest + "`?" : "";
}

}  // namespace plexus
