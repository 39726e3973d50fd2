#include "core/exec/operator/expand/path_automaton.h"

namespace plexus::exec {

PathAutomaton::PathAutomaton(std::span<const Part> parts) {
  std::size_t states = 1;
  for (const Part& part : parts) states += part.maximum.value_or(part.minimum) + 1;
  forwards_.resize(states);
  backwards_.resize(states);
  State begin = 0;
  for (std::uint32_t p = 0; p < parts.size(); ++p) {
    const auto most = static_cast<State>(parts[p].maximum.value_or(parts[p].minimum));
    const State next = begin + most + 1;
    for (State taken = 0; taken <= most; ++taken) {
      if (taken < most) add(begin + taken, begin + taken + 1, p, true);
      if (taken == most && !parts[p].maximum) add(begin + taken, begin + taken, p, true);
      if (taken >= parts[p].minimum) add(begin + taken, next, p, false);
    }
    begin = next;
  }
}

void PathAutomaton::add(State from, State to, std::uint32_t part, bool step) {
  forwards_[from].push_back({to, part, step});
  backwards_[to].push_back({from, part, step});
}

}  // namespace plexus::exec
