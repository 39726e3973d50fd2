// core/plan/planner.h: BoundStatement -> LogicalPlan: pattern matching order by cost, rewrites, pruning.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/catalog/statistics.h"
#include "core/plan/logical/operator.h"

namespace plexus::inference {
class Entailment;
}

namespace plexus::plan {

struct PlanContext {
  const catalog::Catalog* catalog = nullptr;
  const catalog::Statistics* statistics = nullptr;
  const inference::Entailment* entailment = nullptr;  // null: nothing is inferred
  std::set<std::string> disabledRewrites;  // by name, for tests and EXPLAIN (docs/architecture.md lists them)
};

struct LogicalPlan {
  std::shared_ptr<const bind::BoundStatement> statement;
  LogicalPtr root;
  // The plan of each Subquery expression reachable from `root` (nested ones too); its leaf is an Argument over
  // Subquery::outer; its output are the columns of the subquery.
  std::unordered_map<const bind::Subquery*, LogicalPtr> subqueries;

  // The tree as EXPLAIN shows it: a row an operator, with its estimate.
  std::string explain() const;
};

// A hint that cannot be followed is a warning of the plan's statement.
std::shared_ptr<const LogicalPlan> plan(std::shared_ptr<const bind::BoundStatement> statement,
                                        const PlanContext& context);

}  // namespace plexus::plan
