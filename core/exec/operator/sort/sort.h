// core/exec/operator/sort/sort.h: ORDER BY, with or without a limit.
//
// Without a limit all rows are kept and sorted; where the query's memory is used up, sorted runs go to
// ExecOptions::spillDirectory and are merged at the end (without a directory: Error{kLimitExceeded}). With a limit only
// the rows that can still be among the first are kept, at most about twice as many.
#pragma once

#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/sort/row_order.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Sort final : public Step {
 public:
  struct Key {
    EvaluatorPtr evaluator;
    bool descending;
  };
  // `limit` may be null. At least one key.
  Sort(Common common, std::vector<Key> keys, EvaluatorPtr limit);

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  void gather(Worker& worker, Local& state) const;
  void add(Worker& worker, Local& state) const;
  void prune(Local& state, std::size_t batchRows) const;
  void spill(Worker& worker, Local& state) const;
  bool fromMemory(Worker& worker, Local& state, Batch& out) const;

  std::vector<Key> keys_;
  EvaluatorPtr limit_;
  Carry carry_;
  RowOrder order_;
};

}  // namespace plexus::exec
