// core/api/database_impl.h: what a Database holds.
#pragma once

#include <atomic>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/api/activity.h"
#include "core/api/compiled.h"
#include "core/api/database.h"
#include "core/api/trust.h"

namespace plexus {

class Database::Impl {
 public:
  Impl(std::shared_ptr<storage::Store> store, DatabaseOptions options);

  storage::Store& store() const;  // Error{kIoError} once closed
  // Prints and reads of results go on after close() has been refused to others.
  const DatabaseOptions& options() const { return options_; }
  void close();

  // From the cache if it still serves, else compiled (and kept). `cached` tells which.
  api::CompiledPtr compile(std::string_view text, const storage::GraphView& view, const QueryOptions& options,
                           const Parameters* parameters, bool& cached);
  // May a plan still be run on the view?
  bool serves(const api::Compiled& compiled, const storage::GraphView& view) const {
    return compiled.basis.serves(view, procedureChanges_.load(std::memory_order_acquire));
  }
  const std::shared_ptr<inference::Cache>& inference() const { return inference_; }
  api::Activities& activities() { return activities_; }
  // What counts in a view under a condition on evidence: known still, where a query of the same commit asked before.
  std::shared_ptr<api::Trust> trust(const std::string& condition, const storage::GraphView& view);

  void registerProcedure(function::ProcedureEntry entry);
  bool unregisterProcedure(std::string_view name);
  std::vector<std::shared_ptr<const function::ProcedureEntry>> procedures() const;

 private:
  std::vector<std::string> procedureNames() const;
  std::shared_ptr<const function::ProcedureEntry> findProcedure(std::string_view name) const;

  DatabaseOptions options_;
  std::shared_ptr<storage::Store> store_;
  std::atomic<bool> closed_{false};
  api::Activities activities_;
  api::PlanCache cache_;
  std::atomic<std::uint64_t> procedureChanges_{0};
  std::shared_ptr<inference::Cache> inference_ = std::make_shared<inference::Cache>();
  const std::shared_ptr<catalog::Statistics::Counted> counted_ = catalog::Statistics::nothingCounted();

  mutable std::mutex mutex_;                                                           // guards what follows
  std::map<std::string, std::shared_ptr<const function::ProcedureEntry>> procedures_;  // by name in lower case
  struct KeptTrust {
    std::string condition;
    std::uint64_t version;  // of the commit
    std::shared_ptr<api::Trust> trust;
  };
  std::list<KeptTrust> trust_;  // latest first
};

}  // namespace plexus
