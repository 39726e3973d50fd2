// core/plan/planning.h: what the parts of the planner share while one statement is planned. Private to core/plan.
//
// Each clause is a function that takes the plan so far and gives the plan with the clause on top (build_*.cpp). Outputs
// are not set meanwhile: prune() sets them when the tree is complete.
#pragma once

#include <memory>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/plan/logical/expression.h"
#include "core/plan/logical/introspection.h"
#include "core/plan/logical/operator.h"
#include "core/plan/order/cardinality.h"
#include "core/plan/order/enumerate.h"
#include "core/plan/order/graph_numbers.h"
#include "core/plan/planner.h"

namespace plexus::plan {

class Planning {
 public:
  // Operators on one way from the root of a plan to a leaf. Plans are built, pruned and run recursively: this many fit
  // on the stack of any thread.
  static constexpr std::size_t kDeepest = 2000;
  [[noreturn]] static void throwTooDeep();

  Planning(const bind::BoundStatement& statement, const GraphNumbers& numbers, const std::set<std::string>& disabled)
      : statement_{statement}, disabled_{disabled}, estimator_{numbers} {}

  const GraphNumbers& numbers() const { return estimator_.numbers(); }
  const Estimator& estimator() const { return estimator_; }
  bool enabled(const std::string& rewrite) const { return !disabled_.contains(rewrite); }

  JoinChoices joinChoices() const;

  const Type& typeOf(VariableId variable) const;
  // Nobody can name it.
  bool isAnonymous(VariableId variable) const;
  // A variable of the planner's own, with a name that no query can write.
  VariableId newVariable(const std::string& purpose, Type type);
  const std::vector<bind::VariableInfo>& newVariables() const { return newVariables_; }
  // What the statement asks for in vain.
  void warn(std::string warning) { warnings_.push_back(std::move(warning)); }
  const std::vector<std::string>& warnings() const { return warnings_; }
  const std::string& nameOf(VariableId variable) const { return statement_.variables[variable].name; }

  // A whole query over `input` (an Argument with the query's outer variables, or empty rows). A part without RETURN
  // keeps its rows.
  LogicalPtr planQuery(const bind::BoundQuery& query, LogicalPtr input);
  LogicalPtr planClauses(const std::vector<bind::BoundClause>& clauses, LogicalPtr input);
  // An Argument with these variables.
  static LogicalPtr argument(const std::vector<VariableId>& outer);

  // Matches of the patterns for each row of `input`, whose variables are bound. `optional` ones stand alone.
  LogicalPtr planMatch(const std::vector<const bind::BoundMatch*>& matches, LogicalPtr input);
  LogicalPtr planPattern(const std::vector<const bind::PatternGraph*>& graphs,
                         const std::vector<const bind::BoundMatch*>& hints, LogicalPtr input);
  // Rows of `input` for which `predicate` holds; subqueries at its top become semi-joins.
  LogicalPtr planFilter(std::vector<ExpressionPtr> predicates, LogicalPtr input);
  // For each row of `left` the rows of `right`, which starts with an Argument. Sets `outer` and `introduced`.
  LogicalPtr apply(Apply::Mode mode, LogicalPtr left, LogicalPtr right);

 private:
  LogicalPtr planParts(const bind::BoundQuery& query, LogicalPtr input);
  // How many clauses from `first` on are planned together.
  std::size_t runLength(const std::vector<bind::BoundClause>& clauses, std::size_t first) const;
  LogicalPtr planRun(std::span<const bind::BoundClause> run, LogicalPtr input);
  LogicalPtr planClause(const bind::BoundClause& clause, LogicalPtr input);
  LogicalPtr planUnwind(const bind::BoundUnwind& clause, LogicalPtr input);
  LogicalPtr planProjection(const bind::BoundProjection& projection, LogicalPtr input);
  LogicalPtr planDistinct(const bind::BoundProjection& projection, LogicalPtr input);
  // Grouping and DISTINCT drop the outer variables of a subquery: gives them back if something after may read them.
  LogicalPtr withOuter(const bind::BoundProjection& projection, LogicalPtr input);
  LogicalPtr planOrder(const bind::BoundProjection& projection, LogicalPtr input);
  LogicalPtr planProcedure(const bind::BoundCallProcedure& clause, LogicalPtr input);
  LogicalPtr planSubquery(const bind::BoundCallSubquery& clause, LogicalPtr input);
  LogicalPtr planLoadCsv(const bind::BoundLoadCsv& clause, LogicalPtr input);
  LogicalPtr planUpdate(const bind::BoundCreate& clause, LogicalPtr input);
  LogicalPtr planUpdate(const bind::BoundMerge& clause, LogicalPtr input);
  LogicalPtr planUpdate(const bind::BoundSet& clause, LogicalPtr input);
  LogicalPtr planUpdate(const bind::BoundRemove& clause, LogicalPtr input);
  LogicalPtr planUpdate(const bind::BoundDelete& clause, LogicalPtr input);
  LogicalPtr planUpdate(const bind::BoundForeach& clause, LogicalPtr input);
  // The variables of `input` that the patterns read.
  static std::vector<VariableId> outerOf(const std::vector<const bind::PatternGraph*>& graphs,
                                         const LogicalOperator& input);
  void learnItems(const std::vector<bind::ProjectionItem>& items);

  const bind::BoundStatement& statement_;
  const std::set<std::string>& disabled_;
  Estimator estimator_;
  VariableSet outer_;  // of the query that is being planned
  std::vector<bind::VariableInfo> newVariables_;
  std::vector<std::string> warnings_;
};

// As plan(), over any numbers.
std::shared_ptr<const LogicalPlan> planWith(std::shared_ptr<const bind::BoundStatement> statement,
                                            const GraphNumbers& numbers, const std::set<std::string>& disabled = {});

// Sets outer variables and `output` everywhere: only what is read above, `required` at the root, in that order if the
// operator can give it. Drops operators that only make what nobody reads.
void prune(LogicalPtr& root, const std::vector<VariableId>& required);

}  // namespace plexus::plan
