#include "core/plan/planner.h"

#include "core/plan/planning.h"
#include "core/plan/rewrite/passes.h"

namespace plexus::plan {

namespace {

// Does not recurse itself, since it says where recursion is safe.
void requireShallow(const LogicalOperator& root) {
  std::vector<std::pair<const LogicalOperator*, std::size_t>> open{{&root, 1}};
  while (!open.empty()) {
    const auto [op, depth] = open.back();
    open.pop_back();
    if (depth > Planning::kDeepest) Planning::throwTooDeep();
    for (const auto& child : op->children) open.emplace_back(child.get(), depth + 1);
  }
}

// Rewrites see what is read, and may leave things unread.
void finish(LogicalPtr& root, const std::vector<VariableId>& required, Planning& planning) {
  requireShallow(*root);
  prune(root, required);
  for (const auto& rewrite : rewrites()) {
    if (!planning.enabled(std::string{rewrite.name})) continue;
    rewrite.run(root, planning);
    prune(root, required);
  }
}

std::vector<VariableId> columnsOf(const bind::BoundQuery& query) {
  std::vector<VariableId> out;
  for (const auto& column : query.columns) out.push_back(column.variable);
  return out;
}

// Whether a subquery's values are read, or only whether or how many rows it has.
bool readsValues(const bind::Subquery& subquery) {
  return subquery.subquery == bind::SubqueryKind::kCollect || subquery.subquery == bind::SubqueryKind::kFirst;
}

class SubqueryPlanner {
 public:
  SubqueryPlanner(LogicalPlan& plan, Planning& planning) : plan_{plan}, planning_{planning} {}

  void visit(const LogicalOperator& op) {
    forEachExpression(op, [&](const ExpressionPtr& e) {
      forEachSubquery(e, [&](const bind::Subquery& subquery) { add(subquery); });
    });
    for (const auto& child : op.children) visit(*child);
  }

 private:
  void add(const bind::Subquery& subquery) {
    if (plan_.subqueries.contains(&subquery)) return;
    LogicalPtr root = planning_.planQuery(*subquery.query, Planning::argument(subquery.outer));
    finish(root, readsValues(subquery) ? columnsOf(*subquery.query) : std::vector<VariableId>{}, planning_);
    forEachArgument(*root, [&](Argument& argument) { argument.output = subquery.outer; });
    const LogicalOperator& planned = *root;
    plan_.subqueries.emplace(&subquery, std::move(root));
    visit(planned);
  }

  LogicalPlan& plan_;
  Planning& planning_;
};

}  // namespace

JoinChoices Planning::joinChoices() const {
  return {enabled("hash-join"), enabled("intersect"), enabled("relationship-scan"), enabled("index-seek"),
          enabled("join-order")};
}

std::shared_ptr<const LogicalPlan> plan(std::shared_ptr<const bind::BoundStatement> statement,
                                        const PlanContext& context) {
  const auto numbers = numbersOf(context.catalog, context.statistics, context.entailment);
  return planWith(std::move(statement), *numbers, context.disabledRewrites);
}

std::shared_ptr<const LogicalPlan> planWith(std::shared_ptr<const bind::BoundStatement> statement,
                                            const GraphNumbers& numbers, const std::set<std::string>& disabled) {
  Planning planning{*statement, numbers, disabled};
  auto out = std::make_shared<LogicalPlan>();
  out->root = planning.planQuery(statement->query, Planning::argument({}));
  const auto columns = columnsOf(statement->query);
  if (columns.empty()) {
    auto end = std::make_unique<EmptyResult>();
    end->children.push_back(std::move(out->root));
    end->estimatedRows = 0;
    out->root = std::move(end);
  }
  finish(out->root, columns, planning);
  SubqueryPlanner{*out, planning}.visit(*out->root);
  if (!planning.newVariables().empty() || !planning.warnings().empty()) {
    auto extended = std::make_shared<bind::BoundStatement>(*statement);
    const auto& added = planning.newVariables();
    extended->variables.insert(extended->variables.end(), added.begin(), added.end());
    const auto& warnings = planning.warnings();
    extended->warnings.insert(extended->warnings.end(), warnings.begin(), warnings.end());
    statement = std::move(extended);
  }
  out->statement = std::move(statement);
  return out;
}

}  // namespace plexus::plan
