// core/exec/operator/aggregate/aggregate.h: groups rows by equivalent keys and aggregates each group.
//
// Takes all its input, with several workers where it is long: each has groups and accumulators of its own, which are
// merged at the end. Multiplicities are weights: rows that stand for many cost as one. Memory: by group, from the
// query's budget; Error{kLimitExceeded} past it. The order of the groups is that of their first rows (if one worker
// sees them all).
#pragma once

#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/aggregate/accumulator.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Aggregate final : public Step {
 public:
  struct Key {
    EvaluatorPtr evaluator;
    VariableId variable;
  };
  struct Item {
    const bind::BoundAggregate* aggregate;  // lives in the logical plan
    std::vector<EvaluatorPtr> arguments;
  };
  Aggregate(Common common, std::vector<Key> keys, std::vector<Item> items);

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Partial;
  struct Local;
  void gather(Worker& worker, Local& state) const;
  void consume(Partial& partial, Worker& worker, const Batch& rows) const;
  void merge(Partial& into, Partial& from) const;

  std::vector<Key> keys_;
  std::vector<Item> items_;
  bool mayShare_ = true;  // no aggregate depends on the order of rows
};

// The first of each set of equivalent rows. Streams: rows are given as they come.
class Distinct final : public Step {
 public:
  Distinct(Common common, std::vector<ColumnIndex> keys);

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  std::vector<ColumnIndex> keys_;
  Carry carry_;
};

}  // namespace plexus::exec
