// core/exec/operator/expand/path_search_state.h: what a PathSearch keeps while it runs.
#pragma once

#include <limits>
#include <unordered_map>

#include "core/exec/operator/expand/path_search.h"
#include "core/exec/run/row_store.h"

namespace plexus::exec {

// One row of a step's plan.
struct PathSearch::Repetition {
  NodeId end = kNoNode;                     // the other one
  std::vector<Relationship> relationships;  // from left to right
  std::vector<Value> groups;                // parallel to the part's groups
};

// How far each place is from the origin.
struct PathSearch::Distances {
  static constexpr std::uint32_t kUnknown = std::numeric_limits<std::uint32_t>::max();
  using Place = std::pair<PathAutomaton::State, NodeId>;
  struct Level {
    std::vector<Place> places;  // a place that was reached on a shorter way later stays, and is passed over
    std::size_t passed = 0, stepped = 0;
  };

  bool backwards = false;  // measured against the direction of the path, from its end
  NodeId origin = kNoNode;
  std::vector<std::vector<std::uint32_t>> known;  // by state, then node; made when the state is reached
  std::vector<Level> levels;
  std::uint32_t complete = 0;  // levels below are
  bool exhausted = false;      // all that can be reached is known
  std::size_t nodeBound = 0, bytes = 0;
  Reservation memory{nullptr};

  void start(bool isBackwards, NodeId from, PathAutomaton::State state, std::size_t states, std::size_t bound);
  std::uint32_t at(PathAutomaton::State state, NodeId node) const {
    return known[state].empty() ? kUnknown : known[state][node];
  }
  void reach(PathAutomaton::State state, NodeId node, std::uint32_t distance);
  // The level's places from number `taken` on that no shorter way leads to; `taken` moves to their end.
  std::vector<Place> takeNew(std::uint32_t level, std::size_t& taken) const;
};

// A place of the depth-first search, and how far its ways on have been tried.
struct PathSearch::Frame {
  PathAutomaton::State state;
  NodeId node;
  bool byStep = false;  // a repetition led here
  bool seen = false;
  std::size_t move = 0;
  const std::vector<Repetition>* options = nullptr;  // of the move before `move`
  std::size_t option = 0;
};

struct PathSearch::Local final : InputState {
  std::vector<std::unique_ptr<State>> forwards, backwards, checks;  // by part
  std::unique_ptr<Predicates::Scratch> predicates;
  Batch in;
  bool hasInput = false;
  std::vector<NodeId> fromScratch, toScratch;
  std::span<const NodeId> from, to;
  Selection order;          // of the batch's rows: those that share the end to measure from are together
  bool fromTheEnd = false;  // the end to measure from is `to`
  std::size_t place = 0;    // in `order`
  std::size_t row = 0;      // order[place]
  Distances distances;

  // The depth-first search.
  std::uint32_t length = 0;  // of the paths that are made
  bool longer = false;       // some path may be longer
  std::vector<Frame> frames;
  std::vector<std::pair<std::uint32_t, const Repetition*>> chosen;  // with their parts
  std::vector<Relationship> used;
  std::unordered_map<std::uint64_t, std::vector<Repetition>> known;  // by part and node, in the search's direction
  std::unordered_map<std::uint64_t, bool> ends;                      // answers of checks, by part and node
  std::uint64_t steps = 0;

  // The path at hand, and the rows being made: for each variable that paths bind.
  std::vector<Value> values;
  std::shared_ptr<Selection> rows;
  std::vector<std::vector<Value>> columns;
};

}  // namespace plexus::exec
