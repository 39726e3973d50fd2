// tests/differential/random.h: a seeded source of choices, the same on every machine.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <vector>

namespace plexus::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_{seed} {}

  // 0 ... n - 1. (The standard's distributions differ between libraries.)
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(engine_() % n); }
  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
  }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <typename T>
  const T& of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }
  std::string of(std::initializer_list<const char*> choices) { return *(choices.begin() + below(choices.size())); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace plexus::test
