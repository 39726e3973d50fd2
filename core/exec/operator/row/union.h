// core/exec/operator/row/union.h: the rows of several inputs, one after the other. Duplicates are removed above
// (a Distinct over all columns).
#pragma once

#include <vector>

#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Union final : public Step {
 public:
  // columns[i][j]: the column of input i that becomes column j.
  Union(Common common, std::vector<std::vector<ColumnIndex>> columns)
      : Step{std::move(common)}, columns_{std::move(columns)} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  std::vector<std::vector<ColumnIndex>> columns_;
};

}  // namespace plexus::exec
