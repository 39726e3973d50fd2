// core/api/query_run.h: one run of a planned query: everything that its operators refer to, in one place.
#pragma once

#include <memory>
#include <optional>

#include "core/api/activity.h"
#include "core/api/compiled.h"
#include "core/api/transaction.h"
#include "core/base/cancellation.h"
#include "core/exec/execution.h"
#include "core/exec/operator/write/write_context.h"
#include "core/function/context.h"

namespace plexus::api {

class QueryRun {
 public:
  struct Setup {
    std::shared_ptr<Database> database;
    CompiledPtr compiled;
    Parameters parameters;
    QueryOptions options;
    storage::GraphView view;  // of the transaction, or a snapshot
    std::shared_ptr<const Cancellation> cancellation;
    std::shared_ptr<Transaction> transaction;               // null: there is none
    bool ownTransaction = false;                            // made for this statement alone: it may commit on the way
    std::shared_ptr<Activities::Entry> activity = nullptr;  // kept as long as rows may be asked for
  };
  // Throws Error{kParameterMissing}.
  explicit QueryRun(Setup setup);
  ~QueryRun();

  // As Execution::next(). What is not an Error becomes one.
  bool next(Batch& out);
  // After the last row of a statement that writes: constraints.
  void checkConstraints();

  const storage::GraphView& view() const { return context_.view; }
  Counters counters() const;
  const Compiled& compiled() const { return *setup_.compiled; }

 private:
  void requireParameters() const;
  void setUpInference();
  void setUpWrites();
  template <typename Action>
  auto guarded(Action action);

  Setup setup_;
  MemoryBudget memory_;
  exec::ExecContext context_;
  function::FunctionContext functions_;
  std::optional<exec::WriteContext> writes_;
  std::optional<exec::Execution> execution_;
};

}  // namespace plexus::api
