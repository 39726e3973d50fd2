// core/api/compiled.h: a statement parsed, bound and planned, and the cache that keeps it by its text.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/api/options.h"
#include "core/api/result.h"
#include "core/api/trust_condition.h"
#include "core/catalog/catalog.h"
#include "core/catalog/statistics.h"
#include "core/exec/execution.h"
#include "core/function/procedure.h"
#include "core/inference/cache.h"
#include "core/parse/ast/statement.h"

namespace plexus::api {

// What a plan was made for: it is made anew when this has changed much.
struct PlanBasis {
  std::shared_ptr<const storage::Attachment> catalog;  // its indexes, constraints and types
  std::uint64_t version = 0;                           // of the view
  std::uint64_t nodes = 0, relationships = 0;
  std::uint64_t procedures = 0;  // how often the set of procedures has changed
  bool sameNames = false;        // labels, types, keys must be the same too: there were warnings about them

  static PlanBasis of(const storage::GraphView& view, std::uint64_t procedures);
  // Cheap where the view shows the commit it was made for.
  bool serves(const storage::GraphView& now, std::uint64_t proceduresNow) const;
};

// Immutable; shared by the cache, prepared statements and results.
struct Compiled {
  std::string text;
  std::shared_ptr<const ast::Statement> statement;
  StatementKind kind = StatementKind::kRead;
  double parseMs = 0, planMs = 0;
  PlanBasis basis;
  std::vector<std::string> columns;  // of the result of a query
  // Queries only:
  std::shared_ptr<const plan::LogicalPlan> logical;
  std::shared_ptr<const exec::PhysicalPlan> physical;  // null for EXPLAIN
  // Procedures may be replaced while a plan calls them.
  std::vector<std::shared_ptr<const function::ProcedureEntry>> procedures;
  bool cacheable = true;
  bool inference = true;  // by the options, or the statement's own
  // The statement's condition on evidence and its query; null: all counts.
  std::shared_ptr<const TrustCondition> trust;
  std::shared_ptr<const Compiled> trustQuery;
  std::vector<std::string> warnings;  // about the options

  bool isQuery() const { return logical != nullptr; }
  bool writes() const { return isQuery() && logical->statement->query.writes; }
};
using CompiledPtr = std::shared_ptr<const Compiled>;

// What compiling needs from the database.
struct CompileContext {
  const storage::GraphView& view;
  const catalog::Statistics& statistics;
  const QueryOptions& options;
  std::shared_ptr<inference::Cache> inference;
  const Parameters* parameters = nullptr;  // null: not known yet
  std::uint64_t procedureChanges = 0;
  std::function<std::shared_ptr<const function::ProcedureEntry>(std::string_view)> findProcedure;
  std::function<std::vector<std::string>()> procedureNames;
};

// Throws Error{kSyntaxError, ...}: whatever is wrong with the text.
CompiledPtr compileStatement(std::string_view text, const CompileContext& context);

// Least recently used are dropped. Thread-safe.
class PlanCache {
 public:
  explicit PlanCache(std::size_t entries) : limit_{entries} {}
  CompiledPtr find(const std::string& key, const storage::GraphView& now, std::uint64_t procedures);
  void insert(const std::string& key, CompiledPtr compiled);
  void clear();

  // Of a text under options that change plans.
  static std::string key(std::string_view text, const QueryOptions& options);

 private:
  using Entry = std::pair<std::string, CompiledPtr>;
  std::mutex mutex_;
  std::size_t limit_;
  std::list<Entry> entries_;  // most recent first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> byKey_;
};

}  // namespace plexus::api
