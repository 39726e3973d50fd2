// core/storage/version.h: commits are numbered; a view sees everything up to one number.
#pragma once

#include <cstdint>
#include <limits>

namespace plexus::storage {

using Version = std::uint64_t;
inline constexpr Version kNoVersion = std::numeric_limits<Version>::max();

}  // namespace plexus::storage
