// core/exec/operator/row/limit.h: SKIP and LIMIT. Rows are counted with their multiplicities.
//
// In a query that writes, the input is run to its end even when the limit is reached: writes do not depend on how many
// of the rows are shown.
#pragma once

#include "core/exec/expression/evaluator.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

// The number of rows that a SKIP or LIMIT expression means. `clause` is its name in the error: a value that is no
// integer, or negative.
std::uint64_t rowCount(const Evaluator& expression, const char* clause, Worker& worker);

class Limit final : public Step {
 public:
  // Either may be null.
  Limit(Common common, EvaluatorPtr skip, EvaluatorPtr limit)
      : Step{std::move(common)}, skip_{std::move(skip)}, limit_{std::move(limit)}, carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  void drain(Worker& worker, Local& state) const;
  static void cut(Local& state, Batch& rows);

  EvaluatorPtr skip_, limit_;
  Carry carry_;
};

}  // namespace plexus::exec
