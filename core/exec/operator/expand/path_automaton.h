// core/exec/operator/expand/path_automaton.h: the places in a path pattern of several repeated parts, as the states of
// a finite automaton.
//
// Part p has a state for each number of steps taken of it, up to its maximum, or, without one, up to its minimum (from
// there on the number no longer matters). The moves of a state are a step, and, when the minimum is reached, passing on
// to the next part. The last state is the end of the path.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace plexus::exec {

class PathAutomaton {
 public:
  using State = std::uint32_t;
  struct Part {
    std::uint64_t minimum = 1;
    std::optional<std::uint64_t> maximum;
  };
  struct Move {
    State to;
    std::uint32_t part;
    bool step;  // else: past the end of `part`
  };

  explicit PathAutomaton(std::span<const Part> parts);

  State first() const { return 0; }
  State last() const { return static_cast<State>(forwards_.size() - 1); }
  std::size_t states() const { return forwards_.size(); }
  // Where a state leads, or, backwards, from where it is reached.
  std::span<const Move> moves(State state, bool backwards) const {
    return backwards ? backwards_[state] : forwards_[state];
  }

 private:
  void add(State from, State to, std::uint32_t part, bool step);

  std::vector<std::vector<Move>> forwards_, backwards_;
};

}  // namespace plexus::exec
