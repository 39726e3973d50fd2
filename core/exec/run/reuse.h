// core/exec/run/reuse.h: memory that goes from one execution of a plan to the next.
//
// Opening a plan costs hundreds of allocations: a state an operator, scratch an expression, and the buffers inside. A
// query that begins at a node does less work than that. So the states of an execution that has ended are closed
// (Operator::State::close) and kept with the plan; the next execution starts them instead of opening new ones.
// - A closed state refers to nothing but its operator: no snapshot is pinned, no budget charged, no value kept.
// - What is kept is small: buffers beyond kKeptRows go, for queries that fill them do not notice an allocation.
// - The states of an execution that failed or was cancelled are not kept.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "core/exec/operator.h"

namespace plexus::exec {

inline constexpr std::size_t kKeptRows = 512;  // of a buffer, between executions

// Empties a buffer for the next execution.
template <typename T>
void keepMemory(std::vector<T>& buffer) {
  if (buffer.capacity() > kKeptRows) {
    buffer = std::vector<T>{};
  } else {
    buffer.clear();
  }
}

// True if nobody else has it, so that it may be written again. The fence: whoever had it last, in whatever thread, has
// read it before we write.
template <typename T>
bool isUnshared(const std::shared_ptr<T>& thing) {
  if (thing.use_count() != 1) return false;
  std::atomic_thread_fence(std::memory_order_acquire);
  return true;
}

// A part (an Evaluator or Operator) ready to run: its closed state or scratch is used again, or it is opened.
template <typename Part, typename State>
void openOrStart(const Part& part, Worker& worker, std::unique_ptr<State>& state) {
  if (state) {
    part.start(worker, *state);
  } else {
    state = part.open(worker);
  }
}

// Closes what was made by openOrStart(); what is not worth keeping goes. Null pointers stay.
template <typename State>
void closeOrDrop(std::unique_ptr<State>& state) {
  if (state && !state->close()) state.reset();
}
template <typename State>
void closeOrDrop(std::vector<std::unique_ptr<State>>& states) {
  for (auto& state : states) closeOrDrop(state);
}

// The states that no execution of a plan uses at present. Thread-safe.
class IdleStates {
 public:
  // One to start with; null: there is none.
  std::unique_ptr<Operator::State> take();
  // Takes a state whose execution has ended, and closes it.
  void give(std::unique_ptr<Operator::State> state) noexcept;

 private:
  static constexpr std::size_t kMost = 8;  // as many as run at once, but not after a rush
  std::mutex mutex_;
  std::array<std::unique_ptr<Operator::State>, kMost> states_;  // the first `count_` of them
  std::size_t count_ = 0;
};

}  // namespace plexus::exec
