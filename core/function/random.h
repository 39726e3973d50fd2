// core/function/random.h: random numbers of which a statement may need none, one or millions.
//
// A Weyl sequence, mixed (splitmix64; Steele, Lea, Flood 2014): 8 bytes of state and nothing to set up, where a
// Mersenne twister's 312 words took a seventh of a point look-up. Passes BigCrush; not for secrets. Not for several
// threads.
#pragma once

#include <cstdint>
#include <limits>

namespace plexus::function {

class Random {  // a std::uniform_random_bit_generator
 public:
  using result_type = std::uint64_t;
  static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;

  explicit Random(std::uint64_t seed) : state_{seed} {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    std::uint64_t z = state_ += kStep;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

}  // namespace plexus::function
