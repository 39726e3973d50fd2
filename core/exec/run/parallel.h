// core/exec/run/parallel.h: one pipeline pulled by several workers.
//
// An operator that takes all its input before it gives any (aggregate, join's build side) pulls it with pullAll().
// The calling worker starts alone; if the input turns out to be long, and ends in a scan that can be shared, others
// join: each opens States of its own, and the scan deals out morsels. So short queries pay nothing for threads.
// An error in one worker stops all, and is thrown by pullAll().
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "core/exec/operator.h"

namespace plexus::exec {

// What the workers of one pipeline share. Thread-safe.
class Pipeline {
 public:
  // From `top` along first inputs down to a source; null if an operator on the way cannot be shared.
  static std::shared_ptr<Pipeline> of(const Operator& top);

  // True if workers of this pipeline take their morsels of `scan` from takeMorsel().
  bool drives(const Operator& scan) const { return source_ == &scan; }
  // The next piece of the source's work: 0, 1, 2, ...
  std::uint64_t takeMorsel() { return nextMorsel_.fetch_add(1, std::memory_order_relaxed); }

  // What the workers' States of one operator share (a join's table): made by the first who asks, while others wait.
  // Only for operators of the pipeline: contains(). An exception in `make` is thrown to the one who made.
  bool contains(const Operator& op) const { return operators_.contains(&op); }
  std::shared_ptr<void> shared(const Operator& op, const std::function<std::shared_ptr<void>()>& make);

  void stop() { stopped_.store(true, std::memory_order_relaxed); }
  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }

 private:
  const Operator* source_ = nullptr;
  std::unordered_set<const Operator*> operators_;
  std::atomic<std::uint64_t> nextMorsel_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::unordered_map<const Operator*, std::shared_ptr<void>> shared_;
};

// Called with the number of the worker (0: the caller; each number is used by one thread at a time) and its rows.
using Consume = std::function<void(std::size_t number, Worker& worker, Batch& rows)>;

// Pulls `input` to its end. `state` is the calling worker's, freshly opened or reset. `mayShare` false: alone, in
// order. `prepare(n)` is called before worker n (from 1) consumes anything, from the calling thread.
void pullAll(Worker& worker, const Operator& input, Operator::State& state, bool mayShare, const Consume& consume,
             const std::function<void(std::size_t)>& prepare);

}  // namespace plexus::exec
