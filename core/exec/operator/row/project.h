// core/exec/operator/row/project.h: adds computed columns; the input's columns that are still read stay as they are.
#pragma once

#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Project final : public Step {
 public:
  struct Item {
    EvaluatorPtr evaluator;
    ColumnIndex column;  // of the output
  };
  // `perRow`: an item may differ between equal rows (rand()), so multiplicities are flattened first.
  Project(Common common, std::vector<Item> items, bool perRow)
      : Step{std::move(common)}, items_{std::move(items)}, perRow_{perRow}, carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  std::vector<Item> items_;
  bool perRow_;
  Carry carry_;
};

}  // namespace plexus::exec
