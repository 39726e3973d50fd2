// tests/tck/graph_state.h: all that a graph holds, as sets; the difference of two is what the TCK calls side effects.
//
// Read from the storage view, not by queries: the engine under test does not judge itself.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>

#include "core/storage/graph_view.h"

namespace plexus::tck {

struct GraphState {
  std::set<std::string> nodes, relationships, labels;
  std::set<std::string> properties;  // "entity key = value"

  static GraphState of(const storage::GraphView& view);
  friend bool operator==(const GraphState&, const GraphState&) = default;
};

// "+nodes" -> 1, ...: the eight counters of the TCK; those that are zero are left out.
std::map<std::string, std::size_t> sideEffects(const GraphState& before, const GraphState& after);

}  // namespace plexus::tck
