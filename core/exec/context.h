// core/exec/context.h: what a running query shares, and what each of its workers has of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/cancellation.h"
#include "core/base/memory_budget.h"
#include "core/catalog/catalog.h"
#include "core/storage/graph_view.h"
#include "core/storage/write_transaction.h"
#include "core/value/batch.h"

namespace plexus::function {
struct FunctionContext;
}
namespace plexus::inference {
class Entailment;
}

namespace plexus::exec {

class WriteContext;  // exec/operator/write/write_context.h: names created, entities deleted, counters
class Operator;
class Pipeline;  // exec/run/parallel.h: what the workers of one pipeline share

struct ExecOptions {
  unsigned threads = 1;
  std::size_t batchRows = kBatchRows;  // tests use 2
  bool profile = false;
  std::filesystem::path spillDirectory;  // where sorts and aggregates may spill; empty: they fail at the limit instead
};

// One a query. Shared by all its workers.
struct ExecContext {
  storage::GraphView view;  // of the snapshot, or of the write transaction
  // What patterns see beyond the asserted relationships; null: nothing (no traits declared, or inference is off).
  std::shared_ptr<const inference::Entailment> entailment = {};
  // What MERGE sees of that: statements under any of their names.
  std::shared_ptr<const inference::Entailment> readings = {};
  storage::WriteTransaction* transaction = nullptr;  // null in read queries
  WriteContext* writes = nullptr;                    // null in read queries
  const std::unordered_map<std::string, Value>* parameters = nullptr;
  const Cancellation* cancellation = nullptr;
  MemoryBudget* memory = nullptr;
  ExecOptions options;

  // Shared state of an operator for this execution (a scan's next morsel, a join's table), made by the first who asks.
  template <typename T, typename Make>
  std::shared_ptr<T> shared(const Operator* op, Make make) {
    std::lock_guard lock{mutex_};
    auto& slot = shared_[op];
    if (!slot) slot = make();
    return std::static_pointer_cast<T>(slot);
  }

  // Names as of now: a write query may have added some since it was planned.
  const catalog::Catalog& catalog() const { return catalog::Catalog::of(view); }

  explicit ExecContext(storage::GraphView v) : view{std::move(v)} {}

 private:
  std::mutex mutex_;
  std::unordered_map<const Operator*, std::shared_ptr<void>> shared_;
};

// One a worker thread. Never shared.
struct Worker {
  ExecContext& context;
  function::FunctionContext& functions;
  // The rows that Argument operators give, by Argument::slot. Set by whoever runs the inner plan (Apply, subquery
  // expressions, MERGE), before open() or reset().
  std::vector<Batch> arguments;
  // The pipeline that this worker pulls together with others; null: alone.
  std::shared_ptr<Pipeline> pipeline = {};
};

}  // namespace plexus::exec
