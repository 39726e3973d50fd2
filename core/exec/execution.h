// core/exec/execution.h: a plan made runnable, and one run of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/exec/context.h"
#include "core/exec/operator.h"
#include "core/exec/run/reuse.h"
#include "core/plan/planner.h"

namespace plexus::exec {

// Physical operators of a plan. Immutable, but for idle states: cached and run by several executions at once.
class PhysicalPlan {
 public:
  explicit PhysicalPlan(std::shared_ptr<const plan::LogicalPlan> logical, bool profile = false);
  ~PhysicalPlan();
  const Operator& root() const { return *root_; }
  const plan::LogicalPlan& logical() const { return *logical_; }
  std::size_t slots() const { return slots_; }
  // Of the root's batches, in order of the query's columns.
  const std::vector<ColumnIndex>& columns() const { return columns_; }
  // What executions leave to the next.
  IdleStates& idle() const { return idle_; }
  // The tree with actual rows, batches and milliseconds beside the estimates; needs `profile`.
  std::string profileText() const;

 private:
  std::shared_ptr<const plan::LogicalPlan> logical_;
  OperatorPtr root_;
  std::size_t slots_ = 0;
  std::vector<ColumnIndex> columns_;
  mutable IdleStates idle_;
};

// Pulls a plan's rows. Not thread-safe; `context` and `plan` must outlive it.
class Execution {
 public:
  Execution(const PhysicalPlan& plan, ExecContext& context, function::FunctionContext& functions);
  ~Execution();
  // The next result rows, columns in order of the query's columns, each row standing for itself (multiplicity
  // flattened). False at the end. Throws Error.
  bool next(Batch& out);

 private:
  bool pull();  // the next rows, as the plan gives them

  const PhysicalPlan& plan_;
  Worker worker_;
  std::unique_ptr<Operator::State> state_;
  bool failed_ = false;
  Batch pending_;
};

}  // namespace plexus::exec
