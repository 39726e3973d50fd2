// core/base/nearest_name.h: "did you mean ...?" for every message that names something unknown.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plexus {

// The candidate with the least Damerau-Levenshtein distance (case-insensitive, bytes), if it is at most a third of the
// longer name; ties go to the first. Else the longest candidate that begins as the name does for the whole shorter of
// the two, if that has at least 4 letters (tolowercase: toLower). O(candidates * length^2).
std::optional<std::string> nearestName(std::string_view name, std::span<const std::string> candidates);

// "did you mean `x`?" or "".
std::string didYouMean(std::string_view name, std::span<const std::string> candidates);

}  // namespace plexus
