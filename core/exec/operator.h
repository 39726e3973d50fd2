// core/exec/operator.h: the base of physical operators: a tree of immutable specifications, pulled batch by batch.
//
// An Operator is built once per plan and holds only what is fixed when planned; it is shared by all workers and by
// concurrent executions of a cached plan. What changes while running is in the State that open() makes, one a worker
// and operator. `next` does once for all what every operator needs: cancellation, PROFILE's counts and times, empty
// batches.
//
// Parallelism: an operator that takes all its input before it gives any (aggregate, sort, hash join's build side) may
// pull its input with several workers at once (run/parallel.h): each has its own States, scans share a morsel counter
// through ExecContext::shared. Operators in between know nothing of it. Order of rows is kept only where `ordered`
// inputs are pulled by a single worker.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/bind/bound_expression.h"
#include "core/exec/context.h"
#include "core/value/batch.h"

namespace plexus::exec {

using bind::VariableId;

// Which column a variable has in the batches of an operator.
class Layout {
 public:
  Layout() = default;
  explicit Layout(const std::vector<VariableId>& variables);
  std::size_t size() const { return variables_.size(); }
  bool has(VariableId v) const { return place(v) != sorted_.end(); }
  ColumnIndex column(VariableId v) const { return place(v)->second; }  // must be there
  ColumnIndex add(VariableId v);
  const std::vector<VariableId>& variables() const { return variables_; }

 private:
  std::vector<VariableId> variables_;
  using Place = std::pair<VariableId, ColumnIndex>;
  std::vector<Place>::const_iterator place(VariableId v) const {
    const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), Place{v, 0});
    return at != sorted_.end() && at->first == v ? at : sorted_.end();
  }
  std::vector<Place> sorted_;
};

class Operator {
 public:
  struct State {
    virtual ~State() = default;
    // The end of an execution, wherever it stands: gives up all that belongs to it (arrays of its view, rows, values of
    // parameters, memory of its budget). True: what is left is a little plain memory, and start() may begin another
    // execution with it. False: nothing is worth keeping.
    virtual bool close() { return false; }
  };

  Operator(std::vector<std::unique_ptr<Operator>> inputs, Layout layout)
      : inputs_{std::move(inputs)}, layout_{std::move(layout)} {}
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  // The line that EXPLAIN and PROFILE print: "Expand (c)-[:BINDS_CbG]->(g)".
  virtual std::string describe() const = 0;

  // A worker's state, inputs' states included. No data is read yet.
  virtual std::unique_ptr<State> open(Worker& worker) const = 0;
  // What open() does after it has made the state; also for a state that was closed: see exec/run/reuse.h.
  virtual void start(Worker& worker, State& state) const;
  // Back to the start, with new arguments in `worker`: cheaper than open(), for the inner side of Apply.
  virtual void reset(Worker& worker, State& state) const = 0;

  // The next rows: at least one; false at the end. `out` is overwritten. Batches may have up to a few times batchRows
  // rows.
  bool next(Worker& worker, State& state, Batch& out) const;

  const Layout& layout() const { return layout_; }
  const std::vector<std::unique_ptr<Operator>>& inputs() const { return inputs_; }
  const Operator& input(std::size_t i = 0) const { return *inputs_[i]; }

  // How an operator takes part when several workers pull one pipeline (run/parallel.h).
  enum class Sharing : std::uint8_t {
    kNone,     // not at all: it must see all rows, or their order
    kRowwise,  // what it gives for a row of input(0) depends on that row alone
    kSource,   // a scan that deals out its rows: a worker of a Pipeline that it drives takes morsels from it
  };
  virtual Sharing sharing() const { return Sharing::kNone; }

  // What PROFILE shows, summed over workers and resets.
  struct Profile {
    std::atomic<std::uint64_t> rows{0}, batches{0}, nanos{0};  // nanos: with the inputs' time inside
    std::atomic<std::uint64_t> entries{0};                     // see touch()
  };
  // Set by the builder where the query is profiled; null otherwise.
  void setProfile(std::shared_ptr<Profile> profile) { profile_ = std::move(profile); }
  const Profile* profile() const { return profile_.get(); }
  double estimatedRows = 0;

 protected:
  // For PROFILE: so many entries of neighbour lists, nodes of scans or rows of hash tables were looked at, whether or
  // not rows come of them.
  void touch(std::uint64_t entries) const {
    if (profile_) profile_->entries.fetch_add(entries, std::memory_order_relaxed);
  }
  // As next(), but may return true with an empty batch (the base asks again).
  virtual bool produce(Worker& worker, State& state, Batch& out) const = 0;

 private:
  std::vector<std::unique_ptr<Operator>> inputs_;
  Layout layout_;
  std::shared_ptr<Profile> profile_;
};
using OperatorPtr = std::unique_ptr<Operator>;

}  // namespace plexus::exec
