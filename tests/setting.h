// tests/setting.h: how much a test of random cases tries, which the environment can say.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace plexus::test {

// The number that the environment variable `name` has; `usual` if it is not set.
inline std::uint64_t setting(const char* name, std::uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

}  // namespace plexus::test
